using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.Sessions.Availability;
using Portal.Sessions.Changes;
using Portal.Sessions.Mails;

namespace Portal.Sessions.Live;

/// <summary>Confirmed sessions whose door has closed took place, unless somebody has said otherwise by then.</summary>
public sealed class CompletionService(
    PortalDbContext db, SessionChanges changes, Attendance attendance, SessionMails mails, IOptions<JoinOptions> join, TimeProvider clock)
{
    private const int AtOnce = 50;

    /// <summary>After a long standstill nobody is asked how a session was that they have forgotten.</summary>
    private static readonly TimeSpan AskedWithin = TimeSpan.FromDays(2);

    /// <summary>Closes some sessions that are over; answers how many.</summary>
    public async Task<int> CompleteAsync(CancellationToken cancellationToken)
    {
        var endedBefore = SessionDoor.ClosedWhenEndedBy(clock.GetUtcNow(), join.Value);
        var due = await db.Sessions.Where(s => s.State == SessionState.Confirmed && s.StartUtc < endedBefore
                && s.StartUtc.AddMinutes(s.LengthMinutes) <= endedBefore)
            .OrderBy(s => s.StartUtc).Select(s => s.Id).Take(AtOnce).ToListAsync(cancellationToken);
        var completed = 0;
        foreach (var id in due)
        {
            var outcome = await changes.RunAsync(id, session => CompleteAsync(session, endedBefore, cancellationToken), cancellationToken);
            completed += outcome == SessionOutcome.Done ? 1 : 0;
            db.ChangeTracker.Clear();
        }
        return completed;
    }

    private async Task<SessionOutcome> CompleteAsync(
        MentoringSession session, DateTimeOffset endedBefore, CancellationToken cancellationToken)
    {
        // Extended, missed, cancelled or closed by another portal meanwhile.
        if (session.State != SessionState.Confirmed || session.EndUtc > endedBefore)
            return SessionOutcome.TooLate;
        session.State = SessionState.Completed;
        session.ClosedUtc = clock.GetUtcNow();
        session.ProposedStartUtc = null;
        session.ProposedBy = null;
        session.Sequence++;
        await TimeHold.SyncAsync(db, session, cancellationToken);
        changes.Log(session, MeetingEventKind.Completed);
        if (session.EndUtc > clock.GetUtcNow() - AskedWithin)
            mails.Completed(session, (await attendance.CameAsync([session], cancellationToken)).Keys.ToHashSet());
        return SessionOutcome.Done;
    }
}
