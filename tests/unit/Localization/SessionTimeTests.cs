using Localization;

namespace Tests.Localization;

public sealed class SessionTimeTests
{
    private static readonly DateTimeOffset Evening = new(2026, 11, 24, 22, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Africa/Cairo", "en", "Wednesday 25 November 2026", "00:30–01:30")]
    [InlineData("Africa/Cairo", "ar", "الأربعاء 25 نوفمبر 2026", "من 00:30 إلى 01:30")]
    [InlineData("America/New_York", "en", "Tuesday 24 November 2026", "17:30–18:30")]
    [InlineData("No/Such_Zone", "en", "Tuesday 24 November 2026", "22:30–23:30")]
    public void A_session_is_told_in_the_readers_zone_and_language(string zone, string language, string day, string range)
    {
        Assert.Equal(day, SessionTime.Day(Evening, zone, language));
        Assert.Equal(range, SessionTime.Range(Evening, 60, zone, language));
    }

    [Theory]
    [InlineData("en", 2026, "Tue 24 Nov", "Tuesday 24 November 2026, \u206822:30\u2069")]
    [InlineData("en", 2025, "Tue 24 Nov 2026", "Tuesday 24 November 2026, \u206822:30\u2069")]
    [InlineData("ar", 2026, "الثلاثاء 24 نوفمبر", "الثلاثاء 24 نوفمبر 2026، الساعة \u206822:30\u2069")]
    [InlineData("ar", 2025, "الثلاثاء 24 نوفمبر 2026", "الثلاثاء 24 نوفمبر 2026، الساعة \u206822:30\u2069")]
    public void A_moment_stands_in_a_sentence_and_a_day_in_a_subject(string language, int now, string day, string moment)
    {
        Assert.Equal(day, SessionTime.ShortDay(Evening, "Etc/UTC", language, Evening.AddYears(now - 2026)));
        Assert.Equal(moment, SessionTime.Moment(Evening, "Etc/UTC", language));
    }

    [Fact]
    public void Zones_that_show_the_same_clock_do_not_differ()
    {
        Assert.False(SessionTime.Differs(Evening, "Europe/Berlin", "Europe/Paris"));
        Assert.True(SessionTime.Differs(Evening, "Europe/Berlin", "Africa/Nairobi"));
    }

    [Fact]
    public void A_session_over_the_change_of_clocks_ends_when_the_wall_clock_says()
    {
        var start = new DateTimeOffset(2026, 10, 25, 0, 30, 0, TimeSpan.Zero); // 02:30 summer time, half an hour before the clocks go back
        Assert.Equal("02:30–02:30", SessionTime.Range(start, 60, "Europe/Berlin", "en"));
    }
}
