using Portal.Sessions;
using Portal.Sessions.Live;
using Portal.Sessions.Rooms;

namespace Portal.Joining;

public static class JoinRules
{
    /// <param name="person">Who stands at the door, and of which session.</param>
    /// <param name="linkVersion">The version in the ticket; null for a caller who proved who they are in another way.</param>
    /// <param name="now">The time of the click.</param>
    /// <param name="policy">The installation's rules.</param>
    public static JoinDecision Decide(JoinPerson person, short? linkVersion, DateTimeOffset now, JoinOptions policy)
    {
        if (person.Withdrawn || linkVersion is { } version && version != person.LinkVersion)
            return JoinDecision.Revoked;
        if (person.State is SessionState.Cancelled or SessionState.Declined or SessionState.Expired)
            return JoinDecision.Cancelled;
        if (person.State is SessionState.Completed or SessionState.Missed || now >= SessionDoor.ClosesAt(person.End, policy))
            return JoinDecision.Over;
        if (AccessEnd.IsOver(person.AccessUntil, person.Start, now))
            return JoinDecision.AccessEnded;
        if (person.State is not SessionState.Confirmed || person.WaitsForSeat)
            return JoinDecision.NotConfirmed;
        if (now < OpensAt(person.Start, policy))
            return JoinDecision.TooEarly;
        if (!person.HasName)
            return JoinDecision.NameNeeded;
        // Before waiting: who has answered goes in by itself once the door opens.
        if (person is { MayBeRecorded: true, RecordingAnswer: null })
            return JoinDecision.ConsentNeeded;
        if (person.Link is not MeetingLinkState.Ready)
            return JoinDecision.Preparing;
        if (!person.IsElsewhere && person.Visitor.MustWait(now, policy))
            return JoinDecision.WaitingForMentor;
        return JoinDecision.Open;
    }

    public static DateTimeOffset OpensAt(DateTimeOffset start, JoinOptions policy) => SessionDoor.OpensAt(start, policy);

    /// <summary>For everybody, or earlier for whose access ends earlier.</summary>
    public static DateTimeOffset ClosesAt(JoinPerson person, JoinOptions policy) =>
        SessionDoor.ClosesAt(person.End, policy) is var closes && person.AccessUntil < closes ? person.AccessUntil.Value : closes;

    /// <summary>Decisions that a little patience changes: the page goes on by itself once the person has pressed join.</summary>
    public static bool IsWaiting(this JoinDecision decision) =>
        decision is JoinDecision.TooEarly or JoinDecision.NotConfirmed or JoinDecision.WaitingForMentor or JoinDecision.Preparing;

    /// <summary>
    /// Whether somebody in this room has to go: out, since the link or the time is not theirs any more, or along with the others into
    /// another room, once it is there. Who is still talking when the door closes is not sent away; who is when the session was ended
    /// before, is.
    /// </summary>
    public static bool MustLeave(this JoinView view, int room) => view.Decision switch
    {
        JoinDecision.Revoked or JoinDecision.Cancelled or JoinDecision.TooEarly or JoinDecision.NotConfirmed
            or JoinDecision.AccessEnded => true,
        JoinDecision.Over => view.HasEnded(),
        JoinDecision.Open or JoinDecision.WaitingForMentor => view.Person!.RoomVersion != room,
        _ => false,
    };

    /// <summary>The session was ended for all before its time was over.</summary>
    public static bool HasEnded(this JoinView view) => view.Decision == JoinDecision.Over && view.Person!.ClosedUtc < view.ClosesAt;

    /// <summary>When the passing of time alone leads to another decision; null where it takes somebody's act.</summary>
    public static DateTimeOffset? ChangesAt(this JoinView view, JoinOptions policy) => view.Decision switch
    {
        JoinDecision.TooEarly => view.OpensAt,
        JoinDecision.WaitingForMentor => view.Person!.Visitor.LetInAt(policy),
        _ => null,
    };

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
        JoinDecision.TooEarly or JoinDecision.NotConfirmed or JoinDecision.WaitingForMentor or JoinDecision.Preparing =>
            StatusCodes.Status409Conflict,
        JoinDecision.Cancelled or JoinDecision.Over or JoinDecision.Revoked or JoinDecision.AccessEnded => StatusCodes.Status410Gone,
        JoinDecision.NotParticipant => StatusCodes.Status403Forbidden,
        JoinDecision.SignInNeeded => StatusCodes.Status401Unauthorized,
        JoinDecision.NameNeeded or JoinDecision.ConsentNeeded => StatusCodes.Status422UnprocessableEntity,
        JoinDecision.ProviderFailed => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status404NotFound,
    };

    public static int PageStatus(this JoinDecision decision) =>
        decision.IsWaiting() || decision is JoinDecision.SignInNeeded or JoinDecision.NameNeeded or JoinDecision.ConsentNeeded
            ? StatusCodes.Status200OK : decision.Status();
}
