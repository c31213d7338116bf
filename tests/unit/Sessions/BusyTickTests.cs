using Portal.Sessions.Availability;

namespace Tests.Sessions;

public sealed class BusyTickTests
{
    private static readonly DateTimeOffset Nine = new(2026, 12, 1, 9, 0, 0, TimeSpan.Zero);

    private static long[] Ticks(DateTimeOffset start, DateTimeOffset end) =>
        [.. BusyTick.Cover(Guid.Empty, Guid.Empty, start, end).Select(t => t.Tick - BusyTick.At(Nine))];

    [Theory]
    [InlineData(0, 5, new long[] { 0 })]
    [InlineData(0, 15, new long[] { 0, 1, 2 })]
    [InlineData(5, 15, new long[] { 1, 2 })]
    [InlineData(0, 0, new long[0])]
    [InlineData(5, 0, new long[0])]
    [InlineData(-10, 5, new long[] { -2, -1, 0 })]
    public void A_time_covers_the_ticks_from_its_start_up_to_its_end(int from, int to, long[] expected) =>
        Assert.Equal(expected, Ticks(Nine.AddMinutes(from), Nine.AddMinutes(to)));

    [Theory]
    [InlineData(7, 9, new long[] { 1 })]
    [InlineData(7, 11, new long[] { 1, 2 })]
    [InlineData(0, 6, new long[] { 0, 1 })]
    public void A_tick_that_is_taken_in_part_is_taken(int from, int to, long[] expected) =>
        Assert.Equal(expected, Ticks(Nine.AddMinutes(from), Nine.AddMinutes(to)));

    [Fact]
    public void Sessions_that_follow_each_other_share_no_tick() =>
        Assert.Empty(Ticks(Nine, Nine.AddHours(1)).Intersect(Ticks(Nine.AddHours(1), Nine.AddHours(2))));

    [Fact]
    public void Ticks_come_in_key_order_and_carry_their_keys()
    {
        var (mentor, session) = (Guid.NewGuid(), Guid.NewGuid());
        var ticks = BusyTick.Cover(mentor, session, Nine, Nine.AddHours(4)).ToList();
        Assert.Equal(48, ticks.Count);
        Assert.Equal(ticks.OrderBy(t => t.Tick), ticks);
        Assert.All(ticks, t => Assert.Equal((mentor, session), (t.UserId, t.SessionId)));
    }

    [Fact]
    public void The_offset_that_a_time_is_told_in_does_not_matter()
    {
        var cairo = Nine.ToOffset(TimeSpan.FromMinutes(345));
        Assert.Equal(Ticks(Nine, Nine.AddHours(1)), Ticks(cairo, cairo.AddHours(1)));
        Assert.True(BusyTick.IsAligned(cairo));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(300, true)]
    [InlineData(299, false)]
    [InlineData(301, false)]
    [InlineData(60, false)]
    [InlineData(1, false)]
    public void Only_whole_fives_of_minutes_are_aligned(int seconds, bool aligned) =>
        Assert.Equal((aligned, false),
            (BusyTick.IsAligned(Nine.AddSeconds(seconds)), BusyTick.IsAligned(Nine.AddSeconds(seconds).AddTicks(1))));
}
