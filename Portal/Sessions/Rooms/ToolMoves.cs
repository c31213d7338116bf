using Microsoft.EntityFrameworkCore;
using Portal.AuditTrail;
using Portal.Data;
using Portal.People;
using Portal.ProviderHost;

namespace Portal.Sessions.Rooms;

/// <summary>A session that is ahead, at a tool that is withdrawn.</summary>
public sealed record SessionAtTool(Guid Id, string Topic, string Mentor, DateTimeOffset StartUtc);

/// <summary>
/// What becomes of booked sessions when a tool is withdrawn: they are shown, and one press moves all of them to the default tool. That
/// is written down and done by a job, so that nobody waits for it and nothing is lost with a portal that ends.
/// </summary>
public sealed class ToolMoves(
    PortalDbContext db, MeetingProviders providers, IServiceScopeFactory scopes, TimeProvider clock, ILogger<ToolMoves> log)
{
    private const int AtOnce = 50;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    public Task<int> CountAsync(string providerId, CancellationToken cancellationToken) => At(providerId).CountAsync(cancellationToken);

    /// <summary>The next ones first.</summary>
    public async Task<IReadOnlyList<SessionAtTool>> ListAsync(string providerId, int max, CancellationToken cancellationToken) =>
        await At(providerId).OrderBy(s => s.StartUtc).ThenBy(s => s.Id).Take(max)
            .Select(s => new SessionAtTool(s.Id, s.Topic, s.Mentor.DisplayName, s.StartUtc)).ToListAsync(cancellationToken);

    /// <summary>The last one of this tool; null when none was asked for.</summary>
    public Task<ToolMove?> LastAsync(string providerId, CancellationToken cancellationToken) =>
        db.ToolMoves.AsNoTracking().Where(m => m.ProviderId == providerId).OrderByDescending(m => m.AskedUtc)
            .FirstOrDefaultAsync(cancellationToken);

    /// <summary>Asked twice while it is under way, it is one.</summary>
    public async Task AskAsync(string providerId, Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.IsAdmin || await db.ToolMoves.AnyAsync(m => m.ProviderId == providerId && m.DoneUtc == null, cancellationToken))
            return;
        var now = clock.GetUtcNow();
        db.ToolMoves.Add(new() { ProviderId = providerId, AskedUtc = now, AskedBy = caller.UserId });
        Audit.Note(db, now, caller.UserId, "tool.move-sessions", $"tool:{providerId}");
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Works at what was asked for; returns how many sessions were moved.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var moved = 0;
        var waiting = await db.ToolMoves.Where(m => m.DoneUtc == null).OrderBy(m => m.AskedUtc).Select(m => m.Id)
            .ToListAsync(cancellationToken);
        foreach (var id in waiting)
            moved += await RunAsync(id, cancellationToken);
        return moved;
    }

    private async Task<int> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var lease = now + Lease;
        // The claim: only one of several portals works at it.
        if (await db.ToolMoves.Where(m => m.Id == id && m.DoneUtc == null && (m.LeasedUtc == null || m.LeasedUtc <= now))
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.LeasedUtc, lease), cancellationToken) == 0)
            return 0;
        var move = await db.ToolMoves.AsNoTracking().SingleAsync(m => m.Id == id, cancellationToken);
        // It may have become the default tool since.
        var sessions = providers.DefaultTool == move.ProviderId ? [] : await At(move.ProviderId).OrderBy(s => s.StartUtc)
            .ThenBy(s => s.Id).Skip(move.Failed).Take(AtOnce).Select(s => s.Id).ToListAsync(cancellationToken);
        var (moved, failed) = (0, 0);
        foreach (var session in sessions)
            if (await MoveAsync(session, new(move.AskedBy, IsAdmin: true), cancellationToken))
                moved++;
            else
                failed++;
        DateTimeOffset? done = sessions.Count < AtOnce ? clock.GetUtcNow() : null;
        await db.ToolMoves.Where(m => m.Id == id).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.Moved, m => m.Moved + moved).SetProperty(m => m.Failed, m => m.Failed + failed)
            .SetProperty(m => m.LeasedUtc, (DateTimeOffset?)null).SetProperty(m => m.DoneUtc, done), cancellationToken);
        return moved;
    }

    /// <summary>Each in a scope of its own: one that fails leaves nothing behind for the next.</summary>
    private async Task<bool> MoveAsync(Guid session, Caller caller, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            var outcome = await scope.ServiceProvider.GetRequiredService<SessionRooms>()
                .UseDefaultToolAsync(session, caller, cancellationToken);
            return outcome == Changes.SessionOutcome.Done;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "Session {Session} could not be moved to the default tool", session);
            return false;
        }
    }

    private IQueryable<MentoringSession> At(string providerId)
    {
        var now = clock.GetUtcNow();
        return db.Sessions.AsNoTracking().Where(s =>
            (s.State == SessionState.Confirmed || s.State == SessionState.Requested) && s.StartUtc > now
            && s.Links.Any(l => l.RoomVersion == s.RoomVersion && l.ProviderAccount.ProviderId == providerId));
    }
}
