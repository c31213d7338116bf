using System.Globalization;
using NodaTime;

namespace Portal.Calendar.Reading;

/// <summary>A rule of repetition (RRULE), as far as calendars of people use them.</summary>
public sealed partial class IcsRule
{
    private static readonly string[] DayNames = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    private string freq = "";
    private int interval = 1;
    private int? count;
    private IcsStamp? until;
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
                count = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var max) ? max : null;
                return count is not null;
            case "UNTIL":
                until = IcsStamp.Read(value);
                return until is not null;
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

    private static bool TakeNumbers(string text, List<int> numbers, int max, bool negative)
    {
        foreach (var part in text.Split(','))
        {
            if (!int.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) || number == 0
                || number > max || number < (negative ? -max : 1) || numbers.Count > 400)
                return false;
            numbers.Add(number);
        }
        return true;
    }

    private bool IsWhole()
    {
        (days, monthDays) = ([.. days.Distinct()], [.. monthDays.Distinct()]);
        (months, positions) = ([.. months.Distinct()], [.. positions.Distinct()]);
        // Which Monday it is means nothing in a week: any is busy.
        if (freq is "DAILY" or "WEEKLY")
            days = [.. days.Select(d => (0, d.Day)).Distinct()];
        return freq is not "" && !(freq is "WEEKLY" && monthDays.Count > 0);
    }

    private static IsoDayOfWeek? DayOf(string name) => Array.IndexOf(DayNames, name) is >= 0 and var i ? (IsoDayOfWeek)(i + 1) : null;
}
