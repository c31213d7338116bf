namespace Portal.AuditTrail;

/// <summary>Who did what to what. Written with the change itself.</summary>
public class AuditEntry
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public DateTimeOffset AtUtc { get; set; }
    public Guid? ActorId { get; set; }
    public string Action { get; set; } = "";
    public string Subject { get; set; } = "";
    public string? Details { get; set; }
}
