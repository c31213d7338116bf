namespace Plugins.Zoom;

/// <summary>What the app must be allowed to do at Zoom.</summary>
internal static class ZoomScopes
{
    private const string OldWrite = "meeting:write:admin";
    private const string OldRead = "meeting:read:admin";

    /// <summary>Each permission, and the one of apps that were made before permissions became fine.</summary>
    private static readonly (string Name, string Old)[] Always =
    [
        ("meeting:write:meeting:admin", OldWrite),
        ("meeting:update:meeting:admin", OldWrite),
        ("meeting:update:status:admin", OldWrite),
        ("meeting:delete:meeting:admin", OldWrite),
        ("meeting:read:meeting:admin", OldRead),
        ("meeting:read:list_meetings:admin", OldRead),
        ("meeting:read:past_meeting:admin", OldRead),
        ("meeting:read:list_past_participants:admin", OldRead),
        ("user:read:user:admin", "user:read:admin"),
    ];

    private static readonly (string Name, string Old)[] ForPersonalLinks =
    [
        ("meeting:write:registrant:admin", OldWrite),
        ("meeting:read:list_registrants:admin", OldRead),
    ];

    /// <param name="granted">As Zoom names them: parted by spaces.</param>
    /// <param name="personalLinks">Whether people are registered.</param>
    public static List<string> Missing(string granted, bool personalLinks)
    {
        var has = granted.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return [.. Always.Concat(personalLinks ? ForPersonalLinks : []).Where(s => !has.Contains(s.Name) && !has.Contains(s.Old))
            .Select(s => s.Name)];
    }
}
