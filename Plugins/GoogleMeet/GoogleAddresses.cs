namespace Plugins.GoogleMeet;

internal static class GoogleAddresses
{
    public const string JoinHost = "meet.google.com";
    public const string MeetHost = "meet.googleapis.com";
    public const string Meet = $"https://{MeetHost}/v2";
    public const string UserInfo = "https://openidconnect.googleapis.com/v1/userinfo";

    private const string Calendars = "https://www.googleapis.com/calendar/v3/calendars";

    public static string Events(string calendar) => $"{Calendars}/{Uri.EscapeDataString(calendar)}/events";

    public static string Event(MeetHandle handle) => $"{Events(handle.Calendar)}/{handle.Event}";
}
