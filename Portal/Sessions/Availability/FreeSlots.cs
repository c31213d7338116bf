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
        foreach (var (from, to) in StretchesOf(day, special[day.ToDateOnly()], rules).Order())
        {
            for (var minute = from; minute + rules.SessionMinutes <= to; minute += rules.SessionMinutes + rules.BufferMinutes)
            {
                // A wall clock that a spring night leaves out is no slot; one that an autumn night shows twice counts the first time.
                var mapping = rules.Zone.MapLocal(day.AtMidnight().PlusMinutes(minute));
                if (mapping.Count > 0)
                    yield return mapping.First().ToDateTimeOffset().ToUniversalTime();
            }
        }
    }

    private static IEnumerable<(int From, int To)> StretchesOf(LocalDate day, IEnumerable<SpecialDay> special, SlotRules rules)
    {
        var weekday = day.DayOfWeek.ToDayOfWeek();
        return special.Any()
            ? special.Where(d => d.FromMinute is not null).Select(d => (d.FromMinute!.Value, d.ToMinute ?? 0))
            : rules.Hours.Where(h => h.Day == weekday).Select(h => (h.FromMinute, h.ToMinute));
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
