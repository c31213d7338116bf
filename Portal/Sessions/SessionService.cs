using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Meeting;
using Portal.Security;
using Providers;

namespace Portal.Sessions;

public enum SessionOutcome
{
    Done,
    NoSuchSession,

    /// <summary>The caller has no part in it, or not the part that this takes.</summary>
    NotAllowed,

    /// <summary>It is over, or cancelled, or otherwise not in a state for this.</summary>
    TooLate,
}

/// <summary>Changes of a session that exists. Who may do what is decided here, whoever asks.</summary>
public sealed class SessionService(PortalDbContext db, MentorCalendar calendar, MeetingLinks links, SessionMails mails, TimeProvider clock)
{
    public const int LongestReason = 500;

    /// <summary>Cancelling twice is done once: the second call finds it done.</summary>
    public async Task<SessionOutcome> CancelAsync(Guid sessionId, Caller caller, string reason, CancellationToken cancellationToken) =>
        await ChangeAsync(sessionId, session =>
        {
            if (!MayCancel(session, caller))
                return Task.FromResult(SessionOutcome.NotAllowed);
            if (session.State == SessionState.Cancelled)
                return Task.FromResult(SessionOutcome.Done);
            if (!session.State.CanBecome(SessionState.Cancelled) || session.EndUtc <= clock.GetUtcNow())
                return Task.FromResult(SessionOutcome.TooLate);

            session.State = SessionState.Cancelled;
            session.CancelledUtc = clock.GetUtcNow();
            session.CancelledBy = caller.UserId;
            session.CancelReason = FreeText.Lines(reason);
            session.RoomVersion++;
            session.Sequence++;
            db.BusyTicks.RemoveRange(db.BusyTicks.Where(t => t.SessionId == session.Id));
            Log(session, MeetingEventKind.Cancelled, null);
            Audit(caller, "session.cancel", session);
            mails.Cancelled(session, caller.UserId);
            return Task.FromResult(SessionOutcome.Done);
        }, cancellationToken);

    /// <summary>Makes the meeting anew, by the mentor's preference of now: the old room is never used again.</summary>
    public async Task<SessionOutcome> RemakeLinkAsync(Guid sessionId, Caller caller, CancellationToken cancellationToken) =>
        await ChangeAsync(sessionId, async session =>
        {
            if (!MayManage(session, caller))
                return SessionOutcome.NotAllowed;
            if (!IsAhead(session))
                return SessionOutcome.TooLate;
            await RotateRoomAsync(session, cancellationToken);
            Audit(caller, "session.generate-link", session);
            return SessionOutcome.Done;
        }, cancellationToken);

    /// <summary>One person's link stops working, and the others get a new room that this person does not know.</summary>
    public async Task<SessionOutcome> WithdrawLinkAsync(Guid sessionId, Guid participantId, Caller caller, CancellationToken cancellationToken) =>
        await ChangeAsync(sessionId, async session =>
        {
            if (!MayManage(session, caller))
                return SessionOutcome.NotAllowed;
            var person = session.Participants.FirstOrDefault(p => p.Id == participantId);
            if (person is null)
                return SessionOutcome.NoSuchSession;
            if (person.Role == ParticipantRole.Mentor)
                return SessionOutcome.NotAllowed;
            if (!IsAhead(session))
                return SessionOutcome.TooLate;
            if (person.WithdrawnUtc is not null)
                return SessionOutcome.Done;

            person.LinkVersion++;
            person.WithdrawnUtc = clock.GetUtcNow();
            session.Sequence++;
            await RotateRoomAsync(session, cancellationToken);
            Log(session, MeetingEventKind.LinkWithdrawn, person.Id);
            Audit(caller, "session.withdraw-link", session);
            mails.LinkWithdrawn(session, person);
            return SessionOutcome.Done;
        }, cancellationToken);

    /// <summary>One person gets a new link by mail; the old one stops working. Also takes a withdrawal back.</summary>
    public async Task<SessionOutcome> RenewLinkAsync(Guid sessionId, Guid participantId, Caller caller, CancellationToken cancellationToken) =>
        await ChangeAsync(sessionId, session =>
        {
            if (!MayManage(session, caller))
                return Task.FromResult(SessionOutcome.NotAllowed);
            var person = session.Participants.FirstOrDefault(p => p.Id == participantId);
            if (person is null)
                return Task.FromResult(SessionOutcome.NoSuchSession);
            if (!IsAhead(session))
                return Task.FromResult(SessionOutcome.TooLate);

            person.LinkVersion++;
            person.WithdrawnUtc = null;
            session.Sequence++;
            Log(session, MeetingEventKind.LinkRenewed, person.Id);
            Audit(caller, "session.renew-link", session);
            mails.LinkRenewed(session, person);
            return Task.FromResult(SessionOutcome.Done);
        }, cancellationToken);

    private async Task RotateRoomAsync(MentoringSession session, CancellationToken cancellationToken)
    {
        session.RoomVersion++;
        var mentor = await calendar.FindAsync(session.MentorId, cancellationToken);
        if (mentor is not null)
            await links.MakeAsync(session, mentor, cancellationToken);
    }

    /// <summary>
    /// Reads, changes and saves in one unit of work. When somebody else changed the session meanwhile, the change is
    /// judged again on what they left; it is never laid over it.
    /// </summary>
    private async Task<SessionOutcome> ChangeAsync(
        Guid sessionId, Func<MentoringSession, Task<SessionOutcome>> change, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var session = await db.Sessions.Include(s => s.Mentor).Include(s => s.Participants).ThenInclude(p => p.User)
                .FirstOrDefaultAsync(s => s.Id == sessionId, cancellationToken);
            if (session is null)
                return SessionOutcome.NoSuchSession;
            var outcome = await change(session);
            if (outcome != SessionOutcome.Done || !db.ChangeTracker.HasChanges())
                return outcome;
            session.ConcurrencyToken = Guid.NewGuid();
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                return SessionOutcome.Done;
            }
            catch (DbUpdateException) when (attempt < 4)
            {
                db.ChangeTracker.Clear();
            }
        }
    }

    private static bool MayCancel(MentoringSession session, Caller caller) =>
        caller.IsAdmin || session.Participants.Any(p =>
            p.UserId == caller.UserId && p.WithdrawnUtc == null && p.Role is ParticipantRole.Mentor or ParticipantRole.Mentee);

    private static bool MayManage(MentoringSession session, Caller caller) => caller.IsAdmin || session.MentorId == caller.UserId;

    private bool IsAhead(MentoringSession session) => session.State.HoldsItsTime() && session.EndUtc > clock.GetUtcNow();

    private void Log(MentoringSession session, MeetingEventKind kind, Guid? participantId) =>
        db.MeetingEvents.Add(new MeetingEvent { SessionId = session.Id, ParticipantId = participantId, Kind = kind, AtUtc = clock.GetUtcNow() });

    private void Audit(Caller caller, string action, MentoringSession session) =>
        db.AuditEntries.Add(new AuditEntry { AtUtc = clock.GetUtcNow(), ActorId = caller.UserId, Action = action, Subject = $"session:{session.Id}" });
}
