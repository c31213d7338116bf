using System.Globalization;
using NodaTime;

namespace Localization;

/// <summary>
/// Times as people read them: in their own zone, with the Gregorian calendar, a 24-hour clock and the digits 0 to 9 in
/// both languages. (Only the neutral Arabic culture is used: <c>ar-SA</c> would bring another calendar.)
/// </summary>
public static class SessionTime
{
    /// <summary>Tuesday 24 November 2026</summary>
    public static string Day(DateTimeOffset utc, string zone, string language)
    {
        var date = In(utc, zone).Date;
        var names = CultureInfo.GetCultureInfo(language).DateTimeFormat;
        var weekday = names.GetDayName(date.DayOfWeek.ToDayOfWeek());
        var month = names.MonthNames[date.Month - 1];
        var comma = language == "ar" ? "،" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{weekday}{comma} {date.Day} {month} {date.Year}");
    }

    /// <summary>18:00–19:00; one run of text that a right-to-left sentence does not turn around when it is isolated.</summary>
    public static string Range(DateTimeOffset utc, int minutes, string zone) =>
        $"{Clock(utc, zone)}–{Clock(utc.AddMinutes(minutes), zone)}";

    /// <summary>18:00</summary>
    public static string Clock(DateTimeOffset utc, string zone) =>
        In(utc, zone).TimeOfDay.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Tuesday 24 November 2026, 18:00, with the time isolated from the direction of the words around it.</summary>
    public static string Moment(DateTimeOffset utc, string zone, string language) =>
        $"{Day(utc, zone, language)}{(language == "ar" ? "،" : ",")} \u2068{Clock(utc, zone)}\u2069";

    private static ZonedDateTime In(DateTimeOffset utc, string zone) =>
        Instant.FromDateTimeOffset(utc).InZone(DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) ?? DateTimeZone.Utc);
}
