namespace Portal.Sessions.Breakouts;

/// <summary>A group that people of a session are sent into for a while: a breakout room of the meeting's tool, which is made when it opens.</summary>
public class BreakoutGroup
{
    public const int MaxGroups = 10;
    public const int MaxName = 60;

    public Guid SessionId { get; set; }

    /// <summary>From 1. Participants are assigned by it.</summary>
    public short Number { get; set; }
    public string Name { get; set; } = "";
}
