namespace Portal.Sessions.Availability;

/// <summary>One stretch of a weekday in which a mentor can be booked, in the mentor's own zone.</summary>
public class WeeklyHours
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid MentorId { get; set; }
    public DayOfWeek Day { get; set; }

    /// <summary>Minutes after midnight; the end may be 1440, and after that in the night that follows.</summary>
    public int FromMinute { get; set; }
    public int ToMinute { get; set; }
}
