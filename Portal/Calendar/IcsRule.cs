using System.Globalization;
using NodaTime;

namespace Portal.Calendar;

/// <summary>A rule of repetition (RRULE), as far as calendars of people use them.</summary>
public sealed class IcsRule
{
    private static readonly string[] DayNames = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    private string freq = "";
    private int interval = 1;
    private int? count;
    private string? until;
    private IsoDayOfWeek weekStart = IsoDayOfWeek.Monday;
    private List<(int Ordinal, IsoDayOfWeek Day)> days = [];
    private List<int> monthDays = [], months = [], positions = [];

    /// <summary>Null for a rule with a part that is not known here: half a rule would be another rule.</summary>
    public static IcsRule? Read(string text)
    {
        var rule = new IcsRule();
        foreach (var part in text.ToUpperInvariant().Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=');
            if (equals < 0 || !rule.Take(part[..equals], part[(equals + 1)..]))
                return null;
        }
        return rule.IsWhole() ? rule : null;
    }

    /// <summary>
    /// The starts that may matter to a time from a day on, in order, until the given last day. Each step says how many days
    /// it has to look at and asks for leave, so that a calendar made to keep the portal busy ends early.
    /// </summary>
    public IEnumerable<LocalDateTime> Starts(IcsTime first, LocalDate from, LocalDate to, Func<int, bool> mayLookAt)
    {
        var (date, time) = (first.Local.Date, first.Local.TimeOfDay);
        var last = until is null ? null : IcsTime.Read(new("UNTIL", "", ""), until, first.Zone);
        var counted = 0;
        // With a count every time has to be counted from the first on; without one the past is passed over.
        for (var n = count is null && from > date ? PeriodsBefore(date, from) : 0; ; n++)
        {
            if (!mayLookAt(DaysOfAStep) || PeriodStart(date, n) is not { } start || start > to)
                yield break;
            foreach (var day in DatesOf(date, start))
            {
                if (day < date)
                    continue;
                var local = day + time;
                if (counted++ >= count || day > to || IsAfter(local, first, last))
                    yield break;
                if (day >= from)
                    yield return local;
            }
        }
    }

    private int DaysOfAStep => freq switch
    {
        "DAILY" => 1,
        "WEEKLY" => 7,
        "YEARLY" when months.Count > 0 => 31 * months.Count,
        "YEARLY" when days.Count > 0 || monthDays.Count > 0 => 366,
        _ => 31,
    };

    private static bool IsAfter(LocalDateTime local, IcsTime first, IcsTime? last) =>
        last is { } until && (until.IsDate
            ? local.Date > until.Local.Date : until.Zone == DateTimeZone.Utc ? first.At(local) > until.Instant : local > until.Local);

    private bool Take(string name, string value)
    {
        switch (name)
        {
            case "FREQ":
                freq = value;
                return value is "DAILY" or "WEEKLY" or "MONTHLY" or "YEARLY";
            case "INTERVAL":
                return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out interval) && interval is > 0 and < 1000;
            case "COUNT":
                count = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var most) ? most : null;
                return count is not null;
            case "UNTIL":
                until = value;
                return IcsTime.Read(new("UNTIL", "", ""), value, DateTimeZone.Utc) is not null;
            case "WKST":
                weekStart = DayOf(value) ?? IsoDayOfWeek.None;
                return weekStart != IsoDayOfWeek.None;
            case "BYDAY":
                return value.Split(',').All(TakeDay);
            case "BYMONTHDAY":
                return TakeNumbers(value, monthDays, 31, negative: true);
            case "BYMONTH":
                return TakeNumbers(value, months, 12, negative: false);
            case "BYSETPOS":
                return TakeNumbers(value, positions, 366, negative: true);
            default:
                return false;
        }
    }

    private bool TakeDay(string text)
    {
        if (text.Length < 2 || DayOf(text[^2..]) is not { } day)
            return false;
        var ordinal = 0;
        if (text.Length > 2 && (!int.TryParse(text[..^2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out ordinal)
            || ordinal is 0 or < -53 or > 53))
            return false;
        days.Add((ordinal, day));
        return days.Count < 60;
    }

    private static bool TakeNumbers(string text, List<int> numbers, int most, bool negative)
    {
        foreach (var part in text.Split(',').Take(400))
        {
            if (!int.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) || number == 0
                || number > most || number < (negative ? -most : 1))
                return false;
            numbers.Add(number);
        }
        return true;
    }

    private bool IsWhole()
    {
        (days, monthDays) = ([.. days.Distinct()], [.. monthDays.Distinct()]);
        (months, positions) = ([.. months.Distinct()], [.. positions.Distinct()]);
        var ordinals = days.Any(d => d.Ordinal != 0);
        return freq is not "" && !(ordinals && freq is "DAILY" or "WEEKLY" && ordinals) && !(freq is "WEEKLY" && monthDays.Count > 0)
            && !(count is not null && until is not null) && !(positions.Count > 0 && freq is "DAILY");
    }

    private static IsoDayOfWeek? DayOf(string name) => Array.IndexOf(DayNames, name) is >= 0 and var i ? (IsoDayOfWeek)(i + 1) : null;

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
