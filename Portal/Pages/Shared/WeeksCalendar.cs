using System.Globalization;
using NodaTime;
using NodaTime.Extensions;
using NodaTime.Text;
using Portal.Sessions.Availability;
using Portal.Sessions.Booking;

namespace Portal.Pages.Shared;

/// <summary>
/// Two weeks of free times as plain links, beginning with the current week: the days of the reader's zone, one of those with
/// a free time chosen, and that day's times by part of the day. Months were tried: at their end they show thirty dead days.
/// </summary>
public sealed class WeeksCalendar
{
    public const int Days = 14;

    /// <summary>For the first two weeks with a free time, in days.</summary>
    private const int LooksAhead = 60;

    /// <summary>The first day shown; a week begins with it.</summary>
    public required LocalDate First { get; init; }
    public required LocalDate Today { get; init; }
    public required string Zone { get; init; }
    public required ILookup<LocalDate, BookableSlot> Free { get; init; }

    /// <summary>The day whose times are shown; null when none of them has one.</summary>
    public required LocalDate? Day { get; init; }

    /// <summary>The page's address with these parts of a query; the page adds what it wants to keep.</summary>
    public required Func<string, string> Link { get; init; }

    public bool HasEarlier { get; init; }
    public bool HasLater { get; init; }

    /// <summary>The two weeks that the address names, else the first with a free time.</summary>
    /// <param name="zone">The reader's.</param>
    /// <param name="now">Its week is the first that is shown.</param>
    /// <param name="days">How many days from today can be looked at.</param>
    /// <param name="fromText">From the address, which may hold anything.</param>
    /// <param name="dayText">From the address.</param>
    /// <param name="link">See <see cref="Link"/>.</param>
    /// <param name="freeAsync">Free times that start in [from, to).</param>
    public static async Task<WeeksCalendar> ReadAsync(
        string zone, DateTimeOffset now, int days, string? fromText, string? dayText, Func<string, string> link,
        Func<DateTimeOffset, DateTimeOffset, Task<List<BookableSlot>>> freeAsync)
    {
        var tz = DateTimeZoneProviders.Tzdb[zone];
        LocalDate DayOf(BookableSlot free) => Instant.FromDateTimeOffset(free.Slot.Start).InZone(tz).Date;
        DateTimeOffset StartOf(LocalDate day) => tz.AtStartOfDay(day).ToDateTimeOffset().ToUniversalTime();
        var today = Instant.FromDateTimeOffset(now).InZone(tz).Date;
        var (origin, last) = (WeekOf(today), today.PlusDays(days));
        var named = Read(fromText, today, last) ?? Read(dayText, today, last);
        if (named is null)
        {
            var soon = await freeAsync(now, StartOf(today.PlusDays(Math.Min(days, LooksAhead) + 1)));
            named = soon.Count > 0 ? DayOf(soon[0]) : today;
        }
        var first = origin.PlusDays((named.Value - origin).Days / Days * Days);
        var free = (await freeAsync(StartOf(first), StartOf(first.PlusDays(Days)))).ToLookup(DayOf);
        var with = free.Select(d => (LocalDate?)d.Key).Order().ToList();
        return new WeeksCalendar
        {
            First = first,
            Today = today,
            Zone = zone,
            Free = free,
            Day = with.FirstOrDefault(d => Text(d!.Value) == dayText) ?? with.FirstOrDefault(),
            Link = link,
            HasEarlier = first > origin,
            HasLater = first.PlusDays(Days) <= last,
        };
    }

    /// <summary>Weeks begin on Sunday where Arabic is read, and on Monday elsewhere.</summary>
    public static DayOfWeek FirstDay =>
        Localization.Languages.Current == Localization.Languages.Arabic ? DayOfWeek.Sunday : DayOfWeek.Monday;

    private static LocalDate WeekOf(LocalDate day) => day.PlusDays(-(((int)day.DayOfWeek.ToDayOfWeek() - (int)FirstDay + 7) % 7));

    /// <summary>Null for what is no day that can be looked at.</summary>
    private static LocalDate? Read(string? text, LocalDate today, LocalDate last) =>
        LocalDatePattern.Iso.Parse(text ?? "") is { Success: true } day && day.Value >= WeekOf(today) && day.Value <= last
            ? day.Value : null;

    public string DayLink(LocalDate day) => Link($"from={Text(First)}&day={Text(day)}") + "#times";

    public string WeeksLink(int pages) => Link($"from={Text(First.PlusDays(Days * pages))}");

    public string SlotLink(Slot slot) => Link($"start={At(slot.Start)}");

    public static string Text(LocalDate day) => day.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);

    public static string At(DateTimeOffset start) => start.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    public IEnumerable<LocalDate[]> Weeks() => Enumerable.Range(0, Days).Select(i => First.PlusDays(i)).Chunk(7);

    /// <summary>The chosen day's times: before noon, until five, and later; parts without a time are left out.</summary>
    public IEnumerable<(DayPart Part, IReadOnlyList<BookableSlot> Times)> Times()
    {
        var tz = DateTimeZoneProviders.Tzdb[Zone];
        return Day is null ? [] : Free[Day.Value].OrderBy(f => f.Slot.Start)
            .GroupBy(f => Instant.FromDateTimeOffset(f.Slot.Start).InZone(tz).Hour switch
            {
                < 12 => DayPart.Morning,
                < 17 => DayPart.Afternoon,
                _ => DayPart.Evening,
            })
            .Select(g => (g.Key, (IReadOnlyList<BookableSlot>)[.. g]));
    }
}

public enum DayPart
{
    Morning,
    Afternoon,
    Evening,
}
