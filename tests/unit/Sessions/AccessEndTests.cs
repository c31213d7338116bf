using Portal.Sessions;

namespace Tests.Sessions;

/// <summary>When a guest's or an observer's access ends, row by row.</summary>
public sealed class AccessEndTests
{
    private static readonly DateTimeOffset Start = new(2026, 12, 1, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(null, false), InlineData(10, false), InlineData(5, true), InlineData(0, true), InlineData(-1, true)]
    public void An_access_is_over_once_its_end_has_come_or_lies_before_the_session(int? until, bool expected) =>
        Assert.Equal(expected, AccessEnd.IsOver(until is { } minutes ? Start.AddMinutes(minutes) : null, Start, Start.AddMinutes(5)));

    [Theory]
    [InlineData(15, 1455), InlineData(60, 1500)]
    [InlineData(61, 61), InlineData(0, 0), InlineData(-60, -60)]
    [InlineData(null, null)]
    public void An_end_during_the_session_moves_along_and_a_later_day_stays(int? until, int? expected) =>
        Assert.Equal(expected is { } then ? Start.AddMinutes(then) : null, AccessEnd.Moved(
            until is { } minutes ? Start.AddMinutes(minutes) : null, Start, Start.AddMinutes(60), Start.AddDays(1)));
}
