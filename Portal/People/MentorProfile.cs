namespace Portal.People;

/// <summary>How a mentor works. Hours are in the time zone of the mentor's account.</summary>
public class MentorProfile
{
    public Guid UserId { get; set; }
    public PortalUser User { get; set; } = null!;

    public string ProviderId { get; set; } = "jitsi";

    /// <summary>The mentor's own meeting address, for providers that need one. Only the mentor and admins read it.</summary>
    public string? ExternalMeetingUrl { get; set; }

    /// <summary>All three are multiples of <see cref="Sessions.BusyTick.Minutes"/>.</summary>
    public int SessionMinutes { get; set; } = 60;
    public int BufferMinutes { get; set; }
    public int NoticeMinutes { get; set; } = 60;

    public int HorizonDays { get; set; } = 30;

    public List<WeeklyHours> Hours { get; set; } = [];
}
