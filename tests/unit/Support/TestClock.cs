using System.Globalization;

namespace Tests.Support;

/// <summary>A clock that stands still until a test moves it; timers that fall due on the way fire in their order.</summary>
public sealed class TestClock(DateTimeOffset start) : TimeProvider
{
    /// <summary>
    /// Where the clocks of tests stand at first: a Monday morning in November 2026, or what <c>PORTAL_TEST_ANCHOR</c> says
    /// (2027-03-14T09:00Z). Whatever has to be near the clock is reckoned from here; a date of its own is right on one day alone.
    /// </summary>
    public static readonly DateTimeOffset Anchor =
        Environment.GetEnvironmentVariable("PORTAL_TEST_ANCHOR") is { Length: > 0 } moved
            ? DateTimeOffset.Parse(moved, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal)
            : new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    public TestClock() : this(Anchor) { }

    private readonly Lock _lock = new();
    private readonly List<Timer> _timers = [];
    private DateTimeOffset _now = start;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public void Advance(TimeSpan time) => MoveTo(GetUtcNow() + time);

    /// <summary>Backwards as well: then no timer fires.</summary>
    public void MoveTo(DateTimeOffset time)
    {
        while (TakeDue(time) is { } timer)
            timer.Fire();
        lock (_lock)
            _now = time;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private Timer? TakeDue(DateTimeOffset until)
    {
        lock (_lock)
        {
            var timer = _timers.Where(t => t.Due <= until).MinBy(t => t.Due);
            if (timer is null)
                return null;
            if (timer.Due > _now)
                _now = timer.Due;
            if (timer.Period > TimeSpan.Zero)
                timer.Due += timer.Period;
            else
                _timers.Remove(timer);
            return timer;
        }
    }

    private sealed class Timer(TestClock clock, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset Due { get; set; }

        public TimeSpan Period { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan)
                    return true;
                (Due, Period) = (clock._now + dueTime, period);
                clock._timers.Add(this);
            }
            if (dueTime == TimeSpan.Zero)
                clock.MoveTo(clock.GetUtcNow());
            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
