using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.AuditTrail;
using Portal.Data;
using Portal.Mail.Delivery;
using Portal.Mail.Queue;
using Portal.Mail.Rendering;

namespace Portal.Mail.Admin;

/// <param name="Subject">Null when the mail cannot be drawn.</param>
/// <param name="Failure">Why the last try came to nothing; a technical sentence in English.</param>
public sealed record MailListItem(
    Guid Id, string Kind, string ToName, string ToAddress, string? Subject, OutboxState State, DateTimeOffset CreatedUtc,
    DateTimeOffset? SentUtc, int Attempts, string? Failure)
{
    public bool IsRetrying => State == OutboxState.Waiting && Attempts > 0;
}

public sealed record MailListPage(IReadOnlyList<MailListItem> Items, bool HasMore);

/// <summary>What administrators see of the mails, and the one thing they can do with them.</summary>
public sealed class MailArchive(PortalDbContext db, MailContexts contexts, MailRenderer renderer, OutboxSignal signal, TimeProvider clock)
{
    public const int PageSize = 50;
    public const int MaxSearch = 256;

    /// <summary>Instead of one state: all that an administrator should look at.</summary>
    public const string Attention = "Attention";

    /// <summary>Given up, or perhaps not arrived.</summary>
    public static readonly IReadOnlyList<OutboxState> GivenUp = [OutboxState.Failed, OutboxState.InDoubt];

    /// <summary>In the audit trail. The dispatcher asks for it: a mail that was sent again has another day.</summary>
    public const string SentAgain = "mail.send-again";

    public const string TriedNow = "mail.try-now";

    /// <summary>More than a mail can have in a day and some.</summary>
    private const int MaxAttempts = 200;

    public static string AuditSubject(Guid id) => $"mail:{id}";

    /// <param name="state">The name of a state, <see cref="Attention"/>, or anything else for all.</param>
    /// <param name="page">From 1.</param>
    /// <param name="search">Part of a name or an address.</param>
    public async Task<MailListPage> ListAsync(string? state, string? search, int page, CancellationToken cancellationToken)
    {
        var mails = db.Outbox.AsNoTracking();
        if (state == Attention)
            mails = mails.Where(m => GivenUp.Contains(m.State) || m.State == OutboxState.Waiting && m.Attempts > 0);
        else if (Enum.TryParse<OutboxState>(state, out var one))
            mails = mails.Where(m => m.State == one);
        if (!string.IsNullOrWhiteSpace(search))
        {
            // PostgreSQL has no text with a NUL in it, and refuses the question.
            var part = search.Replace("\0", "").Trim().ToLowerInvariant();
            mails = mails.Where(m => m.ToAddress.ToLower().Contains(part) || m.ToName.ToLower().Contains(part));
        }
        // The id only decides between mails of the same moment, so that no page repeats one.
        var found = await mails.OrderByDescending(m => m.CreatedUtc).ThenBy(m => m.Id)
            .Skip((page - 1) * PageSize).Take(PageSize + 1)
            .ToListAsync(cancellationToken);
        return new([.. found.Take(PageSize).Select(m => new MailListItem(m.Id, m.Kind, m.ToName, m.ToAddress, SubjectOf(m), m.State,
            m.CreatedUtc, m.SentUtc, m.Attempts, m.State == OutboxState.Sent ? null : m.LastFailure))], found.Count > PageSize);
    }

    /// <summary>Also of a mail that was not sent yet: a subject needs none of the reader's links.</summary>
    private string? SubjectOf(OutboxMessage row)
    {
        if (row.Subject is not null)
            return row.Subject;
        var reader = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(row.Language);
            var model = MailKinds.Read(row.Kind, row.Model);
            return model.Subject(contexts.Sample(model, row.ToName, row.Language, row.TimeZone));
        }
        catch (MailCompositionException)
        {
            return null;
        }
        finally
        {
            CultureInfo.CurrentUICulture = reader;
        }
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

    /// <summary>Does not wait for the next try of a mail that was tried in vain; any other is left alone, and one that leaves.</summary>
    public async Task<bool> TryNowAsync(Guid id, Guid? actor, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var before = await db.Outbox.Where(m => m.Id == id).Select(m => m.DueUtc).SingleOrDefaultAsync(cancellationToken);
        var due = await db.Outbox
            .Where(m => m.Id == id && m.State == OutboxState.Waiting && m.Attempts > 0
                && (m.ClaimedUntilUtc == null || m.ClaimedUntilUtc < now))
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.DueUtc, now), cancellationToken);
        if (due == 0)
            return false;
        Audit.Note(db, now, actor, TriedNow, AuditSubject(id),
            AuditChanges.Write("DueUtc", before.ToString("o", CultureInfo.InvariantCulture), now.ToString("o", CultureInfo.InvariantCulture)));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signal.Set();
        return true;
    }

    /// <summary>Queues a mail anew that was given up or whose fate is unknown; any other is left alone. It has another day then.</summary>
    public async Task<bool> SendAgainAsync(Guid id, Guid? actor, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var before = await db.Outbox.Where(m => m.Id == id).Select(m => m.State).SingleOrDefaultAsync(cancellationToken);
        // By its state at this very moment: of two administrators who press at once, one has queued it, and it may be leaving.
        var queued = await db.Outbox.Where(m => m.Id == id && GivenUp.Contains(m.State))
            .ExecuteUpdateAsync(set => set
                .SetProperty(m => m.State, OutboxState.Waiting)
                .SetProperty(m => m.QueuedUtc, now)
                .SetProperty(m => m.DueUtc, now)
                .SetProperty(m => m.Attempts, 0)
                .SetProperty(m => m.ClaimedBy, (Guid?)null)
                .SetProperty(m => m.ClaimedUntilUtc, (DateTimeOffset?)null), cancellationToken);
        if (queued == 0)
            return false;
        Audit.Note(db, now, actor, SentAgain, AuditSubject(id), AuditChanges.Write("MailState", $"{before}", $"{OutboxState.Waiting}"));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signal.Set();
        return true;
    }
}
