namespace Portal.Sessions.Attending;

/// <summary>
/// A stretch of time in which somebody's page was in the embedded room, as the page told it while it lasted: after a crash or a dead
/// battery it ends with the last that was heard. Counts of what was used, never what was said.
/// </summary>
public class RoomStay
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid SessionId { get; set; }
    public Guid ParticipantId { get; set; }

    /// <summary>One load of the page: two tabs are two.</summary>
    public Guid PageId { get; set; }
    public int RoomVersion { get; set; }
    public DateTimeOffset FromUtc { get; set; }
    public DateTimeOffset UntilUtc { get; set; }

    /// <summary>Null while it goes on, or where the page was never heard of again.</summary>
    public StayEnd? End { get; set; }
    public int Mutes { get; set; }
    public int ScreenShares { get; set; }
    public int Messages { get; set; }
    public int Hands { get; set; }

    /// <summary>Seconds with a poor line.</summary>
    public int PoorSeconds { get; set; }
}

public enum StayEnd
{
    /// <summary>By intent, or sent out by somebody.</summary>
    Left,

    /// <summary>The line was lost, and the page tries to come back.</summary>
    Dropped,

    /// <summary>The page was closed or loaded anew.</summary>
    Closed,

    /// <summary>To another tab, or along with the others to another room.</summary>
    Moved,
}
