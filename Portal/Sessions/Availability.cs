using NodaTime;
using NodaTime.Extensions;
using Portal.People;

namespace Portal.Sessions;

/// <summary>A time that can be booked, in UTC.</summary>
public readonly record struct Slot(DateTimeOffset Start, DateTimeOffset End);

/// <summary>What a mentor's free times are made from.</summary>
public sealed record SlotRules(DateTimeZone Zone, IReadOnlyList<WeeklyHours> Hours, int SessionMinutes, int BufferMinutes, int NoticeMinutes, int HorizonDays);

/// <summary>Free times, as a pure function of a mentor's rules, the taken ticks and the time.</summary>
public static class Availability
{
    /// <summary>The free slots that start in [from, to), in order.</summary>
    public static IEnumerable<Slot> Free(SlotRules rules, IReadOnlySet<long> busy, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now) =>
        Offered(rules, from, to, now).Where(slot => IsFree(slot, rules.BufferMinutes, busy));

    public static bool IsFree(Slot slot, int bufferMinutes, IReadOnlySet<long> busy)
    {
        for (var tick = BusyTick.At(slot.Start); tick < BusyTick.At(slot.End.AddMinutes(bufferMinutes)); tick++)
            if (busy.Contains(tick))
                return false;
        return true;
    }

    /// <summary>The slots of the weekly hours that start in [from, to), taken or not.</summary>
    public static IEnumerable<Slot> Offered(SlotRules rules, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
    {
        from = Later(from, now.AddMinutes(rules.NoticeMinutes));
        to = Earlier(to, now.AddDays(rules.HorizonDays));
        if (from >= to)
            yield break;

        // One day more on both sides: the mentor's date may differ from the date in UTC.
        var firstDay = Instant.FromDateTimeOffset(from).InZone(rules.Zone).Date.PlusDays(-1);
        var lastDay = Instant.FromDateTimeOffset(to).InZone(rules.Zone).Date.PlusDays(1);
        var previous = DateTimeOffset.MinValue;
        for (var day = firstDay; day <= lastDay; day = day.PlusDays(1))
        {
            foreach (var start in StartsOf(day, rules))
            {
                // In the overlap of an autumn night two wall clocks can mean one order of instants but not of hours.
                if (start <= previous || start < from || start >= to)
                    continue;
                previous = start;
                yield return new Slot(start, start.AddMinutes(rules.SessionMinutes));
            }
        }
    }

    private static IEnumerable<DateTimeOffset> StartsOf(LocalDate day, SlotRules rules)
    {
        var weekday = day.DayOfWeek.ToDayOfWeek();
        foreach (var hours in rules.Hours.Where(h => h.Day == weekday).OrderBy(h => h.FromMinute))
        {
            for (var minute = hours.FromMinute; minute + rules.SessionMinutes <= hours.ToMinute; minute += rules.SessionMinutes + rules.BufferMinutes)
            {
                // A wall clock that a spring night leaves out is no slot; one that an autumn night shows twice counts the first time.
                var mapping = rules.Zone.MapLocal(day.AtMidnight().PlusMinutes(minute));
                if (mapping.Count > 0)
                    yield return mapping.First().ToDateTimeOffset().ToUniversalTime();
            }
        }
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
