using Portal.ProviderHost;

namespace Portal.Sessions.Rooms;

/// <summary>The meeting of one room version at one provider.</summary>
public class MeetingLink
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid SessionId { get; set; }
    public MentoringSession Session { get; set; } = null!;
    public int RoomVersion { get; set; }

    public Guid ProviderAccountId { get; set; }
    public ProviderAccount ProviderAccount { get; set; } = null!;

    /// <summary>The provider's own note of the meeting; null until it is made. Never shown to anyone.</summary>
    public string? Handle { get; set; }
    public MeetingLinkState State { get; set; }
    public DateTimeOffset? ExpiresUtc { get; set; }

    /// <summary>The mentor's own address at the moment of booking, for providers that need one.</summary>
    public string? ExternalMeetingUrl { get; set; }

    public int Attempts { get; set; }
    public DateTimeOffset DueUtc { get; set; }
    public string? LastFailure { get; set; }
    public DateTimeOffset CreatedUtc { get; set; }
}

public enum MeetingLinkState
{
    Pending,
    Ready,
    Failed,
}
