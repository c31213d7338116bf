using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.ProviderHost;
using Providers;

namespace Portal.Sessions.Rooms;

/// <summary>
/// Has meetings ended at their providers that nobody needs any more: of sessions that were cancelled or are over, and of
/// rooms that others took the place of. That is written with the change itself and done by a job, so that nobody waits for it.
/// </summary>
public sealed class MeetingEnds(
    PortalDbContext db, MeetingProviders providers, MentorToolAccounts accounts, TimeProvider clock, ILogger<MeetingEnds> log)
{
    private const int AtOnce = 50;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan MaxWait = TimeSpan.FromHours(2);
    private static readonly TimeSpan MaxAge = TimeSpan.FromDays(1);

    /// <summary>Some tools (Teams) delete who was there along with the meeting, so that is read first; but not for ever.</summary>
    private static readonly TimeSpan MaxWaitForAttendance = TimeSpan.FromHours(6);

    /// <summary>The session's room as it was read: what a change is compared with.</summary>
    public sealed record Room(Guid SessionId, int Version, bool IsNeeded)
    {
        public static Room Of(MentoringSession session) => new(session.Id, session.RoomVersion, session.State.HoldsItsTime());
    }

    /// <summary>Adds what a change has made superfluous to its unit of work.</summary>
    public async Task AddAsync(IEnumerable<Room> before, IEnumerable<MentoringSession> now, CancellationToken cancellationToken)
    {
        var rooms = now.Select(Room.Of).ToDictionary(r => r.SessionId);
        foreach (var old in before.Where(r => r.IsNeeded && rooms[r.SessionId] != r))
        {
            // Also of a meeting that is only being made: the job sees what became of it.
            var links = await db.MeetingLinks.Where(l => l.SessionId == old.SessionId && l.RoomVersion == old.Version)
                .Select(l => l.Id).ToListAsync(cancellationToken);
            var at = clock.GetUtcNow();
            db.MeetingEnds.AddRange(links.Select(id => new MeetingEnd { LinkId = id, CreatedUtc = at, DueUtc = at }));
        }
    }

    /// <summary>Works off what is due; returns how many meetings were tried.</summary>
    public async Task<int> EndDueAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var due = await db.MeetingEnds.Where(e => e.DueUtc <= now).OrderBy(e => e.DueUtc)
            .Select(e => e.LinkId).Take(AtOnce).ToListAsync(cancellationToken);
        var tried = 0;
        foreach (var id in due)
        {
            // The claim: only one of several portals moves the due time from what both have read.
            var lease = now + Lease;
            if (await db.MeetingEnds.Where(e => e.LinkId == id && e.DueUtc <= now)
                .ExecuteUpdateAsync(set => set.SetProperty(e => e.DueUtc, lease), cancellationToken) == 0)
                continue;
            var end = await db.MeetingEnds.Include(e => e.Link).ThenInclude(l => l.ProviderAccount)
                .Include(e => e.Link).ThenInclude(l => l.Session).SingleAsync(e => e.LinkId == id, cancellationToken);
            await TryAsync(end, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            db.ChangeTracker.Clear();
            tried++;
        }
        return tried;
    }

    private async Task TryAsync(MeetingEnd end, CancellationToken cancellationToken)
    {
        var link = end.Link;
        if (link.State == MeetingLinkState.Pending)
        {
            Wait(end, null);
            return;
        }
        if (link.Handle is null || await IsUsedAgainAsync(link, cancellationToken))
        {
            db.MeetingEnds.Remove(end);
            return;
        }
        var now = clock.GetUtcNow();
        if (link.AttendanceDueUtc is { } asked && link.Session.State is SessionState.Completed or SessionState.Missed
            && link.RoomVersion == link.Session.RoomVersion && now < end.CreatedUtc + MaxWaitForAttendance)
        {
            end.DueUtc = (asked > now ? asked : now) + Lease;
            return;
        }
        try
        {
            var handle = await accounts.HandleAsync(link, link.Session.MentorId, cancellationToken);
            await providers.EndAsync(link.ProviderAccount, handle!, cancellationToken);
            db.MeetingEnds.Remove(end);
        }
        catch (ProviderException e) when (e.Failure == ProviderFailure.NotFound)
        {
            db.MeetingEnds.Remove(end);
        }
        catch (ProviderException e)
        {
            log.LogWarning("A meeting of session {Session} could not be ended at {Provider}: {Failure}",
                link.SessionId, link.ProviderAccount.ProviderId, e.Failure);
            Wait(end, e.RetryAfter);
        }
    }

    /// <summary>A provider may have named the room of another version alike.</summary>
    private Task<bool> IsUsedAgainAsync(MeetingLink link, CancellationToken cancellationToken) => db.MeetingLinks.AnyAsync(
        l => l.SessionId == link.SessionId && l.Id != link.Id && l.Handle == link.Handle && l.RoomVersion == l.Session.RoomVersion
            && (l.Session.State == SessionState.Requested || l.Session.State == SessionState.Confirmed), cancellationToken);

    /// <summary>One minute, two, four and so on; after a day the meeting is left to lapse by itself.</summary>
    private void Wait(MeetingEnd end, TimeSpan? asked)
    {
        var now = clock.GetUtcNow();
        if (now - end.CreatedUtc >= MaxAge)
        {
            log.LogError("A meeting of session {Session} was not ended within a day; it stays at {Provider}",
                end.Link.SessionId, end.Link.ProviderAccount.ProviderId);
            db.MeetingEnds.Remove(end);
            return;
        }
        var doubled = TimeSpan.FromMinutes(Math.Pow(2, Math.Min(end.Attempts++, 10)));
        var wait = doubled > MaxWait ? MaxWait : doubled;
        end.DueUtc = now + (asked > wait ? asked.Value : wait);
    }
}
