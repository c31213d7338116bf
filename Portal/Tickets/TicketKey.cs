namespace Portal.Tickets;

/// <summary>Signs join tickets; wrapped by the framework's key ring. There is one; the id in each ticket leaves room for more.</summary>
public class TicketKey
{
    public byte Id { get; set; }
    public string ProtectedKey { get; set; } = "";
    public DateTimeOffset CreatedUtc { get; set; }
}
