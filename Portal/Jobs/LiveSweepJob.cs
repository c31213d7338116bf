using Portal.Sessions.Live;
using Quartz;

namespace Portal.Jobs;

/// <summary>Somebody waits, or a link is missing: people are told while it still helps. Meetings at their limit are ended.</summary>
[DisallowConcurrentExecution]
public sealed class LiveSweepJob(LiveSweep sweep, MeetingLimits limits) : IJob
{
    public static readonly JobKey Key = new("live");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        await limits.RunAsync(cancellationToken);
        await sweep.RunAsync(cancellationToken);
    }
}
