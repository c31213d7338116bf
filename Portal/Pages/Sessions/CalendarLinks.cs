using System.Globalization;
using Portal.Sessions;

namespace Portal.Pages.Sessions;

/// <summary>
/// Ways to put one session into a calendar by hand. The two services read it from their address; the file suits all others.
/// </summary>
public sealed record CalendarLinks(string Google, string Outlook, string File)
{
    /// <param name="session">The session.</param>
    /// <param name="title">What the entry is called.</param>
    /// <param name="where">The place; the reader's own link stands where there is none.</param>
    public static CalendarLinks Of(MentoringSession session, string title, string where)
    {
        var (from, to) = (Stamp(session.StartUtc, "yyyyMMdd'T'HHmmss'Z'"), Stamp(session.EndUtc, "yyyyMMdd'T'HHmmss'Z'"));
        var (start, end) = (Stamp(session.StartUtc, "yyyy-MM-dd'T'HH:mm:ss'Z'"), Stamp(session.EndUtc, "yyyy-MM-dd'T'HH:mm:ss'Z'"));
        var (name, place) = (Uri.EscapeDataString(title), Uri.EscapeDataString(where));
        return new(
            $"https://calendar.google.com/calendar/render?action=TEMPLATE&text={name}&dates={from}/{to}&location={place}",
            "https://outlook.live.com/calendar/0/action/compose?path=/calendar/action/compose&rru=addevent"
            + $"&subject={name}&startdt={Uri.EscapeDataString(start)}&enddt={Uri.EscapeDataString(end)}&location={place}",
            $"/sessions/{session.Id}?handler=Calendar");
    }

    private static string Stamp(DateTimeOffset at, string format) => at.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
}
