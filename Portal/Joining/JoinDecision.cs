using Portal.Sessions;
using Portal.Sessions.Rooms;
using Portal.Settings;
using Providers;

namespace Portal.Joining;

public enum JoinDecision
{
    Open,
    TooEarly,
    NotConfirmed,
    WaitingForMentor,

    /// <summary>The provider has not made the meeting yet.</summary>
    Preparing,
    Cancelled,
    Over,
    Revoked,
    NotParticipant,
    SignInNeeded,

    /// <summary>A guest says who it is first.</summary>
    NameNeeded,
    Unknown,

    /// <summary>The person may join, but the provider failed just now.</summary>
    ProviderFailed,
}

/// <summary>All that the decision depends on, besides the time and the policy.</summary>
public sealed record JoinSubject(
    SessionState State,
    DateTimeOffset Start,
    DateTimeOffset End,
    ParticipantRole Role,
    short LinkVersion,
    bool Withdrawn,
    MeetingLinkState? Link,
    bool MentorHasJoined)
{
    /// <summary>On the waiting list of a full group.</summary>
    public bool WaitsForSeat { get; init; }

    /// <summary>False for a guest who has not typed one yet.</summary>
    public bool HasName { get; init; } = true;
}

public static class JoinRules
{
    /// <param name="subject">The session and the person.</param>
    /// <param name="linkVersion">The version in the ticket; null for a caller who proved who they are in another way.</param>
    /// <param name="now">The time of the click.</param>
    /// <param name="policy">The installation's rules.</param>
    public static JoinDecision Decide(JoinSubject subject, short? linkVersion, DateTimeOffset now, JoinOptions policy)
    {
        if (subject.Withdrawn || linkVersion is { } version && version != subject.LinkVersion)
            return JoinDecision.Revoked;
        if (subject.State is SessionState.Cancelled or SessionState.Declined or SessionState.Expired)
            return JoinDecision.Cancelled;
        if (subject.State is SessionState.Completed or SessionState.Missed || now >= ClosesAt(subject.End, policy))
            return JoinDecision.Over;
        if (subject.State is not SessionState.Confirmed || subject.WaitsForSeat)
            return JoinDecision.NotConfirmed;
        if (now < OpensAt(subject.Start, policy))
            return JoinDecision.TooEarly;
        if (!subject.HasName)
            return JoinDecision.NameNeeded;
        if (subject.Link is not MeetingLinkState.Ready)
            return JoinDecision.Preparing;
        if (policy.MentorOpensRoom && subject.Role != ParticipantRole.Mentor && !subject.MentorHasJoined)
            return JoinDecision.WaitingForMentor;
        return JoinDecision.Open;
    }

    public static DateTimeOffset OpensAt(DateTimeOffset start, JoinOptions policy) => SessionDoor.OpensAt(start, policy);

    public static DateTimeOffset ClosesAt(DateTimeOffset end, JoinOptions policy) => SessionDoor.ClosesAt(end, policy);

    /// <summary>Decisions that a little patience changes: the page goes on by itself once the person has pressed join.</summary>
    public static bool IsWaiting(this JoinDecision decision) =>
        decision is JoinDecision.TooEarly or JoinDecision.NotConfirmed or JoinDecision.WaitingForMentor or JoinDecision.Preparing;

    /// <summary>When a program should ask again.</summary>
    public static TimeSpan? RetryAfter(this JoinDecision decision, DateTimeOffset now, DateTimeOffset opensAt) => decision switch
    {
        JoinDecision.TooEarly => opensAt - now,
        JoinDecision.WaitingForMentor or JoinDecision.Preparing or JoinDecision.ProviderFailed => TimeSpan.FromSeconds(10),
        JoinDecision.NotConfirmed => TimeSpan.FromMinutes(5),
        _ => null,
    };

    /// <summary>The one table of decisions and HTTP statuses; a page that only shows the state answers 200 while waiting.</summary>
    public static int Status(this JoinDecision decision) => decision switch
    {
        JoinDecision.Open => StatusCodes.Status200OK,
        JoinDecision.TooEarly or JoinDecision.NotConfirmed or JoinDecision.WaitingForMentor or JoinDecision.Preparing => StatusCodes.Status409Conflict,
        JoinDecision.Cancelled or JoinDecision.Over or JoinDecision.Revoked => StatusCodes.Status410Gone,
        JoinDecision.NotParticipant => StatusCodes.Status403Forbidden,
        JoinDecision.SignInNeeded => StatusCodes.Status401Unauthorized,
        JoinDecision.NameNeeded => StatusCodes.Status422UnprocessableEntity,
        JoinDecision.ProviderFailed => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status404NotFound,
    };

    public static int PageStatus(this JoinDecision decision) =>
        decision.IsWaiting() || decision is JoinDecision.SignInNeeded or JoinDecision.NameNeeded ? StatusCodes.Status200OK : decision.Status();
}
