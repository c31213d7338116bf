using Portal.Calendar;
using Quartz;

namespace Portal.Jobs;

/// <summary>Reads the calendars of mentors that are due.</summary>
[DisallowConcurrentExecution]
public sealed class BusyCalendarJob(BusyCalendars calendars) : IJob
{
    public static readonly JobKey Key = new("busy-calendars");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        while (await calendars.ReadDueAsync(cancellationToken) > 0)
            await Task.Yield();
    }
}
