namespace Portal.Tools;

/// <summary>How often a portal tests connections: each test is a call to somebody else's server.</summary>
public sealed class CheckBudget(TimeProvider clock)
{
    public const int PerMinute = 12;

    private readonly Lock gate = new();
    private readonly Queue<DateTimeOffset> taken = new();

    /// <summary>False when the minute has had its share.</summary>
    public bool Take()
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            while (taken.TryPeek(out var first) && first <= now - TimeSpan.FromMinutes(1))
                taken.Dequeue();
            if (taken.Count >= PerMinute)
                return false;
            taken.Enqueue(now);
            return true;
        }
    }
}
