namespace Portal.Tickets;

/// <summary>A five-minute pass that was used: its primary key is what makes a pass work only once.</summary>
public class UsedPass
{
    public Guid Nonce { get; set; }
    public DateTimeOffset ExpiresUtc { get; set; }
}
