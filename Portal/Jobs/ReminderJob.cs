using Portal.Sessions.Reminders;
using Quartz;

namespace Portal.Jobs;

/// <summary>Queues the reminders that have fallen due.</summary>
[DisallowConcurrentExecution]
public sealed class ReminderJob(ReminderService reminders) : IJob
{
    public static readonly JobKey Key = new("reminders");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await reminders.SweepAsync(cancellationToken);
}
