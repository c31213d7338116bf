using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.Sessions.Availability;
using Portal.Sessions.Changes;
using Portal.Sessions.Mails;

namespace Portal.Sessions.Live;

/// <summary>
/// Ends what ran for as long as a meeting may, or what its mentor has left for good: the session is complete, nobody is let in any more,
/// and the pages of those inside close. What a meeting server does with people who stay in its room is the server's setting.
/// </summary>
public sealed class MeetingLimits(
    PortalDbContext db, SessionChanges changes, Gatherings gatherings, Attendance attendance, SessionMails mails,
    IOptions<JoinOptions> policy, TimeProvider clock)
{
    /// <summary>Ends what is due; returns how many sessions.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (policy.Value is { MaxMinutes: 0, EndsAfterMentorLeftMinutes: 0 })
            return 0;
        var now = clock.GetUtcNow();
        var began = SessionDoor.ClosedWhenEndedBy(now, policy.Value);
        var running = await db.Sessions.Where(s => s.State == SessionState.Confirmed && s.StartUtc <= now
            && s.StartUtc.AddMinutes(s.LengthMinutes) > began).Select(s => s.Id).ToListAsync(cancellationToken);
        var ended = 0;
        foreach (var id in running)
        {
            var outcome = await changes.RunAsync(id, session => EndAsync(session, cancellationToken), cancellationToken);
            ended += outcome == SessionOutcome.Done ? 1 : 0;
            db.ChangeTracker.Clear();
        }
        return ended;
    }

    /// <summary>Null while nobody has come, and where no limit is set. Nothing ends before its start.</summary>
    internal static DateTimeOffset? EndsAt(DateTimeOffset start, Seen seen, JoinOptions policy)
    {
        DateTimeOffset? After(DateTimeOffset? at, int minutes) =>
            minutes == 0 || at is not { } from ? null : (from > start ? from : start).AddMinutes(minutes);
        var (tooLong, left) = (After(seen.BeganUtc, policy.MaxMinutes), After(seen.MentorLeftUtc, policy.EndsAfterMentorLeftMinutes));
        return tooLong is null || left < tooLong ? left ?? tooLong : tooLong;
    }

    private async Task<SessionOutcome> EndAsync(MentoringSession session, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        // Moved, cancelled or closed by somebody meanwhile.
        if (session.State != SessionState.Confirmed || session.StartUtc > now)
            return SessionOutcome.TooLate;
        var since = SessionDoor.CountsFrom(session.StartUtc, session.TimeSetUtc, policy.Value);
        var seen = await gatherings.ReadAsync(session.Id, since, cancellationToken);
        if (seen.MentorHasJoined && await attendance.IsSeenInsideAsync(session, cancellationToken))
        {
            var stays = await db.RoomStays.AsNoTracking().Where(s => s.SessionId == session.Id && s.UntilUtc >= since)
                .ToListAsync(cancellationToken);
            seen = seen with { MentorLeftUtc = MentorAway.Since(session.MentorPart.Id, stays, seen, now) };
        }
        if (!(EndsAt(session.StartUtc, seen, policy.Value) <= now))
            return SessionOutcome.TooEarly;
        session.State = SessionState.Completed;
        session.ClosedUtc = now;
        session.ProposedStartUtc = null;
        session.ProposedBy = null;
        session.Sequence++;
        await TimeHold.SyncAsync(db, session, cancellationToken);
        changes.Log(session, MeetingEventKind.Completed);
        mails.Completed(session, (await attendance.CameAsync([session], cancellationToken)).Keys.ToHashSet());
        return SessionOutcome.Done;
    }
}
