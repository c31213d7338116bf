using Portal.Sessions.Reminders;

namespace Tests.Sessions;

public sealed class ReminderRulesTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 16, 0, 0, TimeSpan.Zero);

    /// <summary>Minutes before the start: when the time was set, how far the last sweep came, now.</summary>
    [Theory]
    [InlineData("1440,60,15", 5000, 61, 60, 60)] // on the minute
    [InlineData("1440,60,15", 5000, 60, 59, null)] // and only once
    [InlineData("1440,60,15", 5000, 62, 61, null)] // not before
    [InlineData("1440,60,15", 5000, 1441, 1440, 1440)]
    [InlineData("1440,60,15", 5000, 2000, 10, 15)] // after an outage only the latest one of three
    [InlineData("1440,60,15", 5000, 2000, 30, 60)]
    [InlineData("1440,60,15", 5000, 2000, 500, 1440)]
    [InlineData("1440,60,15", 5000, 2000, 0, null)] // never when it has begun
    [InlineData("1440,60,15", 5000, 2000, -5, null)]
    [InlineData("1440,60,15", 50, 2000, 49, null)] // booked 50 minutes before: no burst of what would have been due
    [InlineData("1440,60,15", 50, 16, 15, 15)] // but what is still to come comes
    [InlineData("1440,60,15", 60, 61, 60, null)] // booked in the very minute
    [InlineData("1440,60,15", 5000, 60, 60, null)] // an empty window
    [InlineData("1440,60,15", 5000, 40, 50, null)] // a clock that was set back
    [InlineData("15,60,1440", 5000, 2000, 10, 15)] // in any order
    [InlineData("", 5000, 2000, 10, null)]
    public void The_due_reminder_is_the_latest_one_that_nobody_has_been_reminded_by(
        string minutes, int timeSet, int after, int now, int? due) =>
        Assert.Equal(due, ReminderRules.Due(ReminderRules.Read(minutes), Start, Start.AddMinutes(-timeSet), Start.AddMinutes(-after),
            Start.AddMinutes(-now)));

    [Fact]
    public void Minute_by_minute_each_reminder_is_due_exactly_once()
    {
        var due = Enumerable.Range(0, 3000).Select(i => 3000 - i)
            .Select(left => ReminderRules.Due([1440, 60, 15], Start, Start.AddDays(-30), Start.AddMinutes(-left - 1),
                Start.AddMinutes(-left)));
        Assert.Equal([1440, 60, 15], due.OfType<int>());
    }

    [Theory]
    [InlineData(null, "1440,60,15")]
    [InlineData("", "")]
    [InlineData("30", "30")]
    [InlineData("5, 2880,5", "2880,5")]
    [InlineData("x,-5,0,99999999,١٥,1e3,60", "60")]
    public void What_is_stored_is_read_with_forbearance(string? stored, string minutes) =>
        Assert.Equal(minutes, ReminderRules.Write(ReminderRules.Of(stored, [1440, 60, 15])));

    [Theory]
    [InlineData(new int[0], true)]
    [InlineData(new[] { 1440, 60, 15 }, true)]
    [InlineData(new[] { 0 }, false)]
    [InlineData(new[] { -5, 60 }, false)]
    [InlineData(new[] { 40_321 }, false)]
    [InlineData(new[] { 60, 60 }, false)]
    [InlineData(new[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 }, false)]
    public void The_settings_own_list_is_checked(int[] minutes, bool right) =>
        Assert.Equal(right, !new ReminderOptions { MinutesBefore = minutes }.Validate(new(new ReminderOptions())).Any());

    [Fact]
    public void Stretches_that_overlap_become_one()
    {
        var at = (int minutes) => Start.AddMinutes(minutes);
        Assert.Equal([(at(0), at(15)), (at(20), at(25))],
            ReminderService.Joined([(at(20), at(25)), (at(0), at(10)), (at(5), at(15)), (at(15), at(15))]));
    }
}
