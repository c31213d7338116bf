using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Portal.Observability;

/// <summary>Whether this portal can work, asked at most every few seconds however many ask: each look goes to the database.</summary>
public sealed class Readiness(HealthCheckService checks, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim _one = new(1);
    private (HealthReport Report, DateTimeOffset At)? _last;

    /// <summary>Bad news is never old: whoever asks hears at once that it is better.</summary>
    public async Task<HealthReport> AskAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var now = clock.GetUtcNow();
            if (_last is { Report.Status: HealthStatus.Healthy } last && now >= last.At && now - last.At < Fresh)
                return last.Report;
            var report = await checks.CheckHealthAsync(check => check.Tags.Contains("ready"), cancellationToken);
            _last = (report, now);
            return report;
        }
        finally
        {
            _one.Release();
        }
    }
}
