using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.ProviderHost;
using Portal.Sessions.Live;
using Providers;

namespace Portal.Sessions.Rooms;

/// <summary>Asks the tools that keep records who was there, after the end and until they have written them.</summary>
public sealed class MeetingAttendance(
    PortalDbContext db, RemoteMeetings remote, ToolSigns signs, MentorToolAccounts accounts, TimeProvider clock,
    ILogger<MeetingAttendance> log)
{
    private const int AtOnce = 20;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>Tools write their records once everybody has gone.</summary>
    internal static readonly TimeSpan AfterTheEnd = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan GivesUpAfter = TimeSpan.FromHours(36);

    /// <summary>Works off what is due; returns how many meetings were asked about.</summary>
    public async Task<int> ReadDueAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var due = await db.MeetingLinks.Where(l => l.AttendanceDueUtc <= now).OrderBy(l => l.AttendanceDueUtc).Select(l => l.Id)
            .Take(AtOnce).ToListAsync(cancellationToken);
        foreach (var id in due)
        {
            // The claim: only one of several portals moves the due time from what both have read.
            var lease = now + Lease;
            if (await db.MeetingLinks.Where(l => l.Id == id && l.AttendanceDueUtc <= now)
                .ExecuteUpdateAsync(set => set.SetProperty(l => l.AttendanceDueUtc, lease), cancellationToken) == 0)
                continue;
            var link = await db.MeetingLinks.AsNoTracking().Include(l => l.ProviderAccount).Include(l => l.Session)
                .SingleAsync(l => l.Id == id, cancellationToken);
            var next = await AskAsync(link, cancellationToken);
            db.ChangeTracker.Clear();
            await db.MeetingLinks.Where(l => l.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(l => l.AttendanceDueUtc, next), cancellationToken);
        }
        return due.Count;
    }

    /// <summary>Returns when to ask again; null when that is over.</summary>
    private async Task<DateTimeOffset?> AskAsync(MeetingLink link, CancellationToken cancellationToken)
    {
        var (now, session, tool) = (clock.GetUtcNow(), link.Session, link.ProviderAccount.ProviderId);
        var wasHeldHere = link.RoomVersion == session.RoomVersion
            && session.State is SessionState.Confirmed or SessionState.Completed or SessionState.Missed;
        if (!wasHeldHere || !remote.KnowsAttendance(link.ProviderAccount)
            || await accounts.HandleAsync(link, session.MentorId, cancellationToken) is not { } handle)
            return null;
        if (now < session.EndUtc + AfterTheEnd)
            return session.EndUtc + AfterTheEnd;
        try
        {
            if (await remote.AttendanceAsync(link.ProviderAccount, handle, cancellationToken) is { } found)
            {
                await signs.WriteAsync(tool, found, cancellationToken);
                return null;
            }
        }
        catch (ProviderException e)
        {
            log.LogWarning("{Provider} does not say who was at session {Session}: {Failure}", tool, session.Id, e.Failure);
            if (e.RetryAfter is { } wait && now + wait < session.EndUtc + GivesUpAfter)
                return now + wait;
        }
        // Twice as long after the end each time: records come within minutes or within a day.
        var next = session.EndUtc + 2 * (now - session.EndUtc);
        return next < session.EndUtc + GivesUpAfter ? next : null;
    }
}
