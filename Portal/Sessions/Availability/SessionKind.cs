namespace Portal.Sessions.Availability;

/// <summary>What a mentor offers beside the ordinary session: another length, or a group.</summary>
public class SessionKind
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid MentorId { get; set; }
    public string Name { get; set; } = "";

    /// <summary>A multiple of <see cref="Sessions.BusyTick.Minutes"/>.</summary>
    public int Minutes { get; set; } = 60;

    /// <summary>Seats for mentees; more than one makes it a group.</summary>
    public int Capacity { get; set; } = 1;

    /// <summary>No longer offered; sessions of it stay what they are.</summary>
    public bool IsRetired { get; set; }
}
