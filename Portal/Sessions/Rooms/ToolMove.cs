namespace Portal.Sessions.Rooms;

/// <summary>An administrator moves all sessions that are ahead from one tool to the default one. A job does it.</summary>
public class ToolMove
{
    public Guid Id { get; set; } = Guid.CreateVersion7();

    /// <summary>The tool that they leave.</summary>
    public string ProviderId { get; set; } = "";
    public DateTimeOffset AskedUtc { get; set; }

    /// <summary>Who asked, and stands as the one who changed the rooms; null for a program.</summary>
    public Guid? AskedBy { get; set; }

    /// <summary>How many sessions were moved, and how many could not be.</summary>
    public int Moved { get; set; }
    public int Failed { get; set; }

    /// <summary>A portal works at it until then; another one takes it up after.</summary>
    public DateTimeOffset? LeasedUtc { get; set; }
    public DateTimeOffset? DoneUtc { get; set; }
}
