using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Console;
using Portal.Settings;

namespace Portal.Observability;

public static class ObservabilitySetup
{
    // Named by the floor above (Security/RateLimits).
    private const string OpenLimit = "open";

    public static IServiceCollection AddPortalObservability(
        this IServiceCollection services, IConfiguration configuration, ILoggingBuilder logging)
    {
        // The framework's own request logs name paths, and the path of a join link is a secret; RequestLog names routes.
        foreach (var category in new[]
        {
            "Microsoft.AspNetCore.Hosting.Diagnostics", "Microsoft.AspNetCore.StaticFiles", "Microsoft.AspNetCore.Routing",
            "Microsoft.AspNetCore.Mvc", "Microsoft.AspNetCore.Cors", "Microsoft.AspNetCore.HttpsPolicy",
            "Microsoft.AspNetCore.Authorization", "Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware",
        })
            logging.AddFilter(category, category.EndsWith(".Diagnostics", StringComparison.Ordinal)
            || category.EndsWith("HandlerMiddleware", StringComparison.Ordinal)
                ? LogLevel.None : LogLevel.Warning);
        // It warns of each error page that holds a form.
        logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error);
        // EF logs each failed command and then throws it; who catches it decides whether it is an error.
        logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None);
        // A start that fails is told in one sentence (PortalStart); what stops a running portal is still Critical.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        // Lines of several machines, and of the day the clocks change, stand in one order.
        services.Configure<SimpleConsoleFormatterOptions>(console =>
            (console.TimestampFormat, console.UseUtcTimestamp) = ("yyyy-MM-dd'T'HH:mm:ss.fff'Z' ", true));
        services.AddPortalOptions<ObservabilityOptions>(ObservabilityOptions.Section);
        services.AddPortalMetrics(configuration);
        services.AddExceptionHandler<Failures>();
        services.AddProblemDetails();
        services.AddSingleton<Readiness>();
        services.AddHealthChecks().AddCheck<DatabaseHealthCheck>("database", tags: ["ready"]);
        return services;
    }

    public static void UsePortalObservability(this WebApplication app)
    {
        app.UseMiddleware<RequestLog>();
        // Programs get problem+json from the endpoints themselves; people get a page.
        app.UseWhen(http => !http.Request.Path.StartsWithSegments("/api"), pages => pages.UseStatusCodePagesWithReExecute("/error/{0}"));
        app.UseWhen(http => http.Request.Path.StartsWithSegments("/api"), api => api.UseStatusCodePages());
        app.UseExceptionHandler();
    }

    public static void MapPortalHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/healthz", new() { Predicate = _ => false }).AllowAnonymous();
        routes.MapGet("/readyz", async (HttpContext http, Readiness readiness) =>
        {
            var report = await readiness.AskAsync(http.RequestAborted);
            http.Response.StatusCode = report.Status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : 200;
            await HealthAnswer.WriteAsync(http, report);
        }).AllowAnonymous().RequireRateLimiting(OpenLimit).ExcludeFromDescription();
    }
}
