using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;

namespace Portal.Calendar;

/// <summary>A date or a date with a time, as a calendar writes it.</summary>
public readonly record struct IcsTime(LocalDateTime Local, DateTimeZone Zone, bool IsDate)
{
    private static readonly LocalDateTimePattern Clock = LocalDateTimePattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss");
    private static readonly LocalDatePattern Day = LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd");

    /// <summary>A wall clock that does not exist is moved on; one that comes twice counts the first time.</summary>
    public Instant At(LocalDateTime local) => Zone.AtLeniently(local).ToInstant();

    public Instant Instant => At(Local);

    /// <summary>Null where the text is no time. Times without a zone are in the mentor's, and so are whole days.</summary>
    public static IcsTime? Read(IcsLine line, string value, DateTimeZone mentors)
    {
        if (Day.Parse(value) is { Success: true } day)
            return InReach(new(day.Value.AtMidnight(), mentors, true));
        var isUtc = value.EndsWith('Z');
        if (Clock.Parse(isUtc ? value[..^1] : value) is not { Success: true } clock)
            return null;
        return InReach(new(clock.Value, isUtc ? DateTimeZone.Utc : ZoneOf(line.Parameter("TZID")) ?? mentors, false));
    }

    /// <summary>IANA names, Windows names, and IANA names behind a prefix (<c>/citadel.org/20250101/Europe/Berlin</c>).</summary>
    public static DateTimeZone? ZoneOf(string? id)
    {
        if (string.IsNullOrEmpty(id) || id.Length > 200)
            return null;
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) is { } zone)
            return zone;
        if (TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping.TryGetValue(id, out var tzdb))
            return DateTimeZoneProviders.Tzdb.GetZoneOrNull(tzdb);
        var parts = id.Split('/');
        for (var i = parts.Length - 3; i <= parts.Length - 2; i++)
            if (i > 0 && DateTimeZoneProviders.Tzdb.GetZoneOrNull(string.Join('/', parts[i..])) is { } suffix)
                return suffix;
        return null;
    }

    /// <summary>The ends of the calendar cannot be reckoned with.</summary>
    private static IcsTime? InReach(IcsTime time) => time.Local.Year is > 1600 and < 9000 ? time : null;
}
