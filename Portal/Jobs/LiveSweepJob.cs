using Portal.Sessions.Live;
using Quartz;

namespace Portal.Jobs;

/// <summary>Somebody waits, or a link is missing: people are told while it still helps.</summary>
[DisallowConcurrentExecution]
public sealed class LiveSweepJob(LiveSweep sweep) : IJob
{
    public static readonly JobKey Key = new("live");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await sweep.RunAsync(cancellationToken);
}
