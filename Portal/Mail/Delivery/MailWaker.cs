using Microsoft.Extensions.Options;
using Portal.Mail.Queue;

namespace Portal.Mail.Delivery;

/// <summary>Sends mails as soon as this portal has committed some, also where no jobs run; the jobs send those that had to wait.</summary>
public sealed partial class MailWaker(
    OutboxSignal signal, MailDispatcher dispatcher, IHostApplicationLifetime lifetime, IOptions<MailOptions> options,
    ILogger<MailWaker> log) : BackgroundService
{
    /// <summary>A thousand bookings a second still make only a few looks at the outbox.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.AtOnce)
            return;
        try
        {
            // A start that is refused in the end sends nothing: its settings are wrong, and mails that cannot be made are given up.
            await StartedAsync(stoppingToken);
            while (true)
            {
                // First what a portal that died has left behind.
                await SendAsync(stoppingToken);
                await Task.Delay(Pause, stoppingToken);
                await signal.WaitAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Also when the start failed before it was complete, which the host would call a crash of this service.
        }
    }

    private async Task StartedAsync(CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource();
        await using var told = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellationToken);
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        try
        {
            await dispatcher.RunAsync(cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // The database is away, say. The rows are safe, and the sweep finds them.
            Log.NotSent(log, e.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The outbox could not be read ({Reason}); mails leave with the next sweep")]
        public static partial void NotSent(ILogger log, string reason);
    }
}
