using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.Mail.Queue;
using Portal.Mail.Smtp;

namespace Portal.Mail.Delivery;

/// <summary>
/// Empties the outbox: claim, render, send, mark, with one commit for each mail. Any number of portals may do so at once;
/// a claim that runs out (its owner died) makes the row due again, and Message-ID and file name stay the same.
/// </summary>
public sealed partial class MailDispatcher(
    IServiceScopeFactory scopes, IMailSender sender, TimeProvider clock, IOptions<MailOptions> options, IOptions<SmtpOptions> smtp,
    ILogger<MailDispatcher> log)
{
    public static readonly TimeSpan ClaimTime = MailBatch.ClaimTime;

    private static readonly TimeSpan ClockCheck = TimeSpan.FromMinutes(1);

    private readonly MailThrottle _throttle = new(options.Value.PerMinute, clock);
    private readonly OddClaims _oddClaims = new(clock);
    private long? _clockChecked;
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
                await MendClockAsync(cancellationToken);
                await DrainAsync(cancellationToken);
            }
            while (Interlocked.CompareExchange(ref _running, 0, 1) != 1);
        }
        catch
        {
            Interlocked.Exchange(ref _running, 0);
            throw;
        }
    }

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        var run = new Run(Math.Min(smtp.Value.Connections, _throttle.UsefulConnections));
        await ConnectionAsync(run, 1, cancellationToken);
        if (run.Sent || run.Broken is not null)
            Report(run.Broken);
    }

    /// <summary>
    /// One batch after the other. Where one was full and a mail of it has left, another connection begins beside this one, as
    /// far as allowed; and nobody claims more once the way out is broken: what is due stays so until the next run.
    /// </summary>
    private async Task ConnectionAsync(Run run, int number, CancellationToken cancellationToken)
    {
        Task? beside = null;
        try
        {
            while (run.Broken is null)
            {
                await using var batch = new MailBatch(scopes, sender, _throttle, clock, log);
                var found = await batch.ClaimAsync(cancellationToken);
                if (found == 0)
                    return;
                await batch.SendAsync(through: () =>
                {
                    run.Sent = true;
                    if (found == MailBatch.Size && number < run.Max)
                        beside ??= Task.Run(() => ConnectionAsync(run, number + 1, cancellationToken), CancellationToken.None);
                }, cancellationToken);
                run.Broken ??= batch.Broken;
            }
        }
        finally
        {
            if (beside is not null)
                await beside;
        }
    }

    /// <summary>A clock that was set back leaves claims and waits that end far in the future. They must not hold mails up.</summary>
    private async Task MendClockAsync(CancellationToken cancellationToken)
    {
        if (_clockChecked is { } last && clock.GetElapsedTime(last).Duration() < ClockCheck)
            return;
        _clockChecked = clock.GetTimestamp();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        await _oddClaims.FreeAsync(db, cancellationToken);
        var now = clock.GetUtcNow();
        var never = now + MailRetry.MaxWait + ClockCheck;
        var soon = now + ClockCheck;
        await db.Outbox.Where(m => m.State == OutboxState.Waiting && m.DueUtc > never && (m.Attempts > 0 || m.CreatedUtc > soon))
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.DueUtc, now), cancellationToken);
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

    private sealed class Run(int max)
    {
        public int Max => max;

        public SendResult? Broken { get; set; }

        public bool Sent { get; set; }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Mails cannot leave and wait ({Stage}): {Reason}")]
        public static partial void Down(ILogger log, SendStage stage, string reason);

        [LoggerMessage(Level = LogLevel.Information, Message = "Mails leave again")]
        public static partial void Well(ILogger log);
    }
}
