using Microsoft.EntityFrameworkCore;
using Portal.AuditTrail;
using Portal.Data;

namespace Portal.Jobs;

/// <summary>Deletes keys of tickets that were followed by another, when no session is left that they may have signed for.</summary>
public sealed class TicketKeyRetention(PortalDbContext db, TimeProvider clock)
{
    /// <summary>Links in mails are followed for a while after a session, too, and are told that it is over.</summary>
    private static readonly TimeSpan AfterTheLast = TimeSpan.FromDays(30);

    /// <summary>Another portal may sign with the old key for a minute more, and clocks differ.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(1);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var keys = await db.TicketKeys.OrderBy(k => k.CreatedUtc).ThenBy(k => k.Id).ToListAsync(cancellationToken);
        var before = clock.GetUtcNow() - AfterTheLast;
        var gone = 0;
        foreach (var (old, next) in keys.Zip(keys.Skip(1)))
        {
            var until = next.CreatedUtc + Overlap;
            if (clock.GetUtcNow() < until
                || await db.Sessions.AnyAsync(s => s.CreatedUtc <= until && s.StartUtc > before, cancellationToken))
                continue;
            db.TicketKeys.Remove(old);
            Audit.Note(db, clock.GetUtcNow(), null, "keys.delete-tickets", $"ticket-key:{old.Id}");
            gone++;
        }
        // Another portal may have done the same.
        await db.TrySaveAsync(cancellationToken);
        return gone;
    }
}
