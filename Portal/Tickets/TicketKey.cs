namespace Portal.Tickets;

/// <summary>A key that join tickets are signed with, wrapped by the framework's key ring. Lives until the last session that used it is over.</summary>
public class TicketKey
{
    public byte Id { get; set; }
    public string ProtectedKey { get; set; } = "";
    public DateTimeOffset CreatedUtc { get; set; }
}
