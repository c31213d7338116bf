using Portal.Data;
using Portal.People;
using Portal.Sessions.Availability;
using Portal.Sessions.Changes;
using Portal.Sessions.Mails;

namespace Portal.Sessions.Live;

/// <summary>
/// That a session was held, said by its mentor or an administrator, which ends one that runs for everybody; and what an administrator
/// records for both sides: who did not come.
/// </summary>
public sealed class Closing(PortalDbContext db, SessionChanges changes, Attendance attendance, SessionMails mails, TimeProvider clock)
{
    public Task<SessionOutcome> CompleteAsync(Guid sessionId, Caller caller, CancellationToken cancellationToken) =>
        changes.RunAsync(sessionId, async session =>
        {
            var rights = changes.RightsOf(session, caller);
            // Said twice, it is done once.
            if (rights.IsMentor && session.State == SessionState.Completed)
                return SessionOutcome.Done;
            if (!rights.Complete.IsAllowed())
                return rights.Complete;
            await CloseAsync(session, SessionState.Completed, caller, cancellationToken);
            changes.Log(session, MeetingEventKind.Completed);
            changes.Audit(caller, "session.complete", session);
            mails.Completed(session, (await attendance.CameAsync([session], cancellationToken)).Keys.ToHashSet());
            return SessionOutcome.Done;
        }, cancellationToken);

    /// <summary>The session counts as missed when its mentor, or nobody of its mentees, has come.</summary>
    public Task<SessionOutcome> RecordMissedAsync(
        Guid sessionId, Guid participantId, Caller caller, CancellationToken cancellationToken) =>
        changes.RunAsync(sessionId, async session =>
        {
            var rights = changes.RightsOf(session, caller);
            if (rights.Close == SessionOutcome.NotAllowed)
                return rights.Close;
            var person = session.Participants.FirstOrDefault(p => p.Id == participantId && p.IsIn
                && p.Role is ParticipantRole.Mentor or ParticipantRole.Mentee);
            if (person is null)
                return SessionOutcome.NoSuchSession;
            // Said twice, it is done once.
            if (person.MissedUtc is not null)
                return SessionOutcome.Done;
            if (!rights.Close.IsAllowed())
                return rights.Close;
            person.MissedUtc = clock.GetUtcNow();
            if (person.Role == ParticipantRole.Mentor || session.Seated.All(p => p.MissedUtc is not null))
                await CloseAsync(session, SessionState.Missed, caller, cancellationToken);
            session.Sequence++;
            changes.Log(session, MeetingEventKind.Missed, person.Id);
            changes.Audit(caller, "session.missed", session, person.Id);
            mails.Missed(session, [person], by: null);
            return SessionOutcome.Done;
        }, cancellationToken);

    private async Task CloseAsync(MentoringSession session, SessionState state, Caller caller, CancellationToken cancellationToken)
    {
        session.State = state;
        session.ClosedUtc = clock.GetUtcNow();
        session.ClosedBy = caller.UserId;
        session.ProposedStartUtc = null;
        session.ProposedBy = null;
        session.Sequence++;
        await TimeHold.SyncAsync(db, session, cancellationToken);
    }
}
