namespace Portal.Sessions;

/// <summary>Sessions that were booked together, one every week or every second week. Each is a session like any other.</summary>
public class SessionSeries
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid MentorId { get; set; }
    public int EveryWeeks { get; set; } = 1;
    public DateTimeOffset CreatedUtc { get; set; }
}
