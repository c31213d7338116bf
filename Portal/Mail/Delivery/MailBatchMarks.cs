using Localization;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Mail.Queue;

namespace Portal.Mail.Delivery;

// What is written of a try, and the connection that it goes over.
internal sealed partial class MailBatch
{
    /// <summary>For a database that goes away just when a mail has left: what is not marked would be sent twice.</summary>
    private static readonly TimeSpan[] MarkAgainAfter = [TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5)];

    /// <summary>Of the tries to reach one address.</summary>
    private const int MaxAsked = 100;

    private async Task<SendResult> HandOverAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        // A mail that is leaving is left alone when the portal stops, but never longer than it is ours.
        using var enough = new CancellationTokenSource(ClaimTime - Reserve / 2 - clock.GetElapsedTime(_begun), clock);
        await using var stopping = cancellationToken.Register(() => enough.CancelAfter(Farewell));
        try
        {
            if (_session is not { SessionUsable: true })
            {
                await CloseAsync();
                _session = await sender.OpenAsync(enough.Token);
            }
            return await _session.SendAsync(mail, enough.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await CloseAsync();
            return new(SendVerdict.Deferred, SendScope.Connection, SendStage.Connect, Said.Of(nameof(SaidText.TookTooLong)));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A mistake of ours. Whether the mail has left is not known, and the others behind it must not wait for the repair.
            Log.SenderFailed(log, e, mail.Id);
            await CloseAsync();
            return new(SendVerdict.InDoubt, SendScope.Message, SendStage.Content,
                Said.Of(nameof(SaidText.PortalFailed), e.GetType().Name));
        }
    }

    private async Task MarkAsync(OutboxMessage row, SendResult result, string? subject, TimeSpan took)
    {
        var now = clock.GetUtcNow();
        var tries = MailAttempt.AllOf(row, result, now, took);
        var own = tries.FirstOrDefault(t => string.Equals(t.Recipient, row.ToAddress, StringComparison.OrdinalIgnoreCase)) ?? tries[0];
        var state = MailRetry.StateAfter(own.Verdict, own.Scope);
        if (state == OutboxState.Waiting && IsTooLate(row, now))
            state = OutboxState.Failed;
        row.Attempts++;
        if (state == OutboxState.Waiting)
            row.DueUtc = now + MailRetry.Wait(row.Attempts, own.Scope);
        row.State = state;
        row.SentUtc = state == OutboxState.Sent ? now : null;
        row.Subject = subject is null ? null : MailRetry.Clean(subject, 400);
        row.LastFailure = state == OutboxState.Sent ? null : MailRetry.Describe(own);
        await PersistAsync(db => WriteAsync(db, row, tries));
        if (MailRetry.MeansNoSuchAddress(own) || MailRetry.MayMeanNoSuchAddress(own) && await IsRefusedAloneAsync(row, now))
            await SuppressAsync(row, own);
    }

    /// <summary>The mark and the log of the try in one commit and one trip to the database.</summary>
    private async Task WriteAsync(PortalDbContext db, OutboxMessage row, List<MailAttempt> tries)
    {
        // A mail that has left is marked so, whoever has a claim on it by now.
        var over = row.State is OutboxState.Sent or OutboxState.InDoubt ? 1 : 0;
        var written = await db.MarkMailAsync($"""
            UPDATE outbox_messages SET state = {row.State.ToString()}, sent_utc = {row.SentUtc}, due_utc = {row.DueUtc}, attempts = {row.Attempts},
                subject = {row.Subject}, last_failure = {row.LastFailure}, claimed_by = NULL, claimed_until_utc = NULL
            WHERE id = {row.Id} AND state = {nameof(OutboxState.Waiting)} AND (claimed_by = {_claim} OR {over} = 1)
            """, tries, CancellationToken.None); // Also when the portal is just stopping: what was sent must be known as sent.
        if (written == tries.Count)
            Log.ClaimLost(log, row.Id);
    }

    /// <summary>A day after it was queued; but not before a second try.</summary>
    private static bool IsTooLate(OutboxMessage row, DateTimeOffset now) =>
        row.Attempts > 0 && row.QueuedUtc <= now - MailRetry.GiveUpAfter;

    private Task DropAsync(OutboxMessage row) => PersistAsync(db =>
        db.Outbox.Where(m => m.Id == row.Id && m.ClaimedBy == _claim && m.State == OutboxState.Waiting)
            .ExecuteUpdateAsync(set => set
                .SetProperty(m => m.State, OutboxState.Dropped)
                .SetProperty(m => m.LastFailure, (string?)null)
                .SetProperty(m => m.ClaimedBy, (Guid?)null)
                .SetProperty(m => m.ClaimedUntilUtc, (DateTimeOffset?)null)));

    /// <summary>
    /// Whether a bare refusal is about the address: another mail to it was refused on a day before, it has had none since, and
    /// somebody else has. A server that takes nothing from us, for days even, costs nobody an address.
    /// </summary>
    private async Task<bool> IsRefusedAloneAsync(OutboxMessage row, DateTimeOffset now)
    {
        var address = SuppressedAddress.Written(row.ToAddress);
        var tries = Db.MailAttempts.AsNoTracking();
        var own = await tries.Where(a => a.MailId != row.Id && a.Recipient.ToLower() == address).OrderByDescending(a => a.AtUtc)
            .Take(MaxAsked).ToListAsync();
        var first = own.TakeWhile(a => a.Verdict != SendVerdict.Accepted).LastOrDefault(MailRetry.MayMeanNoSuchAddress);
        return first is not null && first.AtUtc <= now - TimeSpan.FromDays(1)
            && await tries.AnyAsync(a => a.Verdict == SendVerdict.Accepted && a.AtUtc > first.AtUtc);
    }

    /// <summary>In a commit of its own: were it lost, the next mail would be refused as well.</summary>
    private async Task SuppressAsync(OutboxMessage row, MailAttempt refusal)
    {
        var address = SuppressedAddress.Written(row.ToAddress);
        // Of somebody who has left, nothing is kept; and no other mail will go there.
        var hasLeft = _scope.ServiceProvider.GetRequiredService<ReaderHasLeft>();
        if (row.UserId is { } reader && await hasLeft(reader) || !_suppressed.Add(address))
            return;
        Db.SuppressedAddresses.Add(new()
        {
            Address = address,
            SinceUtc = clock.GetUtcNow(),
            MailId = row.Id,
            Reason = MailRetry.Describe(refusal)
        });
        // Else another connection was told the same in the same moment.
        if (await Db.TrySaveAsync(CancellationToken.None))
            Log.Suppressed(log, row.Id);
    }

    private async Task ReadSuppressedAsync(CancellationToken cancellationToken)
    {
        var addresses = await Db.Outbox.Where(m => _mails.Contains(m.Id)).Select(m => m.ToAddress).ToListAsync(cancellationToken);
        var written = addresses.Select(SuppressedAddress.Written).Distinct().ToList();
        var listed = await Db.SuppressedAddresses.AsNoTracking().Where(a => written.Contains(a.Address)).ToListAsync(cancellationToken);
        _suppressed = [.. listed.Where(a => !a.IsWish).Select(a => a.Address)];
        _unwanted = [.. listed.Where(a => a.IsWish).Select(a => a.Address)];
    }

    private async Task PersistAsync(Func<PortalDbContext, Task> write)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                await using var fresh = i == 0 ? default(AsyncServiceScope?) : scopes.CreateAsyncScope();
                await write(fresh?.ServiceProvider.GetRequiredService<PortalDbContext>() ?? Db);
                return;
            }
            catch (Exception e) when (i > 0 && Db.IsDuplicateKey(e))
            {
                return; // It was written before; only the database's word that it was had been lost.
            }
            catch (Exception e) when (i < MarkAgainAfter.Length && Db.IsTransient(e))
            {
                await Task.Delay(MarkAgainAfter[i]);
            }
        }
    }

    /// <summary>Rows that it did not come to are free at once.</summary>
    private async Task ReleaseAsync()
    {
        try
        {
            await Db.Outbox.Where(m => _mails.Contains(m.Id) && m.ClaimedBy == _claim && m.State == OutboxState.Waiting)
                .ExecuteUpdateAsync(set => set
                    .SetProperty(m => m.ClaimedBy, (Guid?)null)
                    .SetProperty(m => m.ClaimedUntilUtc, (DateTimeOffset?)null));
        }
        catch (Exception e) when (e.Database() is not null)
        {
            // The claims run out by themselves; hiding the first failure behind this one would help nobody.
        }
    }

    private async Task CloseAsync()
    {
        if (_session is { } session)
        {
            _session = null;
            await session.DisposeAsync();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Mail {MailId} ({Kind}) cannot be made and is given up: {Reason}")]
        public static partial void CannotCompose(ILogger log, Exception? exception, Guid mailId, string kind, string reason);

        [LoggerMessage(Level = LogLevel.Error, Message = "Sending mail {MailId} failed in a way that it must not")]
        public static partial void SenderFailed(ILogger log, Exception exception, Guid mailId);

        [LoggerMessage(Level = LogLevel.Warning,
            Message = "Mail {MailId} was sent or tried after its claim had run out; another dispatcher may have sent it, too")]
        public static partial void ClaimLost(ILogger log, Guid mailId);

        [LoggerMessage(Level = LogLevel.Warning,
            Message = "Mail {MailId} was refused for good, and no other goes to its address until an administrator says so")]
        public static partial void Suppressed(ILogger log, Guid mailId);
    }
}
