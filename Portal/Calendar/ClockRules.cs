using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Portal.Data;
using Portal.Sessions;
using Portal.Sessions.Availability;
using Portal.Sessions.Changes;
using Portal.Sessions.Mails;
using Portal.Sessions.Rooms;

namespace Portal.Calendar;

/// <summary>
/// Zone data that came with a new version of the portal may move sessions to another instant: the wall clock that people
/// agreed on in the session's zone is kept, and everyone is told. Each session is one transaction, and one that was looked
/// at needs no second look, so that a crash or a second portal does no harm; the version is noted when all are done.
/// </summary>
public sealed partial class ClockRules(
    PortalDbContext db, IDateTimeZoneProvider zones, SessionChanges changes, SessionRooms rooms, SessionMails mails,
    TimeProvider clock, ILogger<ClockRules> log)
{
    public const string Checkpoint = "clock-rules";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var stored = await db.JobCheckpoints.FirstOrDefaultAsync(c => c.Name == Checkpoint, cancellationToken);
        if (stored?.Version == zones.VersionId || IsOlder(zones.VersionId, stored?.Version))
            return;
        db.ChangeTracker.Clear();
        var moved = await MoveAllAsync(cancellationToken);
        await NoteVersionAsync(cancellationToken);
        if (moved > 0)
            log.LogWarning("Zone data {Version} moved {Count} sessions; they are listed for administrators", zones.VersionId, moved);
    }

    /// <summary>At the start of a portal: what fails here is done by the job later.</summary>
    public async Task RunAtStartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync(cancellationToken);
        }
        catch (DbUpdateException e)
        {
            log.LogError(e, "The sessions could not be looked at for new zone data; the job will try again");
        }
    }

    private async Task<int> MoveAllAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var ahead = await db.Sessions.AsNoTracking()
            .Where(s => (s.State == SessionState.Confirmed || s.State == SessionState.Requested) && s.StartUtc > now)
            .Select(s => new { s.Id, s.StartUtc, s.LocalStart, s.TimeZone }).ToListAsync(cancellationToken);
        var waiting = ahead.Where(s => NewStart(s.LocalStart, s.TimeZone, s.StartUtc) is not null).OrderBy(s => s.StartUtc)
            .Select(s => s.Id).ToList();
        var count = waiting.Count;
        // One may be in the way of another that moves as well: whoever could not move tries again as long as some can.
        while (waiting.Count > 0)
        {
            var blocked = new List<Guid>();
            foreach (var id in waiting)
                if (await MoveAsync(id, collides: false, cancellationToken) == SessionOutcome.Taken)
                    blocked.Add(id);
            if (blocked.Count == waiting.Count)
                break;
            waiting = blocked;
        }
        foreach (var id in waiting)
            await MoveAsync(id, collides: true, cancellationToken);
        return count;
    }

    private async Task<SessionOutcome> MoveAsync(Guid id, bool collides, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        return await changes.RunAsync(id, async session =>
        {
            var now = clock.GetUtcNow();
            if (!session.State.HoldsItsTime() || session.StartUtc <= now
                || NewStart(session.LocalStart, session.TimeZone, session.StartUtc) is not { } start
                || await db.ClockRuleChanges.AnyAsync(c => c.SessionId == id && c.Version == zones.VersionId, cancellationToken))
                return SessionOutcome.Done;
            var old = session.StartUtc;
            if (!collides)
            {
                session.StartUtc = start;
                session.ExpiresUtc = session.ExpiresUtc > start ? start : session.ExpiresUtc;
                await TimeHold.SyncAsync(db, session, cancellationToken);
                // A tool that was told the time is asked again with the new one.
                await rooms.ChangeRoomAsync(session, cancellationToken, samePeople: true);
            }
            session.TimeSetUtc = now;
            session.Sequence++;
            db.ClockRuleChanges.Add(new ClockRuleChange
            {
                SessionId = id,
                Version = zones.VersionId,
                OldStartUtc = old,
                NewStartUtc = start,
                FoundUtc = now,
                Collides = collides,
            });
            mails.ClockRulesChanged(session, old, collides);
            return SessionOutcome.Done;
        }, cancellationToken);
    }

    /// <summary>Null where the session is at its wall clock, by one of the two readings of an hour that comes twice.</summary>
    private DateTimeOffset? NewStart(DateTime local, string zoneId, DateTimeOffset start)
    {
        if (zones.GetZoneOrNull(zoneId) is not { } zone)
            return null;
        var mapping = zone.MapLocal(LocalDateTime.FromDateTime(local));
        var at = Instant.FromDateTimeOffset(start);
        if (mapping.Count == 2 && (mapping.First().ToInstant() == at || mapping.Last().ToInstant() == at))
            return null;
        // In a gap the clock is put on: people come when it shows the time after it.
        var wanted = (mapping.Count > 0 ? mapping.First() : zone.AtLeniently(mapping.LocalDateTime)).ToInstant();
        return wanted == at ? null : wanted.ToDateTimeOffset();
    }

    private async Task NoteVersionAsync(CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var stored = await db.JobCheckpoints.FirstOrDefaultAsync(c => c.Name == Checkpoint, cancellationToken);
        if (stored is null)
            db.JobCheckpoints.Add(stored = new() { Name = Checkpoint });
        (stored.Version, stored.ReachedUtc) = (zones.VersionId, clock.GetUtcNow());
        await db.TrySaveAsync(cancellationToken); // Another portal started in the same moment, and noted the same.
    }

    /// <summary>While portals of two versions run side by side, the older one must not move everything back.</summary>
    private static bool IsOlder(string mine, string? stored) =>
        stored is not null && Release().Match(mine) is { Success: true } a && Release().Match(stored) is { Success: true } b
        && string.CompareOrdinal(a.Value, b.Value) < 0;

    [GeneratedRegex(@"^TZDB: \d{4}[a-z]+")]
    private static partial Regex Release();
}
