namespace Portal.Sessions.Rooms;

/// <summary>
/// Something that would keep people from meeting, found before they come. One row for each session and kind; solved, it stays as a record.
/// </summary>
public class SessionTrouble
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid SessionId { get; set; }
    public MentoringSession Session { get; set; } = null!;
    public TroubleKind Kind { get; set; }

    /// <summary>For people who run the portal; holds no secret and no address of a room.</summary>
    public string Detail { get; set; } = "";
    public DateTimeOffset FoundUtc { get; set; }
    public DateTimeOffset? MentorToldUtc { get; set; }
    public DateTimeOffset? AdminsToldUtc { get; set; }
    public DateTimeOffset? SolvedUtc { get; set; }
}

public enum TroubleKind
{
    /// <summary>The mentor's tool needs an address that nobody has entered.</summary>
    LinkMissing,

    /// <summary>The mentor's tool needs a phone number or a place that nobody has entered.</summary>
    PlaceMissing,

    /// <summary>The provider cannot be used: not loaded, not configured, or its credentials are refused.</summary>
    ProviderNotReady,

    /// <summary>The provider's server does not answer.</summary>
    ServerUnreachable,

    /// <summary>The meeting could not be made, or is not there any more.</summary>
    MeetingMissing,
}
