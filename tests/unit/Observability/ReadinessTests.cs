using Microsoft.Extensions.Diagnostics.HealthChecks;
using Portal.Observability;
using Tests.Support;

namespace Tests.Observability;

public sealed class ReadinessTests
{
    [Fact]
    public async Task Good_news_is_kept_for_seconds_and_bad_news_is_asked_for_anew()
    {
        var (clock, checks) = (new TestClock(), new Counting());
        var readiness = new Readiness(checks, clock);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => readiness.AskAsync(default)));
        Assert.Equal(1, checks.Asked);
        clock.Advance(TimeSpan.FromSeconds(3));
        checks.Status = HealthStatus.Unhealthy;
        Assert.Equal(HealthStatus.Unhealthy, (await readiness.AskAsync(default)).Status);
        Assert.Equal(HealthStatus.Unhealthy, (await readiness.AskAsync(default)).Status);
        Assert.Equal(3, checks.Asked);
        checks.Status = HealthStatus.Healthy;
        Assert.Equal(HealthStatus.Healthy, (await readiness.AskAsync(default)).Status);
    }

    private sealed class Counting : HealthCheckService
    {
        public HealthStatus Status { get; set; } = HealthStatus.Healthy;

        public int Asked { get; private set; }

        public override Task<HealthReport> CheckHealthAsync(
            Func<HealthCheckRegistration, bool>? predicate, CancellationToken cancellationToken = default)
        {
            Asked++;
            return Task.FromResult(new HealthReport(new Dictionary<string, HealthReportEntry>
            {
                ["database"] = new(Status, null, TimeSpan.Zero, null, null),
            }, TimeSpan.Zero));
        }
    }
}
