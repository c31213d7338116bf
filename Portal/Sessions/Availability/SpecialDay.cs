namespace Portal.Sessions.Availability;

/// <summary>A day of the mentor's own zone on which the weekly hours do not count: off, or with hours of its own.</summary>
public class SpecialDay
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid MentorId { get; set; }
    public DateOnly Date { get; set; }

    /// <summary>Minutes after midnight; both null on a day off. The end may be in the night that follows.</summary>
    public int? FromMinute { get; set; }
    public int? ToMinute { get; set; }
}
