using Portal.Sessions.Rooms;

namespace Tests.Sessions;

/// <summary>How long a link that could not be made waits for the next try.</summary>
public sealed class MeetingLinksTests
{
    [Theory]
    [InlineData(1, 10_000, 1)]
    [InlineData(20, 10_000, 20)]
    [InlineData(500, 10_000, 30)]
    [InlineData(500, 40, 20)] // never beyond the start
    [InlineData(500, 2, 1)]
    [InlineData(500, 1, 1)]
    [InlineData(500, -10, 30)] // it has begun: until its end
    public void It_is_tried_again_before_the_session_however_often_it_failed(int attempts, int untilStart, int expected) =>
        Assert.Equal(expected, MeetingLinks.WaitAfter(attempts, TimeSpan.FromMinutes(untilStart)).TotalMinutes);
}
