using Portal.Sessions.Rooms;
using Quartz;

namespace Portal.Jobs;

/// <summary>Looks at the sessions of the next 24 hours for what would keep people from meeting.</summary>
[DisallowConcurrentExecution]
public sealed class PreflightJob(Preflight preflight) : IJob
{
    public static readonly JobKey Key = new("preflight");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await preflight.RunAsync(cancellationToken);
}
