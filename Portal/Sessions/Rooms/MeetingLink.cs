using Portal.ProviderHost;
using Providers;

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

    /// <summary>What the tool calls the meeting in its webhooks.</summary>
    public string? ToolKey { get; set; }

    /// <summary>JSON of <see cref="Providers.DialIn"/>; shown to those alone who were let in, for it opens the meeting.</summary>
    public string? DialIn { get; set; }

    /// <summary>When the tool is asked next who was there; null when it is not to be asked (any more).</summary>
    public DateTimeOffset? AttendanceDueUtc { get; set; }

    /// <summary>A stand-in: the account whose tool could not be used, and that is gone back to when it lives again.</summary>
    public Guid? InsteadOfAccountId { get; set; }
    public MeetingLinkState State { get; set; }
    public DateTimeOffset? ExpiresUtc { get; set; }

    /// <summary>The mentor's own address at the moment of booking, for providers that need one.</summary>
    public string? ExternalMeetingUrl { get; set; }

    /// <summary>The mentor's own phone number or address at the moment of booking, for providers that need one.</summary>
    public string? MentorPlace { get; set; }

    /// <summary>Where people meet that is no page in a browser, as the provider told it; null for all other meetings.</summary>
    public MeetingPlaceKind? PlaceKind { get; set; }
    public string? PlaceText { get; set; }

    public MeetingPlace? Place
    {
        get => PlaceKind is { } kind && PlaceText is { } text ? new(kind, text) : null;
        set => (PlaceKind, PlaceText) = (value?.Kind, value?.Text);
    }

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
