namespace Portal.Sessions.Live;

/// <summary>Something that happened around one meeting; kept for disputes and figures. No secrets.</summary>
public class MeetingEvent
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid SessionId { get; set; }
    public Guid? ParticipantId { get; set; }

    /// <summary>Whose change it was, of what somebody with an account did; null for the portal itself and for programs.</summary>
    public Guid? ActorId { get; set; }
    public MeetingEventKind Kind { get; set; }
    public DateTimeOffset AtUtc { get; set; }

    /// <summary>What somebody who wanted to join was told; null for what happened elsewhere.</summary>
    public JoinDecision? Decision { get; set; }

    /// <summary>What a tool calls what it told, after the tool's id: told twice, it is written once. Null for the portal's own.</summary>
    public string? SignId { get; set; }

    /// <summary>JSON; null when there is nothing to add.</summary>
    public string? Details { get; set; }
}

public enum MeetingEventKind
{
    Booked,
    Requested,
    Approved,
    Declined,
    Lapsed,
    Cancelled,

    /// <summary>Its time is over, and nobody has said that it was missed.</summary>
    Completed,
    Moved,
    MoveProposed,
    MoveDeclined,
    SeatTaken,
    SeatLeft,
    WaitingListed,
    MovedUp,
    RoomSwitched,
    Invited,
    LinkMade,
    LinkWithdrawn,
    LinkRenewed,

    /// <summary>The portal opened the meeting for a person.</summary>
    Joined,

    /// <summary>The portal did not; the decision says why.</summary>
    Refused,
    Left,

    /// <summary>The line was lost while in the room; and they came back.</summary>
    Dropped,
    Rejoined,

    /// <summary>Something went wrong in the room's page; details name it.</summary>
    RoomError,

    /// <summary>The mentor let in somebody who waited.</summary>
    Admitted,

    /// <summary>The provider failed while somebody joined; details say how.</summary>
    ProviderFailed,

    /// <summary>By minutes that the details say.</summary>
    Extended,

    /// <summary>The tool says that the meeting began, that it ended, that somebody came in or went out.</summary>
    ToolStarted,
    ToolEnded,
    ToolJoined,
    ToolLeft,

    /// <summary>Somebody said so, and the others were told by mail.</summary>
    RunningLate,

    /// <summary>The person was recorded as not having come; the details say by whom.</summary>
    Missed,

    /// <summary>One person got the session's details once more.</summary>
    SentAgain,

    /// <summary>The person said, or said anew, whether they agree to being recorded; the details say what.</summary>
    ConsentSaid,
}
