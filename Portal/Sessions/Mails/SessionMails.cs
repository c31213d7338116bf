using System.Globalization;
using Localization;
using Microsoft.Extensions.Options;
using Portal.Mail.Queue;
using Portal.Mail.Rendering;
using Portal.Settings;

namespace Portal.Sessions.Mails;

/// <summary>
/// Who is told what about a session. The rows join the caller's unit of work: no change without its mails, no mails without it.
/// </summary>
public sealed partial class SessionMails(Outbox outbox, IOptions<PortalOptions> portal, TimeProvider clock)
{
    public void Confirmed(MentoringSession session) =>
        ToEveryone(session, person => person.Role is ParticipantRole.Observer or ParticipantRole.Guest
            ? Invitation(session, person, session.NameOf(person.InvitedBy ?? session.Seated.FirstOrDefault()?.UserId))
            : new SessionConfirmed(SessionFacts.For(session, person)));

    /// <summary>One mail for all of them.</summary>
    public void SeriesConfirmed(IReadOnlyList<MentoringSession> series) =>
        ToEveryone(series[0], person => new SeriesConfirmed(SessionFacts.For(series[0], person),
            [.. series.Where(s => s.Participants.Any(p => p.Role == person.Role && p.Email == person.Email)).Select(s => s.StartUtc)]));

    public void Requested(MentoringSession session)
    {
        foreach (var person in session.Participants.Where(p => p.IsIn && p.Role is ParticipantRole.Mentor or ParticipantRole.Mentee))
            Add(session, person, new SessionRequested(
                SessionFacts.For(session, person), person.Role == ParticipantRole.Mentor ? session.Note : null,
                session.ExpiresUtc ?? session.StartUtc));
    }

    public void Declined(MentoringSession session, string? reason, bool lapsed)
    {
        foreach (var person in session.Participants.Where(p => p.IsIn
            && (p.Role == ParticipantRole.Mentee || lapsed && p.Role == ParticipantRole.Mentor)))
            Add(session, person, new SessionDeclined(SessionFacts.For(session, person), reason, lapsed));
    }

    /// <param name="session">The first of those that were cancelled.</param>
    /// <param name="by">Whose account.</param>
    /// <param name="starts">All of them, when they were several.</param>
    public void Cancelled(MentoringSession session, Guid? by, IReadOnlyList<DateTimeOffset>? starts = null)
    {
        foreach (var person in Told(session))
            Add(session, person, new SessionCancelled(SessionFacts.For(session, person), Actor(session, by, person), session.CancelReason,
            starts), toAll: true);
    }

    public void Moved(MentoringSession session, DateTimeOffset oldStart, Guid? by, IReadOnlyList<DateTimeOffset>? starts = null)
    {
        foreach (var person in Told(session))
            Add(session, person, new SessionMoved(SessionFacts.For(session, person), oldStart, Actor(session, by, person), starts),
                toAll: true);
    }

    public void MoveProposed(MentoringSession session, Guid? by, IReadOnlyList<DateTimeOffset>? starts = null)
    {
        foreach (var person in OtherSide(session, by))
            Add(session, person, new MoveProposed(
                SessionFacts.For(session, person), session.ProposedStartUtc!.Value,
                Actor(session, by, person) ?? portal.Value.QuotedNameIn(person.Language), starts));
    }

    public void MoveDeclined(MentoringSession session, DateTimeOffset proposed, Guid? proposedBy)
    {
        // A program has no account, and neither have guests.
        foreach (var person in session.Participants.Where(p => p.IsIn && p.UserId is not null && IsOf(session, p, proposedBy)))
            Add(session, person, new MoveDeclined(SessionFacts.For(session, person), proposed));
    }

    public void RoomChanged(MentoringSession session, Guid? by, bool hasNewAddress = false) =>
        ToEveryone(session, person => new RoomChanged(
            SessionFacts.For(session, person), Actor(session, by, person), session.ExternalMeetingUrl is not null, hasNewAddress));

    /// <summary>Also to who asked for it: their calendar has the session as well.</summary>
    public void Extended(MentoringSession session, int minutes, Guid? by) =>
        ToEveryone(session, person => new SessionExtended(SessionFacts.For(session, person), minutes, Actor(session, by, person)));

    /// <summary>To the other side: the mentees of a mentor, or the mentor of a mentee.</summary>
    public void RunningLate(MentoringSession session, SessionParticipant late)
    {
        foreach (var person in session.Participants.Where(p => p.IsIn && IsAcross(p, late)))
            Add(session, person, new RunningLate(SessionFacts.For(session, person), late.StoredName, late.ExpectedUtc!.Value));
    }

    /// <summary>To those who did not come, and to who waited.</summary>
    /// <param name="session">As it is recorded.</param>
    /// <param name="missed">Who did not come.</param>
    /// <param name="by">Who waited and said so; null where an administrator recorded it for them.</param>
    public void Missed(MentoringSession session, IReadOnlyList<SessionParticipant> missed, SessionParticipant? by)
    {
        foreach (var person in missed)
            Add(session, person, new SessionMissed(SessionFacts.For(session, person), ReaderMissed: true,
                by is not null ? [by.StoredName]
                    : [.. session.Participants.Where(p => p.IsIn && IsAcross(p, person)).Select(p => p.StoredName)],
                session.State == SessionState.Missed, by is null ? Administration(person) : null));
        // Somebody who came with the one who waited is told as well.
        var waited = session.Participants.Where(p => p.IsIn && p.MissedUtc is null
            && (p.Id == by?.Id || session.State == SessionState.Missed
            || by is null && missed.Any(m => IsAcross(m, p)) && p.Role == ParticipantRole.Mentor));
        foreach (var person in waited)
            Add(session, person, new SessionMissed(
                SessionFacts.For(session, person), ReaderMissed: false, [.. missed.Select(p => p.StoredName)],
                session.State == SessionState.Missed, by is null ? Administration(person) : null));
    }

    /// <param name="session">With the time it has now.</param>
    /// <param name="oldStart">As people knew it.</param>
    /// <param name="collides">The time could not be changed, because somebody is elsewhere then.</param>
    public void ClockRulesChanged(MentoringSession session, DateTimeOffset oldStart, bool collides)
    {
        foreach (var person in Told(session))
            Add(session, person, new ClockRulesChanged(SessionFacts.For(session, person), oldStart, session.TimeZone, collides),
                toAll: true);
    }

    /// <summary>Whether one is on the other side of the other: guests and observers are on nobody's.</summary>
    public static bool IsAcross(SessionParticipant one, SessionParticipant other) =>
        (one.Role, other.Role) is (ParticipantRole.Mentor, ParticipantRole.Mentee) or (ParticipantRole.Mentee, ParticipantRole.Mentor);

    public void SeatTaken(MentoringSession session, SessionParticipant person)
    {
        Add(session, person, new SessionConfirmed(SessionFacts.For(session, person)));
        TellMentor(session, person, came: true);
    }

    public void SeatGivenBack(MentoringSession session, SessionParticipant person)
    {
        Add(session, person, new SeatGivenBack(SessionFacts.For(session, person)));
        TellMentor(session, person, came: false);
    }

    public void SeatFree(MentoringSession session, SessionParticipant person)
    {
        Add(session, person, new SeatFree(SessionFacts.For(session, person)));
        TellMentor(session, person, came: true);
    }

    public void WaitingListed(MentoringSession session, SessionParticipant person) =>
        Add(session, person, new WaitingListed(SessionFacts.For(session, person)));

    public void Invited(MentoringSession session, SessionParticipant person, string by) =>
        Add(session, person, Invitation(session, person, by));

    public void LinkRenewed(MentoringSession session, SessionParticipant person) =>
        Add(session, person, new LinkRenewed(SessionFacts.For(session, person)));

    /// <summary>The session as it stands, to one person who has a place in it.</summary>
    public void SentAgain(MentoringSession session, SessionParticipant person)
    {
        var asks = session.State == SessionState.Requested;
        Add(session, person, person.Role is ParticipantRole.Observer or ParticipantRole.Guest
            ? Invitation(session, person, Administration(person))
            : asks ? new SessionRequested(SessionFacts.For(session, person), person.Role == ParticipantRole.Mentor ? session.Note : null,
                session.ExpiresUtc ?? session.StartUtc)
            : new SessionConfirmed(SessionFacts.For(session, person)));
    }

    /// <summary>To mentees who can say how it was; where nobody's coming is known, to all of them.</summary>
    public void Completed(MentoringSession session, IReadOnlySet<Guid> came)
    {
        foreach (var person in session.Seated.Where(p => p is { UserId: not null, MissedUtc: null }
            && (came.Count == 0 || came.Contains(p.Id))))
            Add(session, person, new SessionCompleted(SessionFacts.For(session, person)));
    }

    private static Invited Invitation(MentoringSession session, SessionParticipant person, string by) =>
        new(SessionFacts.For(session, person), by, person.Role == ParticipantRole.Observer, person.AccessUntilUtc);

    private void TellMentor(MentoringSession session, SessionParticipant about, bool came) =>
        Add(session, session.MentorPart, new GroupNews(
            SessionFacts.For(session, session.MentorPart), about.StoredName, came, session.SeatsTaken, session.Capacity));
}
