using Microsoft.AspNetCore.Authorization;
using OpenTelemetry.Metrics;

namespace Portal.Observability;

/// <summary>
/// What the framework counts, for Prometheus or by OTLP. No traces: a span holds the request's path, and that of a join
/// link is a secret; metrics hold the route's template.
/// </summary>
public static class MetricsSetup
{
    private const string Path = "/metrics";

    private static readonly string[] Meters =
    [
        "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Routing", "Microsoft.AspNetCore.Diagnostics",
        "Microsoft.AspNetCore.RateLimiting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime", "Npgsql",
    ];

    public static void AddPortalMetrics(this IServiceCollection services, IConfiguration configuration)
    {
        var options = Read(configuration);
        if (!options.Prometheus && options.OtlpEndpoint is "")
            return;
        services.AddOpenTelemetry().WithMetrics(metrics =>
        {
            metrics.AddMeter(Meters);
            if (options.Prometheus)
                metrics.AddPrometheusExporter();
            if (Uri.TryCreate(options.OtlpEndpoint, UriKind.Absolute, out var endpoint))
                metrics.AddOtlpExporter(exporter => exporter.Endpoint = endpoint);
        });
    }

    /// <param name="app">The portal.</param>
    /// <param name="programs">Who may read them on the portal's own port.</param>
    public static void MapPortalMetrics(this WebApplication app, AuthorizationPolicy programs)
    {
        var options = Read(app.Configuration);
        if (options is { Prometheus: true, PrometheusPort: 0 })
            app.MapPrometheusScrapingEndpoint(Path).RequireAuthorization(programs).ExcludeFromDescription();
    }

    /// <summary>By the port that the connection came in on: the one in a request's Host header is only what the client says.</summary>
    public static void UsePortalMetrics(this WebApplication app)
    {
        var options = Read(app.Configuration);
        if (options is { Prometheus: true, PrometheusPort: > 0 })
            app.UseOpenTelemetryPrometheusScrapingEndpoint(
                http => http.Request.Path == Path && http.Connection.LocalPort == options.PrometheusPort);
    }

    /// <summary>As it is written: the start checks it together with all other sections, and names all errors.</summary>
    private static ObservabilityOptions Read(IConfiguration configuration) =>
        configuration.GetSection(ObservabilityOptions.Section).Get<ObservabilityOptions>() ?? new();
}
