using Portal.Sessions.Recordings;
using Quartz;

namespace Portal.Jobs;

/// <summary>Fetches recordings that tools keep for a while. It may take long: one at a time.</summary>
[DisallowConcurrentExecution]
public sealed class RecordingsJob(RecordingFetch fetch) : IJob
{
    public static readonly JobKey Key = new("recordings");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await fetch.FetchDueAsync(cancellationToken);
}
