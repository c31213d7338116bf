using Microsoft.EntityFrameworkCore;
using Portal.AuditTrail;
using Portal.Data;
using Portal.People;
using Portal.Sessions.Availability;
using Portal.Sessions.Booking;
using Portal.Sessions.Live;
using Portal.Sessions.Mails;
using Portal.Sessions.Rooms;

namespace Portal.Sessions.Changes;

/// <summary>Cancelling a session, and the links and rooms of one that exists. Who may do what is decided here, whoever asks.</summary>
public sealed class SessionService(
    PortalDbContext db, SessionChanges changes, Seats seats, MentorCalendar calendar, MeetingLinks links, SessionMails mails, TimeProvider clock)
{
    public const int LongestReason = 500;

    /// <summary>
    /// Cancels the session; a mentee of a group gives back the own seat instead. Cancelling twice is done once: the second
    /// call finds it done.
    /// </summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="reason">Everyone in the session reads it.</param>
    /// <param name="cancellationToken">Cancels the cancelling.</param>
    /// <param name="andThoseThatFollow">Of a series.</param>
    public Task<SessionOutcome> CancelAsync(
        Guid sessionId, Caller caller, string reason, CancellationToken cancellationToken, bool andThoseThatFollow = false) =>
        changes.RunAsync(sessionId, andThoseThatFollow, async sessions =>
        {
            var first = sessions[0];
            var seat = SessionChanges.MenteeOf(first, caller);
            if (seat is null && !SessionChanges.IsMentor(first, caller))
                return SessionOutcome.NotAllowed;
            if (first.IsGroup && !SessionChanges.IsMentor(first, caller))
                return await seats.LeaveAsync(first, seat!, cancellationToken);
            if (first.State == SessionState.Cancelled)
                return SessionOutcome.Done;
            if (!first.State.CanBecome(SessionState.Cancelled) || first.EndUtc <= clock.GetUtcNow())
                return SessionOutcome.TooLate;

            foreach (var session in sessions)
                CancelOne(session, caller, reason);
            await TimeHold.SyncAsync(db, sessions, cancellationToken);
            mails.Cancelled(first, caller.UserId, sessions.Count > 1 ? [.. sessions.Select(s => s.StartUtc)] : null);
            return SessionOutcome.Done;
        }, cancellationToken);

    /// <summary>Makes the meeting anew, by the mentor's preference of now: the old room is never used again.</summary>
    public Task<SessionOutcome> RemakeLinkAsync(Guid sessionId, Caller caller, CancellationToken cancellationToken) =>
        changes.RunAsync(sessionId, async session =>
        {
            if (!SessionChanges.IsMentor(session, caller))
                return SessionOutcome.NotAllowed;
            if (!changes.IsAhead(session))
                return SessionOutcome.TooLate;
            await RotateRoomAsync(session, cancellationToken);
            changes.Audit(caller, "session.generate-link", session);
            return SessionOutcome.Done;
        }, cancellationToken);

    /// <summary>
    /// Puts an address of the mentor's in place of the provider's room, or takes it away again. The mailed links stay; the
    /// others are told what changed and by whom.
    /// </summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="externalMeetingUrl">Checked by the caller with the rules for such addresses; null for the provider's room.</param>
    /// <param name="caller">The mentor or an administrator.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task<SessionOutcome> SwitchRoomAsync(Guid sessionId, string? externalMeetingUrl, Caller caller, CancellationToken cancellationToken) =>
        changes.RunAsync(sessionId, async session =>
        {
            if (!SessionChanges.IsMentor(session, caller))
                return SessionOutcome.NotAllowed;
            if (!changes.IsAhead(session))
                return SessionOutcome.TooLate;
            if (session.ExternalMeetingUrl == externalMeetingUrl)
                return SessionOutcome.Done;
            session.ExternalMeetingUrl = externalMeetingUrl;
            session.Sequence++;
            await RotateRoomAsync(session, cancellationToken);
            changes.Log(session, MeetingEventKind.RoomSwitched);
            changes.Audit(caller, "session.switch-room", session);
            mails.RoomChanged(session, caller.UserId);
            return SessionOutcome.Done;
        }, cancellationToken);

    /// <summary>One step out of trouble: the meeting takes place in the tool that needs nothing of anybody.</summary>
    public Task<SessionOutcome> UseDefaultToolAsync(Guid sessionId, Caller caller, CancellationToken cancellationToken) =>
        changes.RunAsync(sessionId, async session =>
        {
            if (!SessionChanges.IsMentor(session, caller))
                return SessionOutcome.NotAllowed;
            if (!changes.IsAhead(session))
                return SessionOutcome.TooLate;
            if (await links.UsesDefaultToolAsync(session, cancellationToken))
                return SessionOutcome.Done;
            session.ExternalMeetingUrl = null;
            session.Sequence++;
            await RotateRoomAsync(session, cancellationToken, links.DefaultTool);
            changes.Log(session, MeetingEventKind.RoomSwitched);
            changes.Audit(caller, "session.switch-room", session);
            mails.RoomChanged(session, caller.UserId);
            return SessionOutcome.Done;
        }, cancellationToken);

    /// <summary>One person's link stops working, and the others get a new room that this person does not know.</summary>
    public Task<SessionOutcome> WithdrawLinkAsync(Guid sessionId, Guid participantId, Caller caller, CancellationToken cancellationToken) =>
        changes.RunAsync(sessionId, async session =>
        {
            var person = session.Participants.FirstOrDefault(p => p.Id == participantId);
            if (!SessionChanges.IsMentor(session, caller) && (person is null || !IsInvitedBy(person, session, caller)))
                return SessionOutcome.NotAllowed;
            if (person is null)
                return SessionOutcome.NoSuchSession;
            if (person.Role == ParticipantRole.Mentor)
                return SessionOutcome.NotAllowed;
            if (!changes.IsAhead(session))
                return SessionOutcome.TooLate;
            if (person.WithdrawnUtc is not null)
                return SessionOutcome.Done;

            person.LinkVersion++;
            person.WithdrawnUtc = clock.GetUtcNow();
            session.Sequence++;
            await ChangeRoomAsync(session, cancellationToken);
            await seats.MoveUpAsync(session, cancellationToken);
            await TimeHold.SyncAsync(db, session, cancellationToken);
            changes.Log(session, MeetingEventKind.LinkWithdrawn, person.Id);
            changes.Audit(caller, "session.withdraw-link", session);
            mails.LinkWithdrawn(session, person);
            return SessionOutcome.Done;
        }, cancellationToken);

    /// <summary>One person gets a new link by mail; the old one stops working. Also takes a withdrawal back.</summary>
    public Task<SessionOutcome> RenewLinkAsync(Guid sessionId, Guid participantId, Caller caller, CancellationToken cancellationToken) =>
        changes.RunAsync(sessionId, async session =>
        {
            if (!SessionChanges.IsMentor(session, caller))
                return SessionOutcome.NotAllowed;
            var person = session.Participants.FirstOrDefault(p => p.Id == participantId);
            if (person is null)
                return SessionOutcome.NoSuchSession;
            if (!changes.IsAhead(session) || person.LeftUtc is not null || person.WaitingSinceUtc is not null)
                return SessionOutcome.TooLate;
            if (person is { Role: ParticipantRole.Mentee, WithdrawnUtc: not null } && session.SeatsTaken >= session.Capacity)
                return SessionOutcome.Full;

            person.LinkVersion++;
            person.WithdrawnUtc = null;
            session.Sequence++;
            await TimeHold.SyncAsync(db, session, cancellationToken);
            changes.Log(session, MeetingEventKind.LinkRenewed, person.Id);
            changes.Audit(caller, "session.renew-link", session);
            mails.LinkRenewed(session, person);
            return SessionOutcome.Done;
        }, cancellationToken);

    /// <summary>Another room of the mentor's tool; of the one in its place, where the session was moved there out of trouble.</summary>
    internal async Task ChangeRoomAsync(MentoringSession session, CancellationToken cancellationToken) =>
        await RotateRoomAsync(session, cancellationToken, await links.UsesDefaultToolAsync(session, cancellationToken) ? links.DefaultTool : null);

    /// <summary>The old room is never used again: a new version, and a link for it.</summary>
    private async Task RotateRoomAsync(MentoringSession session, CancellationToken cancellationToken, string? tool = null)
    {
        session.RoomVersion++;
        var mentor = await calendar.FindAsync(session.MentorId, cancellationToken);
        if (mentor is null || await links.MakeAsync(session, mentor, cancellationToken, tool) is not { State: MeetingLinkState.Ready })
            return;
        // What was wrong with the old room is of the past; should the new one be no better, the next pre-flight finds it.
        foreach (var trouble in await db.SessionTroubles.Where(t => t.SessionId == session.Id && t.SolvedUtc == null).ToListAsync(cancellationToken))
            trouble.SolvedUtc = clock.GetUtcNow();
    }

    private void CancelOne(MentoringSession session, Caller caller, string reason)
    {
        session.State = SessionState.Cancelled;
        session.CancelledUtc = clock.GetUtcNow();
        session.CancelledBy = caller.UserId;
        session.CancelReason = FreeText.Lines(reason);
        session.ProposedStartUtc = null;
        session.ProposedBy = null;
        session.RoomVersion++;
        session.Sequence++;
        changes.Log(session, MeetingEventKind.Cancelled);
        changes.Audit(caller, "session.cancel", session);
    }

    /// <summary>A mentee may take back the link of a guardian or a guest of the own session.</summary>
    private static bool IsInvitedBy(SessionParticipant person, MentoringSession session, Caller caller) =>
        !session.IsGroup && person.Role is ParticipantRole.Observer or ParticipantRole.Guest && SessionChanges.MenteeOf(session, caller) is not null;
}
