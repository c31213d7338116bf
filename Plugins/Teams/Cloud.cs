namespace Plugins.Teams;

/// <summary>Where a cloud signs in, where it is asked, and where its joins lead. China's has no such meetings.</summary>
internal sealed record Cloud(string Login, string Graph, IReadOnlyList<string> JoinHosts)
{
    public static Cloud Of(TeamsCloud cloud) => cloud switch
    {
        TeamsCloud.UsGovernment =>
            new("https://login.microsoftonline.us", "https://graph.microsoft.us", ["gov.teams.microsoft.us", "teams.microsoft.com"]),
        TeamsCloud.UsDefense =>
            new("https://login.microsoftonline.us", "https://dod-graph.microsoft.us", ["dod.teams.microsoft.us", "teams.microsoft.com"]),
        _ => new("https://login.microsoftonline.com", "https://graph.microsoft.com", ["teams.microsoft.com", "teams.live.com"]),
    };
}
