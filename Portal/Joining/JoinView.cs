using Localization;
using Portal.ProviderHost;
using Portal.Sessions;
using Portal.Sessions.Live;
using Portal.Sessions.Recordings;
using Portal.Sessions.Rooms;
using Providers;
using ParticipantRole = Portal.Sessions.ParticipantRole;

namespace Portal.Joining;

/// <summary>Where a person stands before the door.</summary>
/// <param name="ClosesAt">For this person: what they are given to enter with ends then.</param>
public sealed record JoinView(JoinDecision Decision, JoinPerson? Person, DateTimeOffset OpensAt, DateTimeOffset ClosesAt)
{
    /// <summary>What the person has just said about being recorded, and is not saved yet.</summary>
    public RecordingConsent? Said { get; init; }

    public static readonly JoinView Unknown = new(JoinDecision.Unknown, null, default, default);

    /// <summary>A pass that has run out or was used.</summary>
    public static readonly JoinView Spent = new(JoinDecision.Revoked, null, default, default);
}

/// <summary>What came of pressing join. The target is there when, and only when, the decision is Open.</summary>
public sealed record JoinOutcome(JoinView View, JoinTarget? Target)
{
    /// <summary>The kind of the provider's failure, for the log.</summary>
    public ProviderFailure? Failure { get; init; }
}

/// <summary>The one row that the join path reads: all that the decision depends on, besides the time and the policy.</summary>
public sealed record JoinPerson
{
    public Guid SessionId { get; init; }
    public Guid ParticipantId { get; init; }
    public Guid? UserId { get; init; }
    public ParticipantRole Role { get; init; }
    public short LinkVersion { get; init; }
    public bool Withdrawn { get; init; }

    /// <summary>Null for who may stay as long as the session lasts.</summary>
    public DateTimeOffset? AccessUntil { get; init; }

    /// <summary>On the waiting list of a full group.</summary>
    public bool WaitsForSeat { get; init; }
    public string Name { get; init; } = "";
    public string? Email { get; init; }
    public string Language { get; init; } = Languages.English;
    public string TimeZone { get; init; } = "Etc/UTC";
    public SessionState State { get; init; }
    public string Topic { get; init; } = "";
    public Guid MentorId { get; init; }
    public string MentorName { get; init; } = "";
    public DateTimeOffset Start { get; init; }
    public int LengthMinutes { get; init; }
    public int RoomVersion { get; init; }
    public DateTimeOffset? CancelledUtc { get; init; }

    /// <summary>When the session was recorded as held or missed.</summary>
    public DateTimeOffset? ClosedUtc { get; init; }
    public MeetingLinkState? Link { get; init; }
    public string? Handle { get; init; }
    public string? ProviderId { get; init; }

    /// <summary>Of the provider, for this meeting.</summary>
    public Guid AccountId { get; init; }

    /// <summary>The mentor's, for all tools, as stored.</summary>
    public string? ToolChoices { get; init; }
    public ToolAccount Tool => new(ProviderId ?? "", AccountId);

    /// <summary>When the session was given its present time: who came before came to another one.</summary>
    public DateTimeOffset TimeSet { get; init; }

    /// <summary>Null for somebody without a picture.</summary>
    public string? PictureVersion { get; init; }

    /// <summary>Seats for mentees.</summary>
    public int Capacity { get; init; } = 1;
    public bool IsInstant { get; init; }

    /// <summary>Phone numbers as <see cref="DialInText"/> stores them.</summary>
    public string? DialIn { get; init; }

    /// <summary>How people meet that is no page in a browser; null for all other meetings.</summary>
    public MeetingPlaceKind? PlaceKind { get; init; }

    /// <summary>There is nothing to open: the door shows a phone number or an address.</summary>
    public bool IsElsewhere => PlaceKind.IsElsewhere();

    /// <summary>Of the tool and its settings: people say beforehand whether they agree.</summary>
    public bool MayBeRecorded { get; init; }

    /// <summary>Null for who has not said.</summary>
    public RecordingAnswer? RecordingAnswer { get; init; }

    /// <summary>Somebody who may come does not agree.</summary>
    public bool SomebodyObjects { get; init; }

    /// <summary>By the mentor; null as long as nobody was.</summary>
    public DateTimeOffset? AdmittedUtc { get; init; }

    /// <summary>Since when this person waits. Asked for only where somebody may have to.</summary>
    public DateTimeOffset? WaitsSinceUtc { get; init; }

    /// <summary>At the session's present time. Asked for only where somebody may have to wait.</summary>
    public bool MentorHasJoined { get; init; }

    internal Visitor Visitor => new(Role, Start, TimeSet, AdmittedUtc, WaitsSinceUtc, MentorHasJoined);

    /// <summary>A guest whose link went to nobody's address: the mentor passes it on.</summary>
    public bool IsPassedOn => UserId is null && string.IsNullOrEmpty(Email);

    /// <summary>False for a guest who has not typed one yet.</summary>
    public bool HasName => Name.Length > 0;

    public DateTimeOffset End => Start.AddMinutes(LengthMinutes);
}
