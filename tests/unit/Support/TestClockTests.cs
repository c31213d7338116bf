
namespace Tests.Support;

public sealed class TestClockTests
{
    private readonly TestClock _clock = new(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_delay_ends_when_the_clock_is_moved()
    {
        var delay = Task.Delay(TimeSpan.FromMinutes(5), _clock);
        _clock.Advance(TimeSpan.FromMinutes(4));
        Assert.False(delay.IsCompleted);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await delay;
    }

    [Fact]
    public void Timers_fire_in_order_and_see_their_own_time()
    {
        var seen = new List<string>();
        using var often = _clock.CreateTimer(_ => seen.Add($"often {_clock.GetUtcNow():mm}"), null, TimeSpan.FromMinutes(2),
            TimeSpan.FromMinutes(2));
        using var once = _clock.CreateTimer(_ => seen.Add($"once {_clock.GetUtcNow():mm}"), null, TimeSpan.FromMinutes(3),
            Timeout.InfiniteTimeSpan);
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(["often 02", "once 03", "often 04"], seen);
    }

    [Fact]
    public void A_disposed_timer_is_silent()
    {
        var fired = false;
        _clock.CreateTimer(_ => fired = true, null, TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan).Dispose();
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.False(fired);
    }
}
