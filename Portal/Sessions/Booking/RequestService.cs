using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.People;
using Portal.Sessions.Availability;
using Portal.Sessions.Changes;
using Portal.Sessions.Live;
using Portal.Sessions.Mails;

namespace Portal.Sessions.Booking;

/// <summary>The mentor's answer to a request, or none.</summary>
public sealed class RequestService(PortalDbContext db, SessionChanges changes, SessionMails mails, TimeProvider clock)
{
    private const int ExpiredAtOnce = 50;

    /// <summary>Of a series, all that were asked for together.</summary>
    public Task<SessionOutcome> ApproveAsync(Guid sessionId, Caller caller, CancellationToken cancellationToken) =>
        changes.RunAsync(sessionId, andThoseThatFollow: true, sessions =>
        {
            var first = sessions[0];
            var verdict = changes.RightsOf(first, caller).Approve;
            if (!verdict.IsAllowed())
                return Task.FromResult(Again(first, SessionState.Confirmed, verdict));
            var approved = sessions.Where(s => s.State == SessionState.Requested).ToList();
            foreach (var session in approved)
            {
                session.State = SessionState.Confirmed;
                session.ExpiresUtc = null;
                session.TimeSetUtc = clock.GetUtcNow();
                session.Sequence++;
                changes.Log(session, MeetingEventKind.Approved);
                changes.Audit(caller, "session.approve", session);
            }
            if (approved.Count > 1)
                mails.SeriesConfirmed(approved);
            else
                mails.Confirmed(first);
            return Task.FromResult(SessionOutcome.Done);
        }, cancellationToken);

    public Task<SessionOutcome> DeclineAsync(Guid sessionId, Caller caller, string? reason, CancellationToken cancellationToken) =>
        changes.RunAsync(sessionId, andThoseThatFollow: true, async sessions =>
        {
            var first = sessions[0];
            var verdict = changes.RightsOf(first, caller).Decline;
            if (!verdict.IsAllowed())
                return Again(first, SessionState.Declined, verdict);
            await EndAsync(sessions, SessionState.Declined, MeetingEventKind.Declined, FreeText.Lines(reason), cancellationToken);
            changes.Audit(caller, "session.decline", first);
            mails.Declined(first, first.CancelReason, lapsed: false);
            return SessionOutcome.Done;
        }, cancellationToken);

    /// <summary>Ends requests that nobody answered in time; answers how many.</summary>
    public async Task<int> ExpireAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var due = await db.Sessions.Where(s => s.State == SessionState.Requested && s.ExpiresUtc <= now)
            .OrderBy(s => s.StartUtc).Select(s => s.Id).Take(ExpiredAtOnce).ToListAsync(cancellationToken);
        foreach (var id in due)
        {
            await changes.RunAsync(id, andThoseThatFollow: true, async sessions =>
            {
                // Of a series, the first one has ended the others with it.
                if (sessions[0].State != SessionState.Requested || !sessions[0].HasLapsed(clock.GetUtcNow()))
                    return SessionOutcome.TooLate;
                await EndAsync(sessions, SessionState.Expired, MeetingEventKind.Lapsed, null, cancellationToken);
                mails.Declined(sessions[0], null, lapsed: true);
                return SessionOutcome.Done;
            }, cancellationToken);
            db.ChangeTracker.Clear();
        }
        return due.Count;
    }

    /// <summary>The same answer given twice is done once.</summary>
    private static SessionOutcome Again(MentoringSession session, SessionState answered, SessionOutcome verdict) =>
        session.State == answered && verdict == SessionOutcome.TooLate ? SessionOutcome.Done : verdict;

    private async Task EndAsync(
        IReadOnlyList<MentoringSession> sessions, SessionState state, MeetingEventKind kind, string? reason,
        CancellationToken cancellationToken)
    {
        var ended = sessions.Where(s => s.State == SessionState.Requested).ToList();
        foreach (var session in ended)
        {
            session.State = state;
            session.CancelledUtc = clock.GetUtcNow();
            session.CancelReason = reason;
            session.RoomVersion++;
            session.Sequence++;
            changes.Log(session, kind);
        }
        await TimeHold.SyncAsync(db, ended, cancellationToken);
    }
}
