using Microsoft.EntityFrameworkCore;
using Portal.AuditTrail;
using Portal.Data;
using Portal.Mail.Delivery;
using Portal.Mail.Queue;
using Portal.Mail.Rendering;

namespace Portal.Mail.Admin;

public sealed record MailListItem(
    Guid Id, string Kind, string ToName, string ToAddress, string? Subject, OutboxState State, DateTimeOffset CreatedUtc,
    DateTimeOffset? SentUtc);

public sealed record MailListPage(IReadOnlyList<MailListItem> Items, bool HasMore);

/// <summary>What administrators see of the mails, and the one thing they can do with them.</summary>
public sealed class MailArchive(PortalDbContext db, MailContexts contexts, MailRenderer renderer, OutboxSignal signal, TimeProvider clock)
{
    public const int PageSize = 50;

    /// <summary>Instead of one state: all that an administrator should look at.</summary>
    public const string Attention = "Attention";

    /// <summary>Given up, or perhaps not arrived.</summary>
    public static readonly IReadOnlyList<OutboxState> NeedAttention = [OutboxState.Failed, OutboxState.InDoubt];

    /// <summary>In the audit trail. The dispatcher asks for it: a mail that was sent again has another day.</summary>
    public const string SentAgain = "mail.send-again";

    /// <summary>More than a mail can have in a day and some.</summary>
    private const int MaxAttempts = 200;

    public static string AuditSubject(Guid id) => $"mail:{id}";

    /// <param name="states">None for any.</param>
    /// <param name="page">From 1.</param>
    /// <param name="search">Part of a name or an address.</param>
    public async Task<MailListPage> ListAsync(
        IReadOnlyCollection<OutboxState> states, string? search, int page, CancellationToken cancellationToken)
    {
        var mails = db.Outbox.AsNoTracking();
        if (states.Count > 0)
            mails = mails.Where(m => states.Contains(m.State));
        if (!string.IsNullOrWhiteSpace(search))
        {
            // PostgreSQL has no text with a NUL in it, and refuses the question.
            var part = search.Replace("\0", "").Trim().ToLowerInvariant();
            mails = mails.Where(m => m.ToAddress.ToLower().Contains(part) || m.ToName.ToLower().Contains(part));
        }
        // The id only decides between mails of the same moment, so that no page repeats one.
        var found = await mails.OrderByDescending(m => m.CreatedUtc).ThenBy(m => m.Id)
            .Skip((page - 1) * PageSize).Take(PageSize + 1)
            .Select(m => new MailListItem(m.Id, m.Kind, m.ToName, m.ToAddress, m.Subject, m.State, m.CreatedUtc, m.SentUtc))
            .ToListAsync(cancellationToken);
        return new([.. found.Take(PageSize)], found.Count > PageSize);
    }

    public Task<OutboxMessage?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        db.Outbox.AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, cancellationToken);

    /// <summary>As the reader sees it, with dead links in place of the reader's own.</summary>
    /// <exception cref="MailCompositionException">When the mail cannot be drawn.</exception>
    public async Task<RenderedMail> RenderAsync(OutboxMessage row, CancellationToken cancellationToken)
    {
        var model = MailKinds.Read(row.Kind, row.Model);
        return await renderer.RenderAsync(model, await contexts.ForOthersAsync(row, model, cancellationToken));
    }

    /// <summary>Every try to hand it over, the last one first.</summary>
    public Task<List<MailAttempt>> AttemptsAsync(Guid id, CancellationToken cancellationToken) =>
        db.MailAttempts.AsNoTracking().Where(a => a.MailId == id).OrderByDescending(a => a.AtUtc).ThenByDescending(a => a.Id)
            .Take(MaxAttempts).ToListAsync(cancellationToken);

    /// <summary>Queues a mail anew that was given up or whose fate is unknown; any other is left alone. It has another day then.</summary>
    public async Task<bool> SendAgainAsync(Guid id, Guid? actor, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // By its state at this very moment: of two administrators who press at once, one has queued it, and it may be leaving.
        var queued = await db.Outbox.Where(m => m.Id == id && NeedAttention.Contains(m.State))
            .ExecuteUpdateAsync(set => set
                .SetProperty(m => m.State, OutboxState.Waiting)
                .SetProperty(m => m.QueuedUtc, now)
                .SetProperty(m => m.DueUtc, now)
                .SetProperty(m => m.Attempts, 0)
                .SetProperty(m => m.ClaimedBy, (Guid?)null)
                .SetProperty(m => m.ClaimedUntilUtc, (DateTimeOffset?)null), cancellationToken);
        if (queued == 0)
            return false;
        Audit.Note(db, now, actor, SentAgain, AuditSubject(id));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signal.Set();
        return true;
    }
}
