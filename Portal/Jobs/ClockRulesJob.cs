using Portal.Calendar;
using Quartz;

namespace Portal.Jobs;

/// <summary>Countries change their clocks; sessions keep the wall clock that people agreed on.</summary>
[DisallowConcurrentExecution]
public sealed class ClockRulesJob(ClockRules rules) : IJob
{
    public static readonly JobKey Key = new("clock-rules");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await rules.RunAsync(cancellationToken);
}
