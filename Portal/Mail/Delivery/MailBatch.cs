using Localization;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Mail.Mime;
using Portal.Mail.Queue;
using Portal.Mail.Rendering;

namespace Portal.Mail.Delivery;

/// <summary>
/// Some mails that are claimed together and leave over one connection, which is opened with the first that needs it. Each is
/// marked right after its own result, in a commit of its own.
/// </summary>
internal sealed partial class MailBatch(
    IServiceScopeFactory scopes, IMailSender sender, MailThrottle throttle, TimeProvider clock, ILogger log) : IAsyncDisposable
{
    public const int Size = 20;
    public static readonly TimeSpan ClaimTime = TimeSpan.FromMinutes(2);

    /// <summary>Within this time of the claim's end no other mail is begun: the rest is left to the next claim.</summary>
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(45);

    /// <summary>How long a mail that is just leaving may take once the portal is told to stop.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(10);

    /// <summary>Servers hang up on those who say nothing.</summary>
    private static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(5);

    /// <summary>Not the portal: what a dispatcher claims anew is another claim.</summary>
    private readonly Guid _claim = Guid.NewGuid();

    private readonly AsyncServiceScope _scope = scopes.CreateAsyncScope();
    private HashSet<string> _suppressed = [];
    private HashSet<string> _unwanted = [];
    private List<Guid> _mails = [];
    private IMailSession? _session;
    private long _begun;

    private PortalDbContext Db => field ??= _scope.ServiceProvider.GetRequiredService<PortalDbContext>();

    /// <summary>Why nothing can leave; null while it can.</summary>
    public SendResult? Broken { get; private set; }

    /// <returns>How many mails were found.</returns>
    public async Task<int> ClaimAsync(CancellationToken cancellationToken)
    {
        // How long the claim is ours is measured by the clock that nobody sets.
        _begun = clock.GetTimestamp();
        var now = clock.GetUtcNow();
        _mails = await Db.ClaimOutboxAsync(_claim, now, now + ClaimTime, Size, cancellationToken);
        return _mails.Count;
    }

    /// <param name="through">Called when a mail has left.</param>
    public async Task SendAsync(Action through, CancellationToken cancellationToken)
    {
        try
        {
            await ReadSuppressedAsync(cancellationToken);
            var breaks = 0;
            foreach (var id in _mails)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (Broken is null)
                    await WaitForTurnAsync(cancellationToken);
                if (clock.GetElapsedTime(_begun) > ClaimTime - Reserve)
                    break;
                var result = await SendAsync(id, cancellationToken);
                Db.ChangeTracker.Clear();
                if (result?.Verdict == SendVerdict.Accepted)
                    through();
                breaks = BreaksTheWay(result) ? breaks + 1 : 0;
                // One mail may break its connection by what is in it. When the next one fails as well, or the server cannot be
                // reached at all, it is the way: the rest of the batch is put off without a try of its own.
                if (breaks > 1 || (breaks == 1 && result!.Stage <= SendStage.Auth))
                    Broken ??= result;
            }
        }
        finally
        {
            await CloseAsync();
            await ReleaseAsync();
        }
    }

    public ValueTask DisposeAsync() => _scope.DisposeAsync();

    private static bool BreaksTheWay(SendResult? result) =>
        result is { Scope: SendScope.Connection or SendScope.Auth, Verdict: not SendVerdict.Accepted };

    private async Task WaitForTurnAsync(CancellationToken cancellationToken)
    {
        var wait = throttle.Take();
        if (wait > MaxSilence)
            await CloseAsync();
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, clock, cancellationToken);
    }

    /// <returns>Null when nothing was tried.</returns>
    private async Task<SendResult?> SendAsync(Guid id, CancellationToken cancellationToken)
    {
        // Read only now: what was claimed may be another's by now, or not true any more.
        var row = await Db.Outbox.AsNoTracking()
            .SingleOrDefaultAsync(m => m.Id == id && m.ClaimedBy == _claim && m.State == OutboxState.Waiting, cancellationToken);
        if (row is null)
            return null;
        if (Broken is not null)
        {
            await MarkAsync(row, Broken with { Verdict = SendVerdict.NotAttempted, Recipients = [] }, row.Subject, TimeSpan.Zero);
            return null;
        }
        if (row is { UserId: null, IsSample: false } && _unwanted.Contains(SuppressedAddress.Written(row.ToAddress)))
        {
            await DropAsync(row);
            return null;
        }
        if (_suppressed.Contains(SuppressedAddress.Written(row.ToAddress)))
        {
            await MarkAsync(row, new(SendVerdict.Rejected, SendScope.Recipient, SendStage.Recipient,
                Said.Of(nameof(SaidText.Suppressed))), row.Subject, TimeSpan.Zero);
            return null;
        }

        if (await ComposeAsync(row, cancellationToken) is not var (mail, subject))
            return null;
        var began = clock.GetTimestamp();
        var result = await HandOverAsync(mail, cancellationToken);
        await MarkAsync(row, result, subject, clock.GetElapsedTime(began));
        return result;
    }

    /// <returns>Null for a mail that cannot be made, or need not leave any more; the row says so.</returns>
    private async Task<(OutgoingMail Mail, string Subject)?> ComposeAsync(OutboxMessage row, CancellationToken cancellationToken)
    {
        try
        {
            if (await _scope.ServiceProvider.GetRequiredService<MailComposer>().ComposeAsync(row, cancellationToken) is { } composed)
                return composed;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && e.Database() is null)
        {
            // A mail that cannot be made would fail for ever. Only our own messages are kept: others may quote the mail.
            var reason = e is MailCompositionException or MimeException ? e.Message : e.GetType().Name;
            Log.CannotCompose(log, e is MailCompositionException or MimeException ? null : e, row.Id, row.Kind, reason);
            await MarkAsync(row, new(SendVerdict.Rejected, SendScope.Message, SendStage.Content,
                Said.Of(nameof(SaidText.CannotCompose), reason)), null, TimeSpan.Zero);
            return null;
        }
        await DropAsync(row);
        return null;
    }
}
