using NodaTime;
using NodaTime.Text;
using Portal.Calendar.Reading;

namespace Tests.Calendar.Reading;

/// <summary>Calendars of a mentor in Cairo, in short.</summary>
internal static class Ics
{
    public static readonly DateTimeZone Cairo = DateTimeZoneProviders.Tzdb["Africa/Cairo"];
    public static readonly Instant From = Instant.FromUtc(2026, 11, 30, 0, 0);
    public static readonly Instant To = Instant.FromUtc(2027, 1, 31, 0, 0);

    /// <summary>Components in their calendar; a bar is the end of a line.</summary>
    public static string Of(params string[] components) =>
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + string.Concat(components.Select(c => c.Replace("|", "\r\n") + "\r\n")) + "END:VCALENDAR\r\n";

    public static string Event(string lines) => $"BEGIN:VEVENT|{lines}|END:VEVENT";

    public static BusyRead Read(string text, IcsBudget? budget = null) =>
        BusyIcs.Read(text, Cairo, From, To, budget ?? new(), ["maya@example.org"]) ?? throw new InvalidOperationException("no calendar");

    /// <summary>Times as <c>1208T0900/1000</c>, then what could not be read.</summary>
    public static string Shown(BusyRead read) =>
        string.Join(' ', read.Times.Select(t => $"{At(t.Start)}/{(At(t.End)[..4] == At(t.Start)[..4] ? At(t.End)[5..] : At(t.End))}")
            .Append(read.Problem ?? "").Where(t => t.Length > 0));

    private static string At(Instant at) => InstantPattern.CreateWithInvariantCulture("MMdd'T'HHmm").Format(at);
}
