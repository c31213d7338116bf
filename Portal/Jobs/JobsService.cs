using Quartz;

namespace Portal.Jobs;

/// <summary>
/// Starts and stops the scheduler. Quartz's own service may wait without end for a database that is gone; a portal that
/// is told to stop must stop.
/// </summary>
public sealed partial class JobsService(
    QuartzHostedService scheduler, ISchedulerFactory schedulers, ILogger<JobsService> log) : IHostedService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await scheduler.StartAsync(cancellationToken);
        await ForgetOldTriggersAsync(await schedulers.GetScheduler(cancellationToken), cancellationToken);
    }

    /// <summary>A database may hold triggers of an older portal; those would go on beside what the settings say now.</summary>
    private static async Task ForgetOldTriggersAsync(IScheduler scheduler, CancellationToken cancellationToken)
    {
        foreach (var job in PortalJobs.All)
        {
            foreach (var trigger in await scheduler.GetTriggersOfJob(job.Key, cancellationToken))
            {
                if (trigger.Key.Group == job.Trigger.Group && trigger.Key != job.Trigger
                    && trigger is not ISimpleTrigger { RepeatCount: 0 })
                    await scheduler.UnscheduleJob(trigger.Key, cancellationToken);
            }
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await scheduler.StopAsync(cancellationToken).WaitAsync(Patience, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            Log.NotStopped(log);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning,
            Message = "The scheduler did not stop in time; another portal or the next start takes over what it left")]
        public static partial void NotStopped(ILogger log);
    }
}
