using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Mail.Mime;

namespace Portal.Mail;

/// <summary>
/// Empties the outbox: claim, render, send, mark, with one commit for each mail. Any number of portals may do so at once;
/// a claim that runs out (its owner died) makes the row due again, and Message-ID and file name stay the same.
/// </summary>
public sealed partial class MailDispatcher(IServiceScopeFactory scopes, IMailSender sender, TimeProvider clock, ILogger<MailDispatcher> log)
{
    public const int BatchSize = 20;
    public static readonly TimeSpan ClaimTime = TimeSpan.FromMinutes(2);

    /// <summary>Within this time of a claim's end no other mail is begun: the rest is left to the next claim.</summary>
    private static readonly TimeSpan ClaimReserve = TimeSpan.FromSeconds(45);

    private readonly Guid _me = Guid.NewGuid();
    private int _running; // 0 no, 1 yes, 2 yes and again
    private bool _down;

    /// <summary>Sends all that is due. A call while one runs makes that one look again, and returns at once.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _running, 2) != 0)
            return;
        try
        {
            do
            {
                Interlocked.Exchange(ref _running, 1);
                while (await RunBatchAsync(cancellationToken))
                {
                }
            }
            while (Interlocked.CompareExchange(ref _running, 0, 1) != 1);
        }
        catch
        {
            Interlocked.Exchange(ref _running, 0);
            throw;
        }
    }

    /// <returns>True when there may be more.</returns>
    private async Task<bool> RunBatchAsync(CancellationToken cancellationToken)
    {
        var until = clock.GetUtcNow() + ClaimTime;
        List<Guid> claimed;
        await using (var scope = scopes.CreateAsyncScope())
            claimed = await scope.ServiceProvider.GetRequiredService<PortalDbContext>()
                .ClaimOutboxAsync(_me, clock.GetUtcNow(), until, BatchSize, cancellationToken);
        if (claimed.Count == 0)
            return false;

        var session = await sender.OpenAsync(cancellationToken);
        SendResult? broken = null;
        try
        {
            foreach (var id in claimed)
            {
                if (clock.GetUtcNow() > until - ClaimReserve)
                    break;
                if (broken is null && !session.SessionUsable)
                {
                    await session.DisposeAsync();
                    session = await sender.OpenAsync(cancellationToken);
                }
                // Once the way out is broken, the rest of the batch is put off without a try of its own.
                var result = await SendAsync(id, session, broken, cancellationToken);
                if (result is { Scope: SendScope.Connection or SendScope.Auth, Verdict: SendVerdict.Deferred or SendVerdict.NotAttempted })
                    broken = result;
            }
        }
        finally
        {
            await session.DisposeAsync();
            await ReleaseAsync(claimed);
        }
        Report(broken);
        return true;
    }

    private async Task<SendResult?> SendAsync(Guid id, IMailSession session, SendResult? broken, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        var row = await db.Outbox.AsNoTracking().SingleOrDefaultAsync(m => m.Id == id && m.ClaimedBy == _me && m.State == OutboxState.Waiting, cancellationToken);
        if (row is null)
            return null;

        var (result, subject) = broken is null
            ? await TrySendAsync(scope.ServiceProvider, row, session, cancellationToken)
            : (broken with { Recipients = [] }, row.Subject);
        // Also when the portal is just stopping: what was sent must be known as sent.
        if (result is null)
            await DropAsync(db, row);
        else
            await MarkAsync(db, row, result, subject, CancellationToken.None);
        return result;
    }

    /// <returns>No result for a mail that is not true any more.</returns>
    private async Task<(SendResult?, string?)> TrySendAsync(
        IServiceProvider services, OutboxMessage row, IMailSession session, CancellationToken cancellationToken)
    {
        (OutgoingMail Mail, string Subject)? composed;
        try
        {
            composed = await services.GetRequiredService<MailComposer>().ComposeAsync(row, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && !IsDatabase(e))
        {
            // A mail that cannot be made would fail for ever. Only our own messages are kept: others may quote the mail.
            var reason = e is MailCompositionException or MimeException ? e.Message : e.GetType().Name;
            Log.CannotCompose(log, e is MailCompositionException or MimeException ? null : e, row.Id, row.Kind, reason);
            return (new(SendVerdict.Rejected, SendScope.Message, SendStage.Content, $"The mail cannot be made. {reason}"), null);
        }
        return composed is var (mail, subject) ? (await session.SendAsync(mail, cancellationToken), subject) : (null, null);
    }

    private async Task MarkAsync(PortalDbContext db, OutboxMessage row, SendResult result, string? subject, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var attempts = row.Attempts + 1;
        var state = result.Verdict switch
        {
            SendVerdict.Accepted => OutboxState.Sent,
            SendVerdict.InDoubt => OutboxState.InDoubt,
            SendVerdict.Rejected => OutboxState.Failed,
            _ => MailRetry.IsTooLate(row, now) ? OutboxState.Failed : OutboxState.Waiting,
        };
        var sent = state == OutboxState.Sent ? now : (DateTimeOffset?)null;
        var due = state == OutboxState.Waiting ? now + MailRetry.Wait(attempts) : row.DueUtc;
        var failure = state == OutboxState.Sent ? null : Cut(MailRetry.Describe(result));
        var title = Cut(subject, 400);
        var marked = await db.Outbox.Where(m => m.Id == row.Id && m.ClaimedBy == _me && m.State == OutboxState.Waiting)
            .ExecuteUpdateAsync(set => set
                .SetProperty(m => m.State, state)
                .SetProperty(m => m.SentUtc, sent)
                .SetProperty(m => m.DueUtc, due)
                .SetProperty(m => m.Attempts, attempts)
                .SetProperty(m => m.Subject, title)
                .SetProperty(m => m.LastFailure, failure)
                .SetProperty(m => m.ClaimedBy, (Guid?)null)
                .SetProperty(m => m.ClaimedUntilUtc, (DateTimeOffset?)null), cancellationToken);
        if (marked == 0)
            Log.ClaimLost(log, row.Id);
    }

    private Task<int> DropAsync(PortalDbContext db, OutboxMessage row) =>
        db.Outbox.Where(m => m.Id == row.Id && m.ClaimedBy == _me && m.State == OutboxState.Waiting)
            .ExecuteUpdateAsync(set => set
                .SetProperty(m => m.State, OutboxState.Dropped)
                .SetProperty(m => m.LastFailure, (string?)null)
                .SetProperty(m => m.ClaimedBy, (Guid?)null)
                .SetProperty(m => m.ClaimedUntilUtc, (DateTimeOffset?)null));

    /// <summary>Rows of the batch that it did not come to are free at once.</summary>
    private async Task ReleaseAsync(List<Guid> claimed)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<PortalDbContext>().Outbox
                .Where(m => claimed.Contains(m.Id) && m.ClaimedBy == _me && m.State == OutboxState.Waiting)
                .ExecuteUpdateAsync(set => set
                    .SetProperty(m => m.ClaimedBy, (Guid?)null)
                    .SetProperty(m => m.ClaimedUntilUtc, (DateTimeOffset?)null));
        }
        catch (Exception e) when (IsDatabase(e))
        {
            // The claims run out by themselves; hiding the first failure behind this one would help nobody.
        }
    }

    /// <summary>Trouble with the way out is told once, not for every mail and every try.</summary>
    private void Report(SendResult? broken)
    {
        if (broken is not null && !_down)
            Log.Down(log, broken.Stage, broken.Text);
        else if (broken is null && _down)
            Log.Well(log);
        _down = broken is not null;
    }

    private static bool IsDatabase(Exception e) => e is DbException or DbUpdateException || e.InnerException is DbException;

    private static string? Cut(string? text, int most = 500) => text?.Length > most ? text[..most] : text;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Mail {MailId} ({Kind}) cannot be made and is given up: {Reason}")]
        public static partial void CannotCompose(ILogger log, Exception? exception, Guid mailId, string kind, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Mail {MailId} was sent or tried after its claim had run out; another dispatcher may have sent it, too")]
        public static partial void ClaimLost(ILogger log, Guid mailId);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Mails cannot leave and wait ({Stage}): {Reason}")]
        public static partial void Down(ILogger log, SendStage stage, string reason);

        [LoggerMessage(Level = LogLevel.Information, Message = "Mails leave again")]
        public static partial void Well(ILogger log);
    }
}
