using Microsoft.Extensions.Diagnostics.HealthChecks;
using Quartz;

namespace Portal.Jobs;

/// <summary>Jobs run here, or are switched off here on purpose. A scheduler that says it runs and lets every time pass does not.</summary>
public sealed class JobsHealthCheck(IServiceProvider services, IServiceScopeFactory scopes) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (services.GetService<ISchedulerFactory>() is not { } schedulers)
            return HealthCheckResult.Healthy("Jobs are switched off in this portal.");
        var status = (await schedulers.GetScheduler(cancellationToken)).Status;
        if (status != SchedulerStatus.Running)
            return HealthCheckResult.Unhealthy($"The scheduler is {status}.");
        await using var scope = scopes.CreateAsyncScope();
        // By the scheduler's own clock.
        var jobs = await scope.ServiceProvider.GetRequiredService<JobOverview>()
            .AllAsync(TimeProvider.System.GetUtcNow(), cancellationToken);
        var overdue = jobs.Where(j => j.Health == JobHealth.Overdue).Select(j => j.Job.Key.Name).ToList();
        return overdue.Count == 0
            ? HealthCheckResult.Healthy("Jobs run.")
            : HealthCheckResult.Unhealthy($"Nobody runs jobs that are overdue: {string.Join(", ", overdue)}.");
    }
}
