using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Mail.Queue;

namespace Portal.Mail.Delivery;

/// <summary>
/// Claims that end later than any claim can: they were made before the clock was set back. Nobody holds one for longer than
/// <see cref="MailBatch.ClaimTime"/> by a clock that nobody sets; so one that still stands after that time has lost its owner
/// and is taken away, while the claim of somebody who lives (and whose clock may be the right one) is left alone.
/// </summary>
internal sealed class OddClaims(TimeProvider clock)
{
    private const int Max = 1000;
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);
    private Dictionary<(Guid Mail, Guid? Claim), long> _seen = [];

    public async Task FreeAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var longest = now + MailBatch.ClaimTime + Slack;
        var odd = await db.Outbox.Where(m => m.State == OutboxState.Waiting && m.ClaimedUntilUtc > longest)
            .OrderBy(m => m.Id).Take(Max).Select(m => new { m.Id, m.ClaimedBy }).ToListAsync(cancellationToken);
        _seen = odd.ToDictionary(m => (m.Id, m.ClaimedBy), m => _seen.GetValueOrDefault((m.Id, m.ClaimedBy), clock.GetTimestamp()));
        foreach (var claim in _seen.Where(s => clock.GetElapsedTime(s.Value) > MailBatch.ClaimTime)
            .GroupBy(s => s.Key.Claim, s => s.Key.Mail))
        {
            var mails = claim.ToList();
            await db.Outbox.Where(m => mails.Contains(m.Id) && m.ClaimedBy == claim.Key && m.State == OutboxState.Waiting)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.ClaimedBy, (Guid?)null)
                    .SetProperty(m => m.ClaimedUntilUtc, (DateTimeOffset?)null), cancellationToken);
        }
    }
}
