using Portal.Sessions.Live;
using Quartz;

namespace Portal.Jobs;

/// <summary>Closes sessions that are over.</summary>
[DisallowConcurrentExecution]
public sealed class CompletionJob(CompletionService completion) : IJob
{
    public static readonly JobKey Key = new("completion");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        while (await completion.CompleteAsync(cancellationToken) > 0)
            await Task.Yield();
    }
}
