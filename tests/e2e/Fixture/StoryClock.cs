
namespace Stories.Fixture;

/// <summary>
/// The time of day, and more of it where a story cannot wait. Only the portal's clock goes ahead, not that of its scheduler.
/// </summary>
public sealed class StoryClock : TimeProvider
{
    private long _ahead;

    public void Pass(TimeSpan time) => Interlocked.Add(ref _ahead, time.Ticks);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _ahead));
}
