using Portal.People;
using Portal.Sessions.Live;

namespace Portal.Sessions.Changes;

/// <summary>
/// What a caller may do with a session now: each right is the outcome that such a change would get, Done where nothing
/// stands against it. Pages show by it, services refuse by it. What takes a look at other sessions or at who has come is
/// judged by the services.
/// </summary>
public sealed record SessionRights
{
    private readonly MentoringSession _session;
    private readonly bool _speaksForTwo;
    private readonly Guid? _caller;
    private readonly DateTimeOffset _now;

    private readonly bool _isOnASide;

    private SessionRights(MentoringSession session, Caller caller, DateTimeOffset now)
    {
        (_session, _caller, _now) = (session, caller.UserId, now);
        IsMentor = caller.IsAdmin || session.MentorId == caller.UserId;
        HasSeat = session.SeatFor(caller.UserId) is not null;
        _isOnASide = session.SeatFor(caller.UserId) is { IsIn: true }
            || session.Participants.Any(p => p is { Role: ParticipantRole.Mentor, IsIn: true, UserId: { } id } && id == caller.UserId);
        IsAhead = session.IsAhead(now);
        ActsForPortal = caller.IsAdmin && !session.Participants.Any(p => p.UserId is { } id && id == caller.UserId && IsOnASide(p));
        _speaksForTwo = HasSeat && !session.IsGroup;
    }

    /// <summary>The mentor, or somebody who may act for them.</summary>
    public bool IsMentor { get; }

    /// <summary>A mentee's, or a child's for whom the caller answers; a place on the waiting list is one as well.</summary>
    public bool HasSeat { get; }

    /// <summary>An administrator on neither side, who does for both what the portal would: see <see cref="Close"/>.</summary>
    public bool ActsForPortal { get; }

    /// <summary>It holds its time, and that is not over.</summary>
    public bool IsAhead { get; }

    /// <summary>Its people can see each other come.</summary>
    public bool HasOpened { get; private init; }

    /// <summary>
    /// Cancelling gives back the own seat and leaves the session to the others; an administrator who sits there may ask for all of it.
    /// </summary>
    public bool LeavesGroup => _session.IsGroup && (!IsMentor || HasSeat);

    public SessionOutcome Cancel { get; private init; }
    public SessionOutcome Move { get; private init; }
    public SessionOutcome AnswerMove { get; private init; }
    public SessionOutcome Approve { get; private init; }
    public SessionOutcome Decline { get; private init; }

    /// <summary>Another room, another tool, or an address in their place.</summary>
    public SessionOutcome ChangeRoom { get; private init; }

    /// <summary>The mentor; in a session of two also the mentee, for a guardian or a colleague.</summary>
    public SessionOutcome Invite { get; private init; }
    public SessionOutcome Extend { get; private init; }

    /// <summary>Letting in who waits, once the door is open.</summary>
    public SessionOutcome Admit { get; private init; }

    /// <summary>Making groups for breakout rooms, of a session with several mentees.</summary>
    public SessionOutcome Group { get; private init; }
    public SessionOutcome SayLate { get; private init; }
    public SessionOutcome RecordMissed { get; private init; }
    public SessionOutcome GiveFeedback { get; private init; }

    /// <summary>The two sides alone, and a guardian on a child's: no guest, no observer, no administrator.</summary>
    public bool MayReadNotes => _isOnASide;

    /// <summary>Before it, during it and afterwards, but not once it is sure never to have been.</summary>
    public SessionOutcome WriteNotes { get; private init; }

    /// <summary>Ending it for everybody, as held: from its start on, where a mentor would cancel it before.</summary>
    public SessionOutcome Complete { get; private init; }

    /// <summary>Recording for both sides that it was held, or who was missing: from its start until the portal does so itself.</summary>
    public SessionOutcome Close { get; private init; }

    public static SessionRights Of(MentoringSession session, Caller caller, DateTimeOffset now, SessionPolicy policy)
    {
        var part = session.Participants.FirstOrDefault(p => p.UserId is { } id && id == caller.UserId);
        var rights = new SessionRights(session, caller, now);
        var (isMentor, isAhead, speaks) = (rights.IsMentor, rights.IsAhead, rights.IsMentor || rights._speaksForTwo);
        var isLive = session.State == SessionState.Confirmed && now < SessionDoor.ClosesAt(session.EndUtc, policy.Joining);
        var isRequest = session.State == SessionState.Requested;
        return rights with
        {
            HasOpened = now >= SessionDoor.OpensAt(session.StartUtc, policy.Joining),
            Cancel = Verdict(isMentor || rights.HasSeat, isAhead),
            Move = Verdict(speaks, isAhead && session.StartUtc > now),
            // Whoever did not propose, and is not on the side of who did: a child and its guardian are one side.
            AnswerMove = Verdict(session.ProposedBy != caller.UserId && (isMentor || rights.HasSeat
                && session.SeatFor(session.ProposedBy)?.Id != session.SeatFor(caller.UserId)!.Id),
                isAhead && session.ProposedStartUtc is not null),
            Approve = Verdict(isMentor, isRequest && !session.HasLapsed(now)),
            Decline = Verdict(isMentor, isRequest),
            ChangeRoom = Verdict(isMentor, isAhead),
            Invite = Verdict(speaks && policy.Booking.Guests, isAhead),
            Extend = isMentor && isLive && session.ExtendedMinutes >= policy.Booking.MaxExtension
                ? SessionOutcome.AtLimit : Verdict(isMentor, isLive),
            Admit = isMentor && isLive && now < SessionDoor.OpensAt(session.StartUtc, policy.Joining)
                ? SessionOutcome.TooEarly : Verdict(isMentor, isLive),
            Group = Verdict(isMentor, isAhead && session.IsGroup),
            SayLate = SayLateOf(session, part, now, policy.Joining),
            RecordMissed = Verdict(part is not null && IsOnASide(part), isLive),
            GiveFeedback = GiveFeedbackOf(session, part),
            WriteNotes = Verdict(rights._isOnASide,
                session.State is not (SessionState.Cancelled or SessionState.Declined or SessionState.Expired)),
            Complete = isMentor && session.State == SessionState.Confirmed && now < session.StartUtc
                ? SessionOutcome.TooEarly : Verdict(isMentor, session.State == SessionState.Confirmed),
            Close = rights.ActsForPortal && session.State == SessionState.Confirmed && now < session.StartUtc
                ? SessionOutcome.TooEarly : Verdict(rights.ActsForPortal, session.State == SessionState.Confirmed),
        };
    }

    /// <summary>Who is in the session, who answers for a child in it, and administrators.</summary>
    public static bool MaySee(MentoringSession session, Caller caller) => caller.IsAdmin || session.WardOf(caller.UserId) is not null
        || session.Participants.Any(p => p.UserId is { } id && id == caller.UserId && p.WithdrawnUtc is null && p.LeftUtc is null);

    /// <summary>For somebody who proved by a link who they are, as well.</summary>
    public static SessionOutcome SayLateOf(MentoringSession session, SessionParticipant? person, DateTimeOffset now, JoinOptions policy)
    {
        if (person is null || !IsOnASide(person))
            return SessionOutcome.NotAllowed;
        if (session.State != SessionState.Confirmed || now >= SessionDoor.GraceEndsAt(session.StartUtc, policy))
            return SessionOutcome.TooLate;
        return now < session.StartUtc - Lateness.SaidBefore ? SessionOutcome.TooEarly : SessionOutcome.Done;
    }

    /// <summary>One person's link is to work no more.</summary>
    /// <param name="person">Null for somebody who is not in the session.</param>
    public SessionOutcome Withdraw(SessionParticipant? person)
    {
        if (!IsMentor && (person is null || !IsOwnGuest(person)))
            return SessionOutcome.NotAllowed;
        if (person is null)
            return SessionOutcome.NoSuchSession;
        return Verdict(person.Role != ParticipantRole.Mentor, IsAhead);
    }

    /// <summary>One person gets a new link.</summary>
    /// <param name="person">Null for somebody who is not in the session.</param>
    public SessionOutcome Renew(SessionParticipant? person)
    {
        if (!IsMentor)
            return SessionOutcome.NotAllowed;
        if (person is null)
            return SessionOutcome.NoSuchSession;
        if (!IsAhead || person.LeftUtc is not null || person.WaitingSinceUtc is not null)
            return SessionOutcome.TooLate;
        if (AccessEnd.IsOver(person.AccessUntilUtc, _session.StartUtc, _now))
            return SessionOutcome.AccessEnded;
        return person is { Role: ParticipantRole.Mentee, WithdrawnUtc: not null } && _session.SeatsTaken >= _session.Capacity
            ? SessionOutcome.Full : SessionOutcome.Done;
    }

    /// <summary>One person gets the details once more, with the link that they have.</summary>
    /// <param name="person">Null for somebody who is not in the session.</param>
    public SessionOutcome SendAgain(SessionParticipant? person)
    {
        if (!ActsForPortal)
            return SessionOutcome.NotAllowed;
        return person is not { Email.Length: > 0 } ? SessionOutcome.NoSuchSession : Verdict(true, IsAhead && person.IsIn);
    }

    private static SessionOutcome GiveFeedbackOf(MentoringSession session, SessionParticipant? part)
    {
        if (part is not { Role: ParticipantRole.Mentee, IsIn: true })
            return SessionOutcome.NotAllowed;
        if (session.State.HoldsItsTime())
            return SessionOutcome.FeedbackNotYet;
        return session.State == SessionState.Completed && part.MissedUtc is null ? SessionOutcome.Done : SessionOutcome.FeedbackNever;
    }

    /// <summary>A mentee may take back the link of a guest whom they asked themselves; a guardian also what the child gave.</summary>
    private bool IsOwnGuest(SessionParticipant person) =>
        _speaksForTwo && person.Role is ParticipantRole.Observer or ParticipantRole.Guest && person.InvitedBy is { } by
            && (by == _caller || by == _session.WardOf(_caller)?.UserId);

    private static bool IsOnASide(SessionParticipant person) =>
        person.IsIn && person.Role is ParticipantRole.Mentor or ParticipantRole.Mentee;

    private static SessionOutcome Verdict(bool isTheirs, bool isTime) =>
        !isTheirs ? SessionOutcome.NotAllowed : isTime ? SessionOutcome.Done : SessionOutcome.TooLate;
}
