using Portal.Mail.Queue;
using Quartz;

namespace Portal.Jobs;

/// <summary>Has the scheduler send mails as soon as some are committed, instead of at the next sweep.</summary>
public sealed partial class OutboxWaker(OutboxSignal signal, ISchedulerFactory schedulers, ILogger<OutboxWaker> log) : BackgroundService
{
    /// <summary>A thousand bookings a second still make only a few triggers.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await WakeOnSignalsAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Also when the start failed before it was complete, which the host would call a crash of this service.
        }
    }

    private async Task WakeOnSignalsAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await signal.WaitAsync(stoppingToken);
            try
            {
                // Kept in the database: a scheduler that is only about to run finds it, too.
                await (await schedulers.GetScheduler(stoppingToken)).TriggerJob(OutboxJob.Key, null, stoppingToken);
            }
            catch (SchedulerException e)
            {
                // The database is away, say. The rows are safe, and the sweep finds them.
                Log.NotWoken(log, e.GetType().Name);
            }
            await Task.Delay(Pause, stoppingToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The outbox job could not be woken ({Reason}); mails leave with the next sweep")]
        public static partial void NotWoken(ILogger log, string reason);
    }
}
