namespace Portal.Tickets;

/// <summary>Signs join tickets; wrapped by the framework's key ring. The id stands in each ticket; the newest signs.</summary>
public class TicketKey
{
    public byte Id { get; set; }
    public string ProtectedKey { get; set; } = "";
    public DateTimeOffset CreatedUtc { get; set; }
}
