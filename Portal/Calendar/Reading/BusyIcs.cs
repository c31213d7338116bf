using System.Collections.Frozen;
using System.Globalization;
using Localization;
using NodaTime;

namespace Portal.Calendar.Reading;

/// <param name="Times">In order, without overlaps.</param>
/// <param name="Problem">
/// Names of the texts about what could not be read, with a number behind a colon where they have one, and blanks between
/// them; null when everything could.
/// </param>
public sealed record BusyRead(IReadOnlyList<Interval> Times, string? Problem)
{
    /// <summary>Half of it is missing: what was known before is nearer to the truth.</summary>
    public bool IsCutOff { get; init; }

    /// <summary>Nothing of it could be read; there are no times that could be trusted.</summary>
    public bool IsFailed { get; init; }
}

/// <summary>When somebody is busy, from the text of a calendar (RFC 5545): a pure function, with an end to how much it does.</summary>
public static class BusyIcs
{
    /// <summary>Null where the text is no calendar at all.</summary>
    /// <param name="text">The calendar.</param>
    /// <param name="mentors">The zone of times that name none, and of whole days.</param>
    /// <param name="from">What ends before does not matter.</param>
    /// <param name="to">Nor what starts then.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <param name="own">The mentor's own email addresses: what they declined takes no time.</param>
    public static BusyRead? Read(
        string text, DateTimeZone mentors, Instant from, Instant to, CancellationToken cancellationToken = default,
        IEnumerable<string>? own = null) =>
        Read(text, mentors, from, to, new IcsBudget(cancellationToken), own);

    public static BusyRead? Read(
        string text, DateTimeZone mentors, Instant from, Instant to, IcsBudget budget, IEnumerable<string>? own = null)
    {
        var reader = new IcsReader(mentors, from, to, (own ?? []).ToFrozenSet(StringComparer.OrdinalIgnoreCase), budget);
        reader.Read(text);
        if (!reader.IsCalendar)
            return null;
        var times = new MergedTimes(from, to);
        var unread = reader.UnreadPeriods + reader.Events.Count(e => e.IsInPart);
        AddPeriods(reader, times, budget);
        var understood = AddEvents(reader.Events, times, from, to, budget);
        var problems = new List<string>();
        if (reader.IsCutOff)
            problems.Add(nameof(ErrorText.CalendarCutOff));
        if (budget.IsSpent || times.IsFull)
            problems.Add(nameof(ErrorText.CalendarTooMany));
        if (!understood)
            problems.Add(nameof(ErrorText.CalendarPartly));
        if (unread > 0)
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"CalendarUnread:{unread}"));
        if (reader.AllZones.Any(z => z.HasGuessed))
            problems.Add(nameof(ErrorText.CalendarZoneGuessed));
        return new(times.ToList(), problems.Count == 0 ? null : string.Join(' ', problems)) { IsCutOff = reader.IsCutOff };
    }

    private static void AddPeriods(IcsReader reader, MergedTimes times, IcsBudget budget)
    {
        foreach (var (period, zones) in reader.Busy)
        {
            if (!budget.Spend(6))
                return;
            var start = zones.At(period.Start).Instant;
            if (start < times.To)
                times.Add(start, period.End is { } end ? zones.At(end).Instant : start + period.Length!.Value);
        }
    }

    /// <summary>False after a rule that was not understood.</summary>
    private static bool AddEvents(List<IcsEvent> events, MergedTimes times, Instant from, Instant to, IcsBudget budget)
    {
        var understood = true;
        var later = events.Where(e => e.Replaces is not null && e.Uid.Length > 0).ToLookup(e => e.Uid);
        foreach (var entry in events)
        {
            var others = entry.Replaces is null ? later[entry.Uid] : [];
            if (entry.Start is null || !entry.TakesTime && !others.Any(e => e.AndWhatFollows))
                continue;
            if (!budget.Spend(10) || times.IsFull)
                break;
            var series = new IcsSeries(entry, others, budget);
            series.AddTo(times, from, to);
            understood &= series.IsUnderstood;
        }
        return understood;
    }
}
