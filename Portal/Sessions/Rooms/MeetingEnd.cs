namespace Portal.Sessions.Rooms;

/// <summary>A meeting that nobody needs any more and that its provider has still to be told of. The row goes when that is done.</summary>
public class MeetingEnd
{
    /// <summary>Also the key: a meeting is ended once.</summary>
    public Guid LinkId { get; set; }
    public MeetingLink Link { get; set; } = null!;
    public DateTimeOffset CreatedUtc { get; set; }
    public DateTimeOffset DueUtc { get; set; }
    public int Attempts { get; set; }
}
