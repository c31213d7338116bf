using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Portal.ProviderHost;

/// <summary>
/// One provider that works is enough to be ready; what is wrong with others is told without taking the portal out of service.
/// </summary>
public sealed class PluginsHealthCheck(MeetingProviders providers) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var all = providers.All;
        var states = all.GroupBy(p => p.Id).ToDictionary(g => g.Key, g => (object)g.First().State.ToString());
        var result = all switch
        {
            _ when !all.Any(p => p.State == PluginState.Active) =>
                HealthCheckResult.Unhealthy("No meeting provider is active.", data: states),
            _ when all.Any(p => p.IsBad) =>
                HealthCheckResult.Degraded("A plugin cannot be used.", data: states),
            _ => HealthCheckResult.Healthy(data: states),
        };
        return Task.FromResult(result);
    }
}
