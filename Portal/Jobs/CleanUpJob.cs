using Quartz;

namespace Portal.Jobs;

/// <summary>Deletes what has served its time.</summary>
[DisallowConcurrentExecution]
public sealed class CleanUpJob(Retention retention) : IJob
{
    public static readonly JobKey Key = new("clean-up");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await retention.RunAsync(cancellationToken);
}
