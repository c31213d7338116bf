namespace Tests.Plugins.Vendors;

/// <summary>
/// A clock on which every wait is over at once, and has taken its time. Those of more than ten seconds are limits, which are reached
/// when a test says so.
/// </summary>
internal sealed class HurriedClock(DateTimeOffset start) : TimeProvider
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly Lock turn = new();
    private readonly List<Limit> limits = [];
    private DateTimeOffset now = start;

    public override DateTimeOffset GetUtcNow() => now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime > LongestWait)
            return new Limit(this, dueTime, () => callback(state));
        now += dueTime;
        return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    /// <summary>What is still under way has taken as long as it may.</summary>
    public void ReachLimits()
    {
        Limit[] reached;
        lock (turn)
            reached = [.. limits];
        foreach (var limit in reached)
        {
            now += limit.DueTime;
            limit.Reach();
        }
    }

    private sealed class Limit : ITimer
    {
        private readonly HurriedClock clock;

        public Limit(HurriedClock clock, TimeSpan dueTime, Action reach)
        {
            (this.clock, DueTime, Reach) = (clock, dueTime, reach);
            lock (clock.turn)
                clock.limits.Add(this);
        }

        public TimeSpan DueTime { get; }

        public Action Reach { get; }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
            lock (clock.turn)
                clock.limits.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
