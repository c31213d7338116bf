using System.Globalization;
using Portal.Mentors;

namespace Portal.Pages.Settings;

/// <summary>A week as the form has it, and what the buttons in it do: nothing of it is saved before the mentor says so.</summary>
internal static class HoursWeek
{
    private const string UsualFrom = "09:00";
    private const string UsualTo = "17:00";
    private const int MaxStretches = 6;
    private const int Step = 15;

    /// <summary>Every quarter of an hour as the product writes it, and what is set to another minute besides.</summary>
    public static IEnumerable<string> Clocks(string? set, bool isEnd)
    {
        var clocks = Enumerable.Range(isEnd ? 1 : 0, 24 * 60 / Step).Select(n => n * Step)
            .Select(m => string.Create(CultureInfo.InvariantCulture, $"{m / 60:00}:{m % 60:00}"));
        return set is null ? clocks : clocks.Append(set).Distinct().Order(StringComparer.Ordinal);
    }

    /// <summary>In the order of the reader's weeks, each day with at least one stretch; one that is off shows the usual hours.</summary>
    public static List<HoursInput> Of(IEnumerable<HoursInput> hours, DayOfWeek first)
    {
        var days = hours.Where(h => Enum.IsDefined(h.Day)).ToLookup(h => h.Day);
        return [.. Enumerable.Range(0, 7).Select(n => (DayOfWeek)(((int)first + n) % 7))
            .SelectMany(day => days[day].DefaultIfEmpty(Usual(day)))];
    }

    /// <summary><c>add-Monday</c>, <c>copy-Monday</c> (to all days), or <c>remove-3</c> by the number of the stretch.</summary>
    /// <returns>What the form shows next, the switches among it.</returns>
    public static List<HoursInput> Change(List<HoursInput> hours, HashSet<DayOfWeek> on, string? change)
    {
        var parts = (change ?? "").Split('-');
        if (parts is ["remove", var number] && int.TryParse(number, out var index) && index >= 0 && index < hours.Count)
            return [.. hours.Where((_, i) => i != index)];
        if (parts is not [var what, var name] || !Enum.TryParse<DayOfWeek>(name, out var day) || !Enum.IsDefined(day))
            return hours;
        var own = hours.Where(h => h.Day == day).ToList();
        on.Add(day);
        if (what == "add" && own.Count < MaxStretches)
        {
            var from = own.LastOrDefault()?.To is { } end and not "24:00" ? end : UsualFrom;
            return [.. hours, new() { Day = day, From = from, To = "24:00" }];
        }
        if (what != "copy")
            return hours;
        on.UnionWith(Enum.GetValues<DayOfWeek>());
        return [.. Enum.GetValues<DayOfWeek>().SelectMany(d => own.Select(h => new HoursInput { Day = d, From = h.From, To = h.To }))];
    }

    /// <summary>Monday to Friday, 9 to 17.</summary>
    public static List<HoursInput> WorkingDays() =>
        [.. Enumerable.Range((int)DayOfWeek.Monday, 5).Select(day => Usual((DayOfWeek)day))];

    private static HoursInput Usual(DayOfWeek day) => new() { Day = day, From = UsualFrom, To = UsualTo };
}
