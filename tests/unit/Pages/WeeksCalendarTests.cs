using NodaTime;
using Portal.Pages.Shared;
using Portal.Sessions.Availability;
using Portal.Sessions.Booking;
using Tests.Support;

namespace Tests.Pages;

public sealed class WeeksCalendarTests
{
    /// <summary>A Monday.</summary>
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 9, 0, 0, TimeSpan.Zero);

    private static async Task<WeeksCalendar> ReadAsync(
        string language = "en", string? from = null, string? day = null, int days = 60, string zone = "Etc/UTC", params double[] hours)
    {
        using var _ = new Language(language);
        var free = hours.Select(h => new BookableSlot(new Slot(Now.AddHours(h), Now.AddHours(h + 1)))).ToList();
        return await WeeksCalendar.ReadAsync(zone, Now, days, from, day, query => "/page?" + query,
            (start, end) => Task.FromResult(free.Where(f => f.Slot.Start >= start && f.Slot.Start < end).ToList()));
    }

    [Theory]
    [InlineData("en", null, null, "2026-11-30")]
    [InlineData("ar", null, null, "2026-11-29")] // weeks begin on Sunday
    [InlineData("en", "2026-12-13", null, "2026-11-30")]
    [InlineData("en", "2026-12-14", null, "2026-12-14")]
    [InlineData("en", null, "2026-12-20", "2026-12-14")]
    [InlineData("en", "2026-11-01", null, "2026-11-30")] // past
    [InlineData("en", "2027-11-01", null, "2026-11-30")] // too far ahead
    [InlineData("en", "not-a-day", "nor-this", "2026-11-30")]
    public async Task Two_weeks_begin_with_the_current_one_and_follow_each_other(
        string language, string? from, string? day, string first) =>
        Assert.Equal(first, WeeksCalendar.Text((await ReadAsync(language, from, day, hours: 1)).First));

    [Fact]
    public async Task The_first_weeks_with_a_free_time_are_shown_and_its_day_chosen()
    {
        var calendar = await ReadAsync(hours: [24 * 16, 24 * 17]);
        Assert.Equal(("2026-12-14", new LocalDate(2026, 12, 16)), (WeeksCalendar.Text(calendar.First), calendar.Day!.Value));
        Assert.True(calendar.HasEarlier && calendar.HasLater);
        Assert.Equal("/page?from=2026-12-14&day=2026-12-17#times", calendar.DayLink(new(2026, 12, 17)));
        Assert.Equal("/page?from=2026-11-30", calendar.WeeksLink(-1));
        Assert.Equal(new LocalDate(2026, 12, 17), (await ReadAsync(day: "2026-12-17", hours: [24 * 16, 24 * 17])).Day);
    }

    [Fact]
    public async Task At_the_horizon_there_is_no_later_and_without_times_no_day()
    {
        var calendar = await ReadAsync(days: 13);
        Assert.False(calendar.HasEarlier || calendar.HasLater);
        Assert.Null(calendar.Day);
        Assert.Empty(calendar.Times());
        Assert.Equal(14, calendar.Weeks().Sum(w => w.Length));
    }

    [Fact]
    public async Task Times_stand_by_part_of_the_day_in_the_readers_zone()
    {
        static string Parts(WeeksCalendar calendar) => string.Join(' ', calendar.Times().Select(t => $"{t.Part}:{t.Times.Count}"));
        double[] hours = [1, 2.5, 3, 7, 8, 12];
        Assert.Equal("Morning:2 Afternoon:2 Evening:2", Parts(await ReadAsync(hours: hours)));
        Assert.Equal("Afternoon:1 Evening:3", Parts(await ReadAsync(zone: "Asia/Riyadh", hours: [4, 8, 9, 10])));
    }
}
