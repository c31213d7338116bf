using Portal.Sessions;

namespace Portal.Calendar;

/// <summary>A session whose instant moved because a country changed its clock; the wall clock that people agreed on was kept.</summary>
public class ClockRuleChange
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid SessionId { get; set; }
    public MentoringSession Session { get; set; } = null!;

    /// <summary>Of the zone data that brought it.</summary>
    public string Version { get; set; } = "";
    public DateTimeOffset OldStartUtc { get; set; }
    public DateTimeOffset NewStartUtc { get; set; }
    public DateTimeOffset FoundUtc { get; set; }

    /// <summary>
    /// Set when the new instant could not be held, because somebody is in another session then: people must choose another time.
    /// </summary>
    public bool Collides { get; set; }
}
