using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.Sessions.Availability;
using Portal.Sessions.Changes;
using Portal.Sessions.Mails;
using Portal.Sessions.Rooms;

namespace Portal.Sessions.Live;

/// <summary>
/// Confirmed sessions whose door has closed took place, unless somebody has said otherwise by then, or neither side was seen.
/// </summary>
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
        var (now, came) = (clock.GetUtcNow(), await attendance.CameAsync([session], cancellationToken));
        var sides = session.Participants.Where(p => p.IsIn && p.Role is ParticipantRole.Mentor or ParticipantRole.Mentee).ToList();
        // Neither came, as far as the portal has seen: there is nobody to ask how it was. Where there is nothing to open it sees nobody.
        var held = sides.Any(p => came.ContainsKey(p.Id)) || await IsElsewhereAsync(session, cancellationToken);
        session.State = held ? SessionState.Completed : SessionState.Missed;
        session.ClosedUtc = now;
        session.ProposedStartUtc = null;
        session.ProposedBy = null;
        session.Sequence++;
        await TimeHold.SyncAsync(db, session, cancellationToken);
        if (held)
        {
            changes.Log(session, MeetingEventKind.Completed);
            if (session.EndUtc > now - AskedWithin)
                mails.Completed(session, came.Keys.ToHashSet());
            return SessionOutcome.Done;
        }
        foreach (var person in sides)
        {
            person.MissedUtc ??= now;
            changes.Log(session, MeetingEventKind.Missed, person.Id);
        }
        return SessionOutcome.Done;
    }

    private async Task<bool> IsElsewhereAsync(MentoringSession session, CancellationToken cancellationToken) => (await db.MeetingLinks
        .Where(l => l.SessionId == session.Id && l.RoomVersion == session.RoomVersion).Select(l => l.PlaceKind)
        .FirstOrDefaultAsync(cancellationToken)).IsElsewhere();
}
