using NodaTime;
using NodaTime.Text;

namespace Portal.Calendar;

/// <summary>An entry of a calendar, as far as it says when somebody is busy. What it is about is never read.</summary>
public sealed class IcsEvent
{
    public string Uid { get; private set; } = "";
    public IcsTime? Start { get; private set; }
    public string? Rule { get; private set; }
    public bool HasMoreRules { get; private set; }

    /// <summary>Which time of the series with the same UID this entry stands for.</summary>
    public IcsTime? Replaces { get; private set; }
    public List<IcsTime> Also { get; } = [];
    public List<IcsTime> Except { get; } = [];

    /// <summary>False for what is free or cancelled; it may still stand for a time of a series.</summary>
    public bool TakesTime { get; private set; } = true;

    private IcsTime? end;
    private Duration? length;

    private const int MaxDates = 5000;

    public void Take(IcsLine line, DateTimeZone mentors)
    {
        switch (line.Name)
        {
            case "UID":
                Uid = line.Value;
                break;
            case "DTSTART":
                Start = IcsTime.Read(line, line.Value, mentors);
                break;
            case "DTEND":
                end = IcsTime.Read(line, line.Value, mentors);
                break;
            case "DURATION":
                length = ReadDuration(line.Value);
                break;
            case "RRULE":
                (HasMoreRules, Rule) = (Rule is not null, Rule ?? line.Value);
                break;
            case "EXRULE":
                HasMoreRules = true;
                break;
            case "RDATE":
                Take(line, Also, mentors);
                break;
            case "EXDATE":
                Take(line, Except, mentors);
                break;
            case "RECURRENCE-ID":
                Replaces = IcsTime.Read(line, line.Value, mentors);
                break;
            case "TRANSP":
                TakesTime &= !line.Value.Equals("TRANSPARENT", StringComparison.OrdinalIgnoreCase);
                break;
            case "STATUS":
                TakesTime &= !line.Value.Equals("CANCELLED", StringComparison.OrdinalIgnoreCase);
                break;
        }
    }

    /// <summary>Whole days of an entry that has no clock; 0 for one that has.</summary>
    public int Days => Start is not { IsDate: true } start ? 0
        : end is { } last ? Math.Max(1, Period.DaysBetween(start.Local.Date, last.Local.Date))
        : Math.Max(1, (int)Math.Min(3660, (length ?? Duration.Zero).TotalDays));

    /// <summary>An entry with a start alone takes no time.</summary>
    public Duration Length => Start is not { } start ? Duration.Zero
        : Days > 0 ? Duration.FromDays(Days)
        : end is { } last ? Duration.Max(Duration.Zero, last.Instant - start.Instant)
        : Duration.Max(Duration.Zero, length ?? Duration.Zero);

    /// <summary>From and to of the time that starts then.</summary>
    public (Instant From, Instant To) Span(LocalDateTime local)
    {
        var start = Start!.Value;
        return Days == 0 ? (start.At(local), start.At(local) + Length)
            : (start.Zone.AtStartOfDay(local.Date).ToInstant(), start.Zone.AtStartOfDay(local.Date.PlusDays(Days)).ToInstant());
    }

    private static void Take(IcsLine line, List<IcsTime> into, DateTimeZone mentors)
    {
        // Of a period (start/end) the start; it lasts as long as the others.
        foreach (var part in line.Value.Split(','))
            if (into.Count < MaxDates && IcsTime.Read(line, part.Split('/')[0].Trim(), mentors) is { } time)
                into.Add(time);
    }

    private static Duration? ReadDuration(string text)
    {
        var read = PeriodPattern.Roundtrip.Parse(text.TrimStart('+'));
        if (!read.Success || read.Value is { Years: not 0 } or { Months: not 0 }
            || Math.Abs((long)read.Value.Days) + Math.Abs((long)read.Value.Weeks) > 3660
            || Math.Abs(read.Value.Hours) > 87_840 || Math.Abs(read.Value.Minutes) > 5_270_400
                || Math.Abs(read.Value.Seconds) > 316_224_000)
            return null;
        return read.Value.ToDuration();
    }
}
