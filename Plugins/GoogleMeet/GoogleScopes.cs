namespace Plugins.GoogleMeet;

/// <summary>What the plugin asks Google to be allowed.</summary>
internal static class GoogleScopes
{
    public const string Events = "https://www.googleapis.com/auth/calendar.events";
    public const string Records = "https://www.googleapis.com/auth/meetings.space.readonly";
    public const string Spaces = "https://www.googleapis.com/auth/meetings.space.created";
    public const string Email = "https://www.googleapis.com/auth/userinfo.email";

    public static IReadOnlyList<string> Of(GoogleMeetOptions options) =>
    [
        Events,
        // Spaces are found by their code before they are ended, which takes reading.
        .. options.ReadAttendance || options.EndCalls ? [Records] : Array.Empty<string>(),
        .. options.EndCalls ? [Spaces] : Array.Empty<string>(),
        // A mentor who connects an account sees which one it is; attendance knows the organizer by it.
        .. options.ReadAttendance || options.SignIn == GoogleSignIn.MentorAccounts ? [Email] : Array.Empty<string>(),
    ];
}
