using NodaTime;
using NodaTime.Text;

namespace Portal.Calendar.Reading;

/// <summary>A date or a time as a calendar writes it, before it is known which clock it is told by.</summary>
/// <param name="Local">Midnight for a date.</param>
/// <param name="ZoneId">Null where none is named.</param>
/// <param name="IsUtc">Told by Greenwich's clock, whatever zone is named.</param>
/// <param name="IsDate">A day without a clock.</param>
public readonly record struct IcsStamp(LocalDateTime Local, string? ZoneId, bool IsUtc, bool IsDate)
{
    /// <summary>By no clock in particular.</summary>
    public bool IsFloating => ZoneId is null && !IsUtc && !IsDate;

    /// <summary>Null where the text is no time, or one at the ends of the calendar, which cannot be reckoned with.</summary>
    public static IcsStamp? Read(ReadOnlySpan<char> text, IcsLine? line = null)
    {
        text = text.Trim();
        if (text.Length < 8 || text[..8].ContainsAnyExceptInRange('0', '9') || DateOf(text) is not { } date)
            return null;
        if (text.Length == 8)
            return new(date.AtMidnight(), null, false, true);
        var isUtc = text[^1] is 'Z' or 'z';
        var clock = isUtc ? text[9..^1] : text[9..];
        if (text[8] is not ('T' or 't') || clock.Length is not (4 or 6) || clock.ContainsAnyExceptInRange('0', '9'))
            return null;
        // Some write whole days with a clock: VALUE=DATE:20261208T000000.
        if (line?.Parameter("VALUE")?.Equals("DATE", StringComparison.OrdinalIgnoreCase) == true)
            return new(date.AtMidnight(), null, false, true);
        var (hour, minute, second) = (Two(clock, 0), Two(clock, 2), clock.Length == 6 ? Two(clock, 4) : 0);
        var isEnd = hour == 24 && minute + second == 0;
        if (hour > 23 && !isEnd || minute > 59 || second > 60)
            return null;
        var local = (isEnd ? date.PlusDays(1) : date) + new LocalTime(isEnd ? 0 : hour, minute, Math.Min(second, 59));
        return new(local, isUtc ? null : line?.Parameter("TZID"), isUtc, false);
    }

    /// <summary>Null where the text is no length, one into the past, or one of more than ten years.</summary>
    public static Duration? ReadLength(string text)
    {
        var read = PeriodPattern.Roundtrip.Parse(text.Trim().TrimStart('+').ToUpperInvariant());
        if (!read.Success || read.Value is { Years: not 0 } or { Months: not 0 }
            || Math.Abs((long)read.Value.Days) + Math.Abs((long)read.Value.Weeks) > 3660
            || Math.Abs(read.Value.Hours) > 87_840 || Math.Abs(read.Value.Minutes) > 5_270_400
            || Math.Abs(read.Value.Seconds) > 316_224_000)
            return null;
        return read.Value.ToDuration() is var length && length >= Duration.Zero ? length : null;
    }

    private static LocalDate? DateOf(ReadOnlySpan<char> text)
    {
        var (year, month, day) = (Two(text, 0) * 100 + Two(text, 2), Two(text, 4), Two(text, 6));
        return year is > 1600 and < 9000 && month is >= 1 and <= 12 && day >= 1 && day <= CalendarSystem.Iso.GetDaysInMonth(year, month)
            ? new LocalDate(year, month, day) : null;
    }

    private static int Two(ReadOnlySpan<char> text, int at) => (text[at] - '0') * 10 + text[at + 1] - '0';
}

/// <summary>A date or a time whose clock is known.</summary>
public readonly record struct IcsTime(LocalDateTime Local, DateTimeZone Zone, bool IsDate)
{
    /// <summary>A wall clock that does not exist is moved on; one that comes twice counts the first time.</summary>
    public Instant At(LocalDateTime local) => Zone.AtLeniently(local).ToInstant();

    public Instant Instant => At(Local);
}

/// <summary>From when to when, or how long; null where it says neither.</summary>
public readonly record struct IcsPeriod(IcsStamp Start, IcsStamp? End, Duration? Length)
{
    /// <summary><c>start/end</c>, <c>start/length</c>, or a start alone. Null for what is none of them.</summary>
    public static IcsPeriod? Read(ReadOnlySpan<char> text, IcsLine line)
    {
        var slash = text.IndexOf('/');
        if (IcsStamp.Read(slash < 0 ? text : text[..slash], line) is not { } start)
            return null;
        if (slash < 0)
            return new(start, null, null);
        var rest = text[(slash + 1)..].Trim();
        IcsPeriod period = new(start, IcsStamp.Read(rest, line), IcsStamp.ReadLength(rest.ToString()));
        return period.End is null && period.Length is null ? null : period;
    }
}
