namespace Portal.Mail.Delivery;

/// <summary>At most so many mails a minute from this portal, evenly spaced, however many connections there are.</summary>
/// <param name="perMinute">0: no limit.</param>
public sealed class MailThrottle(int perMinute, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private long _next;

    /// <summary>More connections than this would only wait for each other.</summary>
    public int UsefulConnections => perMinute == 0 ? int.MaxValue : (perMinute / 60) + 1;

    /// <summary>Takes the next free moment, and answers how far off it is. A moment that is not used is lost.</summary>
    public TimeSpan Take()
    {
        if (perMinute == 0)
            return TimeSpan.Zero;
        lock (_lock)
        {
            // By the clock that nobody sets: a portal whose time is corrected must not stand still for it.
            var now = clock.GetTimestamp();
            var mine = Math.Max(now, _next);
            _next = mine + (clock.TimestampFrequency * 60 / perMinute);
            return clock.GetElapsedTime(now, mine);
        }
    }
}
