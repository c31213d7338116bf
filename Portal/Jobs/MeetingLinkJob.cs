using Portal.Sessions.Rooms;
using Quartz;

namespace Portal.Jobs;

/// <summary>
/// Makes meetings that are still pending, those of providers that talk to a server and those that failed before; and ends
/// those that nobody needs any more.
/// </summary>
public sealed class MeetingLinkJob(MeetingLinks links, MeetingEnds ends) : IJob
{
    public static readonly JobKey Key = new("meeting-links");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        await links.MakePendingAsync(cancellationToken);
        await ends.EndDueAsync(cancellationToken);
    }
}
