using System.Globalization;
using NodaTime;
using NodaTime.Extensions;
using Portal.Sessions;

namespace Portal.Pages.Shared;

/// <summary>A time that can be taken; in a group with the seats that are left.</summary>
/// <param name="Seats">Null outside of groups; 0 leads to the waiting list.</param>
public sealed record BookableSlot(Slot Slot, int? Seats = null);

/// <summary>
/// One month of free times as plain links: the days of the reader's zone, those with a free time first among them chosen,
/// and that day's times.
/// </summary>
public sealed class MonthCalendar
{
    public required YearMonth Month { get; init; }
    public required string Zone { get; init; }
    public required ILookup<LocalDate, BookableSlot> Free { get; init; }

    /// <summary>The day whose times are shown; null when the month has none.</summary>
    public required LocalDate? Day { get; init; }

    /// <summary>The page's address with these parts of a query; the page adds what it wants to keep.</summary>
    public required Func<string, string> Link { get; init; }

    public bool HasEarlier { get; init; }
    public bool HasLater { get; init; }

    public string DayLink(LocalDate day) => Link($"month={Text(Month)}&day={Text(day)}");

    public string MonthLink(int months) => Link($"month={Text(Month.PlusMonths(months))}");

    public string SlotLink(Slot slot) => Link($"start={At(slot.Start)}");

    public static string Text(YearMonth month) => month.ToString("uuuu-MM", CultureInfo.InvariantCulture);

    public static string Text(LocalDate day) => day.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);

    public static string At(DateTimeOffset start) => start.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    /// <summary>Whole weeks; days of the months around are null.</summary>
    public IEnumerable<LocalDate?[]> Weeks(DayOfWeek firstDay)
    {
        var first = Month.OnDayOfMonth(1);
        var lead = ((int)first.DayOfWeek.ToDayOfWeek() - (int)firstDay + 7) % 7;
        var days = Month.Calendar.GetDaysInMonth(Month.Year, Month.Month);
        return Enumerable.Repeat<LocalDate?>(null, lead).Concat(Enumerable.Range(0, days).Select(i => (LocalDate?)first.PlusDays(i)))
            .Chunk(7).Select(week => week.Length == 7 ? week : [.. week, .. new LocalDate?[7 - week.Length]]);
    }
}
