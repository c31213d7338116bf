using NodaTime;
using NodaTime.Extensions;

namespace Portal.Sessions.Availability;

/// <summary>A time that can be booked, in UTC.</summary>
public readonly record struct Slot(DateTimeOffset Start, DateTimeOffset End);

/// <summary>What a mentor's free times are made from.</summary>
public sealed record SlotRules(
    DateTimeZone Zone, IReadOnlyList<WeeklyHours> Hours, int SessionMinutes, int BufferMinutes, int NoticeMinutes, int HorizonDays)
{
    public const int MaxSessionMinutes = 240;
    public const int MaxBufferMinutes = 120;

    /// <summary>The longest session with the longest time after it.</summary>
    public const int MaxMinutes = MaxSessionMinutes + MaxBufferMinutes;

    /// <summary>Days on which the weekly hours do not count; several rows of one date are several stretches.</summary>
    public IReadOnlyList<SpecialDay> SpecialDays { get; init; } = [];

    public int? MaxPerDay { get; init; }
    public bool IsPaused { get; init; }
}

/// <summary>What is taken of a mentor's time.</summary>
/// <param name="Ticks">The five-minute ticks of sessions and of the mentor's own calendar.</param>
/// <param name="SessionsPerDay">Sessions by day of the mentor's zone; days without one may be absent.</param>
public sealed record Taken(IReadOnlySet<long> Ticks, IReadOnlyDictionary<LocalDate, int> SessionsPerDay)
{
    public static readonly Taken Nothing = new(new HashSet<long>(), new Dictionary<LocalDate, int>());
}

/// <summary>Free times, as a pure function of a mentor's rules, what is taken, and the time.</summary>
public static class FreeSlots
{
    private const int Midnight = 24 * 60;

    /// <summary>The free slots that start in [from, to), in order.</summary>
    public static IEnumerable<Slot> Free(SlotRules rules, Taken taken, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now) =>
        Offered(rules, taken, from, to, now).Where(slot => IsFree(slot, rules.BufferMinutes, taken.Ticks));

    public static bool IsFree(Slot slot, int bufferMinutes, IReadOnlySet<long> busy)
    {
        for (var tick = BusyTick.At(slot.Start); tick < BusyTick.At(slot.End.AddMinutes(bufferMinutes)); tick++)
            if (busy.Contains(tick))
                return false;
        return true;
    }

    /// <summary>
    /// The slots of the mentor's hours that start in [from, to), their ticks taken or not; a day that is full offers nothing.
    /// </summary>
    public static IEnumerable<Slot> Offered(SlotRules rules, Taken taken, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
    {
        if (rules.IsPaused)
            yield break;
        from = Later(from, now.AddMinutes(rules.NoticeMinutes));
        to = Earlier(to, now.AddDays(rules.HorizonDays));
        if (from >= to)
            yield break;

        // One day more on both sides: the mentor's date may differ from the date in UTC.
        var firstDay = Instant.FromDateTimeOffset(from).InZone(rules.Zone).Date.PlusDays(-1);
        var lastDay = Instant.FromDateTimeOffset(to).InZone(rules.Zone).Date.PlusDays(1);
        var special = rules.SpecialDays.ToLookup(d => d.Date);
        var previous = DateTimeOffset.MinValue;
        for (var day = firstDay; day <= lastDay; day = day.PlusDays(1))
        {
            if (taken.SessionsPerDay.GetValueOrDefault(day) >= rules.MaxPerDay)
                continue;
            foreach (var start in StartsOf(day, special, rules))
            {
                // In the overlap of an autumn night two wall clocks can mean one order of instants but not of hours.
                if (start <= previous || start < from || start >= to)
                    continue;
                previous = start;
                yield return new Slot(start, start.AddMinutes(rules.SessionMinutes));
            }
        }
    }

    private static IEnumerable<DateTimeOffset> StartsOf(LocalDate day, ILookup<DateOnly, SpecialDay> special, SlotRules rules)
    {
        var step = rules.SessionMinutes + rules.BufferMinutes;
        foreach (var (from, to) in HoursOf(day, special, rules))
        {
            var begin = from > 0 ? from : BeginOf(day, special, rules);
            var end = to < Midnight ? to : Midnight + MorningAfter(day, special, rules);
            for (var minute = begin + (from - begin + step - 1) / step * step; minute < to && minute + rules.SessionMinutes <= end;
                minute += step)
            {
                // A wall clock that a spring night leaves out is no slot; one that an autumn night shows twice counts the first time.
                var mapping = rules.Zone.MapLocal(day.AtMidnight().PlusMinutes(minute));
                if (mapping.Count > 0)
                    yield return mapping.First().ToDateTimeOffset().ToUniversalTime();
            }
        }
    }

    /// <summary>
    /// The hours from one midnight to the next, those of the night before among them; stretches that touch are one, since
    /// whoever works from 9 to 12:30 and from 12:30 to 15 works at 12.
    /// </summary>
    private static List<(int From, int To)> HoursOf(LocalDate day, ILookup<DateOnly, SpecialDay> special, SlotRules rules)
    {
        // A day that is set by itself is not worked into from the day before.
        var night = special[day.ToDateOnly()].Any() ? []
            : StretchesOf(day.PlusDays(-1), special, rules).Where(s => s.To > Midnight).Select(s => (From: 0, To: s.To - Midnight));
        var merged = new List<(int From, int To)>();
        var own = StretchesOf(day, special, rules).Select(s => (s.From, To: Math.Min(s.To, Midnight)));
        foreach (var (from, to) in own.Concat(night).Order())
        {
            if (merged.Count > 0 && from <= merged[^1].To)
                merged[^1] = (merged[^1].From, Math.Max(merged[^1].To, to));
            else
                merged.Add((from, to));
        }
        return merged;
    }

    /// <summary>
    /// Where the hours that go on at a midnight began, in minutes before it: from there on they are cut into slots. Who works a week
    /// without a break begins anew each Monday.
    /// </summary>
    private static int BeginOf(LocalDate day, ILookup<DateOnly, SpecialDay> special, SlotRules rules)
    {
        var begin = 0;
        for (var back = 1; back <= 7; back++)
        {
            var hours = HoursOf(day.PlusDays(-back), special, rules);
            if (hours.Count == 0 || hours[^1].To < Midnight)
                return begin;
            begin = hours[^1].From - back * Midnight;
            if (hours[^1].From > 0)
                return begin;
        }
        return -((int)day.DayOfWeek - 1) * Midnight;
    }

    /// <summary>How far the hours of a day go on after its midnight; no session is longer than a day.</summary>
    private static int MorningAfter(LocalDate day, ILookup<DateOnly, SpecialDay> special, SlotRules rules) =>
        HoursOf(day.PlusDays(1), special, rules) is [(0, var to), ..] ? to : 0;

    private static IEnumerable<(int From, int To)> StretchesOf(LocalDate day, ILookup<DateOnly, SpecialDay> special, SlotRules rules)
    {
        var (own, weekday) = (special[day.ToDateOnly()], day.DayOfWeek.ToDayOfWeek());
        return own.Any()
            ? own.Where(d => d.FromMinute is not null).Select(d => (d.FromMinute!.Value, d.ToMinute ?? 0))
            : rules.Hours.Where(h => h.Day == weekday).Select(h => (h.FromMinute, h.ToMinute));
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
