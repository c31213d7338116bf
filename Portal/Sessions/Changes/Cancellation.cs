using Portal.Data;
using Portal.People;
using Portal.Sessions.Availability;
using Portal.Sessions.Booking;
using Portal.Sessions.Live;
using Portal.Sessions.Mails;

namespace Portal.Sessions.Changes;

/// <summary>Cancels a session, or gives back a seat in one.</summary>
public sealed class Cancellation(PortalDbContext db, SessionChanges changes, Seats seats, SessionMails mails, TimeProvider clock)
{
    /// <summary>
    /// Cancels the session; a mentee of a group gives back the own seat instead. Cancelling twice is done once: the second
    /// call finds it done.
    /// </summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="reason">Everyone in the session reads it.</param>
    /// <param name="cancellationToken">Cancels the cancelling.</param>
    /// <param name="andThoseThatFollow">Of a series.</param>
    /// <param name="wholeGroup">Not only the own seat, for who may cancel both.</param>
    public Task<SessionOutcome> CancelAsync(
        Guid sessionId, Caller caller, string reason, CancellationToken cancellationToken, bool andThoseThatFollow = false,
        bool wholeGroup = false) =>
        changes.RunAsync(sessionId, andThoseThatFollow, async sessions =>
        {
            var first = sessions[0];
            var rights = changes.RightsOf(first, caller);
            var leaves = rights.LeavesGroup && !(wholeGroup && rights.IsMentor);
            if (first.State == SessionState.Cancelled && rights.Cancel != SessionOutcome.NotAllowed && !leaves)
                return SessionOutcome.Done;
            if (!rights.Cancel.IsAllowed())
                return rights.Cancel;
            if (leaves)
            {
                await seats.LeaveAsync(first, first.SeatFor(caller.UserId)!, cancellationToken);
                if (first.SeatOf(caller.UserId) is null)
                    changes.Audit(caller, "session.leave-for", first);
                return SessionOutcome.Done;
            }
            foreach (var session in sessions)
                CancelOne(session, caller, reason);
            await TimeHold.SyncAsync(db, sessions, cancellationToken);
            mails.Cancelled(first, caller.UserId, sessions.Count > 1 ? [.. sessions.Select(s => s.StartUtc)] : null);
            return SessionOutcome.Done;
        }, cancellationToken);

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
}
