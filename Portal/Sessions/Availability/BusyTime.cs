namespace Portal.Sessions.Availability;

/// <summary>A time that the mentor's own calendar says is taken.</summary>
public class BusyTime
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid MentorId { get; set; }
    public DateTimeOffset StartUtc { get; set; }
    public DateTimeOffset EndUtc { get; set; }
}
