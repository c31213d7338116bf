using Microsoft.Extensions.Diagnostics.HealthChecks;
using Quartz;

namespace Portal.Jobs;

/// <summary>Jobs run here, or are switched off here on purpose.</summary>
public sealed class JobsHealthCheck(IServiceProvider services) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (services.GetService<ISchedulerFactory>() is not { } schedulers)
            return HealthCheckResult.Healthy("Jobs are switched off in this portal.");
        var status = (await schedulers.GetScheduler(cancellationToken)).Status;
        return status == SchedulerStatus.Running
            ? HealthCheckResult.Healthy("Jobs run.")
            : HealthCheckResult.Unhealthy($"The scheduler is {status}.");
    }
}
