using Localization;
using NodaTime;

namespace Portal.Calendar;

/// <param name="Times">In order, without overlaps.</param>
/// <param name="Problem">Name of the text about what could not be read; null when everything could.</param>
public sealed record BusyRead(IReadOnlyList<Interval> Times, string? Problem);

/// <summary>When somebody is busy, from the text of a calendar (RFC 5545): a pure function, with an end to how much it does.</summary>
public static class BusyIcs
{
    private const int MaxEvents = 50_000;

    /// <summary>Days that are looked at, of all rules together: two seconds or so.</summary>
    private const int MaxDays = 5_000_000;

    /// <summary>Null where the text is no calendar at all.</summary>
    public static BusyRead? Read(string text, DateTimeZone mentors, Instant from, Instant to, CancellationToken cancellationToken = default)
    {
        if (ReadEvents(text, mentors) is not { } read)
            return null;
        var (events, problem) = (read.Events, read.TooMany ? nameof(ErrorText.CalendarTooMany) : null);
        var replaced = events.Where(e => e.Replaces is not null).ToLookup(e => e.Uid, e => e.Replaces!.Value);
        var times = new List<Interval>();
        var looked = 0;
        bool MayLookAt(int days)
        {
            cancellationToken.ThrowIfCancellationRequested();
            looked = Math.Min(looked + days, MaxDays);
            return looked < MaxDays;
        }
        foreach (var entry in events.Where(e => e.TakesTime && e.Start is not null && e.Length > Duration.Zero))
        {
            if (!MayLookAt(1))
                break;
            var gone = entry.Replaces is null ? Gone(entry, replaced[entry.Uid]) : _ => false;
            var starts = Starts(entry, from, to, MayLookAt, out var understood);
            foreach (var local in starts)
            {
                var (start, end) = entry.Span(local);
                if (end > from && start < to && end > start && !gone(local))
                    times.Add(new(Instant.Max(start, from), Instant.Min(end, to)));
            }
            if (!understood)
                problem ??= nameof(ErrorText.CalendarPartly);
        }
        return new(Merge(times), looked >= MaxDays ? nameof(ErrorText.CalendarTooMany) : problem);
    }

    private static IEnumerable<LocalDateTime> Starts(
        IcsEvent entry, Instant from, Instant to, Func<int, bool> mayLookAt, out bool understood)
    {
        var first = entry.Start!.Value;
        understood = true;
        IEnumerable<LocalDateTime> starts = [first.Local];
        if (entry.Replaces is not null)
            return starts;
        if (entry.Rule is { } text)
        {
            understood = !entry.HasMoreRules && IcsRule.Read(text) is not null;
            if (understood)
            {
                var earliest = from.InZone(first.Zone).Date.PlusDays(-2 - (int)Math.Min(3660, entry.Length.TotalDays));
                starts = IcsRule.Read(text)!.Starts(first, earliest, to.InZone(first.Zone).Date.PlusDays(2), mayLookAt);
            }
        }
        var also = entry.Also.Select(a => a.IsDate ? a.Local.Date + first.Local.TimeOfDay : a.Instant.InZone(first.Zone).LocalDateTime);
        return starts.Concat(also).Where(_ => mayLookAt(1));
    }

    private static Func<LocalDateTime, bool> Gone(IcsEvent entry, IEnumerable<IcsTime> replaced)
    {
        var gone = entry.Except.Concat(replaced).ToList();
        var first = entry.Start!.Value;
        if (gone.Count == 0)
            return _ => false;
        var days = gone.Where(t => t.IsDate).Select(t => t.Local.Date).ToHashSet();
        var instants = gone.Where(t => !t.IsDate).Select(t => t.Instant).ToHashSet();
        return local => days.Contains(local.Date) || instants.Contains(first.At(local));
    }

    private static (List<IcsEvent> Events, bool TooMany)? ReadEvents(string text, DateTimeZone mentors)
    {
        var events = new List<IcsEvent>();
        var (isCalendar, depth, tooMany) = (false, 0, false);
        IcsEvent? current = null;
        foreach (var line in IcsLines.Of(text))
        {
            if (line.Name == "BEGIN")
            {
                isCalendar |= line.Value.Equals("VCALENDAR", StringComparison.OrdinalIgnoreCase);
                if (current is not null)
                    depth++; // an alarm, which has a DURATION of its own
                else if (line.Value.Equals("VEVENT", StringComparison.OrdinalIgnoreCase))
                    current = new();
            }
            else if (line.Name == "END" && depth > 0)
                depth--;
            else if (line.Name == "END" && current is not null)
            {
                if (events.Count >= MaxEvents)
                    tooMany = true;
                else
                    events.Add(current);
                current = null;
            }
            else if (current is not null && depth == 0)
                current.Take(line, mentors);
        }
        return isCalendar ? (events, tooMany) : null;
    }

    private static List<Interval> Merge(List<Interval> times)
    {
        var merged = new List<Interval>();
        foreach (var time in times.OrderBy(t => t.Start))
        {
            if (merged.Count > 0 && time.Start <= merged[^1].End)
                merged[^1] = new(merged[^1].Start, Instant.Max(merged[^1].End, time.End));
            else
                merged.Add(time);
        }
        return merged;
    }
}
