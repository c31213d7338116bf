
namespace Portal.Sessions.Availability;

/// <summary>
/// Five minutes of somebody's time that are taken: of the mentor's and of the mentee's. The primary key (person, tick)
/// is what makes double booking impossible, on every engine and however many people click at once.
/// </summary>
public class BusyTick
{
    public const int Minutes = 5;

    public Guid UserId { get; set; }

    /// <summary>Unix time in units of five minutes.</summary>
    public long Tick { get; set; }
    public Guid SessionId { get; set; }

    public static long At(DateTimeOffset time) => time.ToUnixTimeSeconds() / (Minutes * 60);

    public static bool IsAligned(DateTimeOffset time) => time.Ticks % TimeSpan.FromMinutes(Minutes).Ticks == 0;

    /// <summary>The ticks from start (inclusive) to end (exclusive), in key order: writers that meet then cannot deadlock.</summary>
    public static IEnumerable<BusyTick> Cover(Guid userId, Guid sessionId, DateTimeOffset start, DateTimeOffset end)
    {
        for (var tick = At(start); tick < At(end.AddMinutes(Minutes).AddTicks(-1)); tick++)
            yield return new BusyTick { UserId = userId, Tick = tick, SessionId = sessionId };
    }
}
