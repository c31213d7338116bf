using NodaTime;

namespace Portal.Calendar.Reading;

/// <summary>The times that a rule means.</summary>
public sealed partial class IcsRule
{
    /// <summary>
    /// The starts that may matter to a time from a day on, in order, until the given last day. Each step says how much it has
    /// to look at and asks for leave, so that a calendar made to keep the portal busy ends early.
    /// </summary>
    public IEnumerable<LocalDateTime> Starts(IcsTime first, LocalDate from, LocalDate to, Func<int, bool> maySpend)
    {
        var (date, time, counted, cost) = (first.Local.Date, first.Local.TimeOfDay, 0, CostOfAStep);
        // With a count every time has to be counted from the first on; without one the past is passed over.
        for (var n = count is null && from > date ? PeriodsBefore(date, from) : 0; ; n++)
        {
            if (!maySpend(cost) || PeriodStart(date, n) is not { } start || start > to)
                yield break;
            foreach (var day in DatesOf(date, start))
            {
                if (day < date)
                    continue;
                var local = day + time;
                if (counted++ >= count || day > to || IsAfter(local, first))
                    yield break;
                if (day >= from)
                    yield return local;
            }
        }
    }

    /// <summary>Days that are looked at, each against all that the rule names.</summary>
    private int CostOfAStep => (2 + (days.Count + monthDays.Count + months.Count) / 4) * freq switch
    {
        "DAILY" => 3,
        "WEEKLY" => 8,
        "YEARLY" when months.Count > 0 => 31 * months.Count,
        "YEARLY" when days.Count > 0 || monthDays.Count > 0 => 366,
        _ => 31,
    };

    private bool IsAfter(LocalDateTime local, IcsTime first) => until is { } last
        && (last.IsDate ? local.Date > last.Local.Date
            : first.IsDate ? local.Date > LastDay(last)
            : last.IsUtc ? first.At(local) > last.Local.InUtc().ToInstant()
            : local > last.Local);

    /// <summary>
    /// Of days without a clock: the day that it may have been where the rule was written, at the end of a day or at its
    /// beginning. In doubt one day more is busy.
    /// </summary>
    private static LocalDate LastDay(IcsStamp last) =>
        last.IsUtc && last.Local.Minute != 59 ? last.Local.PlusHours(14).Date : last.Local.Date;

    private int PeriodsBefore(LocalDate first, LocalDate from)
    {
        var days = Period.DaysBetween(first, from);
        var length = freq switch { "DAILY" => 1, "WEEKLY" => 7, "MONTHLY" => 31, _ => 366 };
        return Math.Max(0, days / (length * interval) - 1);
    }

    /// <summary>Null beyond all calendars.</summary>
    private LocalDate? PeriodStart(LocalDate first, int n)
    {
        if ((long)n * interval > 3_000_000)
            return null;
        var step = n * interval;
        return freq switch
        {
            "DAILY" => first.PlusDays(step),
            "WEEKLY" => first.PlusDays(-((first.DayOfWeek - weekStart + 7) % 7)).PlusWeeks(step),
            "MONTHLY" when first.Year + step / 12 < 9990 => new LocalDate(first.Year, first.Month, 1).PlusMonths(step),
            "YEARLY" when first.Year + step < 9990 => new LocalDate(first.Year + step, 1, 1),
            _ => null,
        };
    }

    private IEnumerable<LocalDate> DatesOf(LocalDate first, LocalDate start)
    {
        var dates = (freq switch
        {
            "DAILY" => Days(start, 1).Where(d => IsOfMonths(d) && IsOfMonthDays(d) && (days.Count == 0 || days.Any(x => x.Day == d.DayOfWeek))),
            "WEEKLY" => Days(start, 7).Where(IsOfMonths)
                .Where(d => days.Count == 0 ? d.DayOfWeek == first.DayOfWeek : days.Any(x => x.Day == d.DayOfWeek)),
            "MONTHLY" => InSpan(first, start, start.PlusMonths(1)),
            _ when months.Count > 0 =>
                months.Order().SelectMany(m => InSpan(first, new(start.Year, m, 1), new LocalDate(start.Year, m, 1).PlusMonths(1))),
            _ when days.Count == 0 && monthDays.Count == 0 =>
                InSpan(first, new(start.Year, first.Month, 1), new LocalDate(start.Year, first.Month, 1).PlusMonths(1)),
            _ => InSpan(first, start, start.PlusYears(1)),
        }).ToList();
        return positions.Count == 0 ? dates
            : positions.Select(p => p > 0 ? p - 1 : dates.Count + p).Where(i => i >= 0 && i < dates.Count).Distinct().Order()
                .Select(i => dates[i]);
    }

    /// <summary>The days of a month, or of a year, that the rule names.</summary>
    private IEnumerable<LocalDate> InSpan(LocalDate first, LocalDate start, LocalDate end)
    {
        var span = Days(start, Period.DaysBetween(start, end)).Where(IsOfMonths).ToList();
        if (days.Count == 0 && monthDays.Count == 0)
            return span.Where(d => d.Day == first.Day);
        return span.Where(d => IsOfMonthDays(d) && (days.Count == 0 || days.Any(x => x.Day == d.DayOfWeek && IsOrdinal(x.Ordinal, d))));

        bool IsOrdinal(int ordinal, LocalDate day) => ordinal == 0
            || (ordinal > 0 ? Period.DaysBetween(start, day) / 7 + 1 == ordinal
                : Period.DaysBetween(day, end.PlusDays(-1)) / 7 + 1 == -ordinal);
    }

    private bool IsOfMonths(LocalDate day) => months.Count == 0 || months.Contains(day.Month);

    private bool IsOfMonthDays(LocalDate day) => monthDays.Count == 0
        || monthDays.Contains(day.Day) || monthDays.Contains(day.Day - day.Calendar.GetDaysInMonth(day.Year, day.Month) - 1);

    private static IEnumerable<LocalDate> Days(LocalDate start, int many) => Enumerable.Range(0, many).Select(start.PlusDays);
}
