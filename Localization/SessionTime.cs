using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Localization;

/// <summary>
/// A session's time in the reader's words and zone. Gregorian, 24 hours, Latin digits in every language. What is longer
/// than one number carries no marks of direction: pages and mails put it in a bdi element, plain text uses <see cref="Isolated"/>.
/// </summary>
public static class SessionTime
{
    /// <summary>"Tuesday 24 November 2026", «الثلاثاء 24 نوفمبر 2026».</summary>
    public static string Day(DateTimeOffset utc, string zone, string language) =>
        LocalDatePattern.Create("dddd d MMMM uuuu", CultureInfo.GetCultureInfo(language)).Format(Local(utc, zone).Date);

    /// <summary>"Tue 24 Nov", for rows and buttons, where the year goes without saying.</summary>
    public static string ShortDay(DateTimeOffset utc, string zone, string language) =>
        LocalDatePattern.Create("ddd d MMM", CultureInfo.GetCultureInfo(language)).Format(Local(utc, zone).Date);

    /// <summary>The day in that zone.</summary>
    public static LocalDate Date(DateTimeOffset utc, string zone) => Local(utc, zone).Date;

    /// <summary>"Tue 24 Nov", «الثلاثاء 24 نوفمبر»; with the year where it is not the present one.</summary>
    public static string ShortDay(DateTimeOffset utc, string zone, string language, DateTimeOffset nowUtc)
    {
        var (day, today) = (Local(utc, zone).Date, Local(nowUtc, zone).Date);
        var pattern = (language == Languages.Arabic ? "dddd d MMMM" : "ddd d MMM") + (day.Year == today.Year ? "" : " uuuu");
        return LocalDatePattern.Create(pattern, CultureInfo.GetCultureInfo(language)).Format(day);
    }

    /// <summary>A leaf of a calendar: "Tue", "24", "Nov".</summary>
    public static (string Weekday, string Day, string Month) Leaf(DateTimeOffset utc, string zone, string language)
    {
        string As(string pattern) => LocalDatePattern.Create(pattern, CultureInfo.GetCultureInfo(language)).Format(Local(utc, zone).Date);
        return language == Languages.Arabic ? (As("dddd"), As("%d"), As("MMMM")) : (As("ddd"), As("%d"), As("MMM"));
    }

    /// <summary>"18:00–19:00", «من 18:00 إلى 19:00»: a dash would stand the wrong way round for who reads from the right.</summary>
    /// <param name="startUtc">The start.</param>
    /// <param name="minutes">How long it takes.</param>
    /// <param name="zone">Whose clock.</param>
    /// <param name="language">Null: that of the text being written.</param>
    public static string Range(DateTimeOffset startUtc, int minutes, string zone, string? language = null) =>
        In(nameof(UiText.TimeRange), language).With(Clock(startUtc, zone), Clock(startUtc.AddMinutes(minutes), zone));

    /// <summary>"18:00".</summary>
    public static string Clock(DateTimeOffset utc, string zone) =>
        LocalTimePattern.CreateWithInvariantCulture("HH:mm").Format(Local(utc, zone).TimeOfDay);

    /// <summary>
    /// "Tuesday 24 November 2026, 18:00", «الثلاثاء 24 نوفمبر 2026، الساعة 18:00», to stand inside a sentence. Arabic sentences
    /// put «يوم» before it.
    /// </summary>
    public static string Moment(DateTimeOffset utc, string zone, string language) =>
        In(nameof(UiText.TimeMoment), language).With(Day(utc, zone, language), Clock(utc, zone).Isolated());

    /// <summary>"24 Nov 2026, 18:00", for columns of tables.</summary>
    public static string Stamp(DateTimeOffset utc, string zone, string language) =>
        $"{LocalDatePattern.Create("d MMM uuuu", CultureInfo.GetCultureInfo(language)).Format(Local(utc, zone).Date)}{(language == Languages.Arabic ? "،" : ",")} \u2068{Clock(utc, zone)}\u2069";

    /// <summary>"Cairo time", «توقيت القاهرة».</summary>
    public static string Zone(string zone, string language) => ZoneNames.In(zone, language);

    /// <summary>True when both zones show another clock at that moment.</summary>
    public static bool Differs(DateTimeOffset utc, string zone, string otherZone) => Local(utc, zone) != Local(utc, otherZone);

    /// <summary>Numbers, times and addresses inside plain text that may run the other way.</summary>
    public static string Isolated(string leftToRight) => $"\u2066{leftToRight}\u2069";

    private static string In(string text, string? language) =>
        UiText.ResourceManager.GetString(text, CultureInfo.GetCultureInfo(language ?? Languages.Current))!;

    private static LocalDateTime Local(DateTimeOffset utc, string zone) =>
        Instant.FromDateTimeOffset(utc).InZone(DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) ?? DateTimeZone.Utc).LocalDateTime;
}
