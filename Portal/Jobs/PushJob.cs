using Portal.People.Push;
using Portal.Sessions.Live;
using Quartz;

namespace Portal.Jobs;

/// <summary>Tells browsers that somebody is there, and hands that to the push services.</summary>
public sealed class PushJob(ArrivalPush arrivals, PushSender sender) : IJob
{
    public static readonly JobKey Key = new("push");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        await arrivals.RunAsync(cancellationToken);
        await sender.SendDueAsync(cancellationToken);
    }
}
