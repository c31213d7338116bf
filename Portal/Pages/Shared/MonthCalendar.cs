using System.Globalization;
using NodaTime;
using NodaTime.Extensions;
using NodaTime.Text;
using Portal.Sessions.Availability;
using Portal.Sessions.Booking;

namespace Portal.Pages.Shared;

/// <summary>
/// One month of free times as plain links: the days of the reader's zone, those with a free time first among them chosen,
/// and that day's times.
/// </summary>
public sealed class MonthCalendar
{
    /// <summary>For the first month with a free time, in days.</summary>
    private const int LooksAhead = 60;

    public required YearMonth Month { get; init; }
    public required string Zone { get; init; }
    public required ILookup<LocalDate, BookableSlot> Free { get; init; }

    /// <summary>The day whose times are shown; null when the month has none.</summary>
    public required LocalDate? Day { get; init; }

    /// <summary>The page's address with these parts of a query; the page adds what it wants to keep.</summary>
    public required Func<string, string> Link { get; init; }

    public bool HasEarlier { get; init; }
    public bool HasLater { get; init; }

    /// <summary>The month that the address names, else the first with a free time; free times are read a month at a time.</summary>
    /// <param name="zone">The reader's.</param>
    /// <param name="now">The first day shown is today.</param>
    /// <param name="days">How many days from today can be looked at.</param>
    /// <param name="monthText">From the address, which may hold anything.</param>
    /// <param name="dayText">From the address.</param>
    /// <param name="link">See <see cref="Link"/>.</param>
    /// <param name="freeAsync">Free times that start in [from, to).</param>
    public static async Task<MonthCalendar> ReadAsync(
        string zone, DateTimeOffset now, int days, string? monthText, string? dayText, Func<string, string> link,
        Func<DateTimeOffset, DateTimeOffset, Task<List<BookableSlot>>> freeAsync)
    {
        var tz = DateTimeZoneProviders.Tzdb[zone];
        LocalDate DayOf(BookableSlot free) => Instant.FromDateTimeOffset(free.Slot.Start).InZone(tz).Date;
        DateTimeOffset StartOf(LocalDate day) => tz.AtStartOfDay(day).ToDateTimeOffset().ToUniversalTime();
        var today = Instant.FromDateTimeOffset(now).InZone(tz).Date;
        var last = today.PlusDays(days);
        var month = Named(monthText, dayText, today, last);
        if (month is null)
        {
            var soon = await freeAsync(now, StartOf(today.PlusDays(Math.Min(days, LooksAhead) + 1)));
            month = soon.Count > 0 ? DayOf(soon[0]).ToYearMonth() : today.ToYearMonth();
        }
        var free = (await freeAsync(StartOf(month.Value.OnDayOfMonth(1)), StartOf(month.Value.PlusMonths(1).OnDayOfMonth(1))))
            .ToLookup(DayOf);
        var with = free.Select(d => (LocalDate?)d.Key).Order().ToList();
        return new MonthCalendar
        {
            Month = month.Value,
            Zone = zone,
            Free = free,
            Day = with.FirstOrDefault(d => Text(d!.Value) == dayText) ?? with.FirstOrDefault(),
            Link = link,
            HasEarlier = month > today.ToYearMonth(),
            HasLater = month < last.ToYearMonth(),
        };
    }

    private static YearMonth? Named(string? monthText, string? dayText, LocalDate today, LocalDate last)
    {
        var (first, end) = (today.ToYearMonth(), last.ToYearMonth());
        if (YearMonthPattern.Iso.Parse(monthText ?? "") is { Success: true } month)
            return month.Value < first ? first : month.Value > end ? end : month.Value;
        return LocalDatePattern.Iso.Parse(dayText ?? "") is { Success: true } day && day.Value >= today && day.Value <= last
            ? day.Value.ToYearMonth() : null;
    }

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
