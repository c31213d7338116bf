using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Mail.Admin;
using Portal.Mail.Queue;

namespace Portal.Pages.Admin;

/// <param name="Failed">Given up, or perhaps not arrived.</param>
/// <param name="Retrying">Tried in vain, and to be tried again.</param>
/// <param name="Late">Not tried although their time has come: nothing sends.</param>
/// <param name="SentToday">In the last 24 hours.</param>
public sealed record MailCounts(int Failed, int Retrying, int Late, int SentToday, DateTimeOffset? LastSentUtc)
{
    /// <summary>A mail that waits longer for its first try is not being sent.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public bool NeedAttention => Failed + Retrying + Late > 0;

    public static async Task<MailCounts> ReadAsync(PortalDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (late, yesterday) = (now - Patience, now.AddDays(-1));
        var waiting = db.Outbox.Where(m => m.State == OutboxState.Waiting);
        return new(
            await db.Outbox.CountAsync(m => MailArchive.GivenUp.Contains(m.State), cancellationToken),
            await waiting.CountAsync(m => m.Attempts > 0, cancellationToken),
            await waiting.CountAsync(m => m.Attempts == 0 && m.DueUtc < late, cancellationToken),
            await db.Outbox.CountAsync(m => m.State == OutboxState.Sent && m.SentUtc > yesterday, cancellationToken),
            await db.Outbox.Where(m => m.State == OutboxState.Sent).MaxAsync(m => m.SentUtc, cancellationToken));
    }
}
