using Microsoft.EntityFrameworkCore;
using Portal.Data;

namespace Portal.Mail;

public sealed record MailListItem(
    Guid Id, string Kind, string ToName, string ToAddress, string? Subject, OutboxState State, DateTimeOffset CreatedUtc, DateTimeOffset? SentUtc);

public sealed record MailListPage(IReadOnlyList<MailListItem> Items, bool HasMore);

/// <summary>What administrators see of the mails, and the one thing they can do.</summary>
public sealed class MailArchive(PortalDbContext db, MailContexts contexts, MailRenderer renderer, TimeProvider clock)
{
    public const int PageSize = 50;

    /// <param name="page">From 1.</param>
    /// <param name="search">Part of a name or an address.</param>
    public async Task<MailListPage> ListAsync(OutboxState? state, string? search, int page, CancellationToken cancellationToken)
    {
        var mails = db.Outbox.AsNoTracking();
        if (state is not null)
            mails = mails.Where(m => m.State == state);
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

    /// <summary>Queues a mail anew that was given up or whose fate is unknown; any other is left alone.</summary>
    public async Task<bool> SendAgainAsync(Guid id, CancellationToken cancellationToken)
    {
        var row = await db.Outbox.SingleOrDefaultAsync(
            m => m.Id == id && (m.State == OutboxState.Failed || m.State == OutboxState.InDoubt), cancellationToken);
        if (row is null)
            return false;
        row.State = OutboxState.Waiting;
        row.DueUtc = clock.GetUtcNow();
        row.Attempts = 0;
        row.ClaimedBy = null;
        row.ClaimedUntilUtc = null;
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }
}
