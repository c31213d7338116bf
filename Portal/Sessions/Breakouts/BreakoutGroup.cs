namespace Portal.Sessions.Breakouts;

/// <summary>People of a session who are among themselves for a while, in a breakout room of the tool that is made when it opens.</summary>
public class BreakoutGroup
{
    public const int MaxGroups = 10;
    public const int MaxName = 60;

    public Guid SessionId { get; set; }

    /// <summary>From 1. Participants are assigned by it.</summary>
    public short Number { get; set; }
    public string Name { get; set; } = "";
}
