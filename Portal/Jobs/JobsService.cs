using Quartz;

namespace Portal.Jobs;

/// <summary>
/// Starts and stops the scheduler. Quartz's own service may wait without end for a database that is gone; a portal that
/// is told to stop must stop.
/// </summary>
public sealed partial class JobsService(QuartzHostedService scheduler, ILogger<JobsService> log) : IHostedService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public Task StartAsync(CancellationToken cancellationToken) => scheduler.StartAsync(cancellationToken);

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
        [LoggerMessage(Level = LogLevel.Warning, Message = "The scheduler did not stop in time; another portal or the next start takes over what it left")]
        public static partial void NotStopped(ILogger log);
    }
}
