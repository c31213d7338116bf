using Microsoft.AspNetCore.Diagnostics;

namespace Portal.Observability;

/// <summary>One line a request: method, route template, status, time. Never the path: it may be a secret.</summary>
public sealed class RequestLog(RequestDelegate next, ILogger<RequestLog> log, TimeProvider clock)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var started = clock.GetTimestamp();
        // Taken before an error page is shown in place of the request's own endpoint.
        var method = http.Request.Method;
        string? route = null;
        http.Response.OnStarting(() =>
        {
            route ??= Route(http);
            return Task.CompletedTask;
        });
        try
        {
            await next(http);
        }
        finally
        {
            var level = http.Response.StatusCode >= 500 ? LogLevel.Warning : LogLevel.Information;
            log.Log(level, "{Method} {Route} {Status} {Milliseconds:0.0} ms", method, route ?? Route(http), http.Response.StatusCode,
                clock.GetElapsedTime(started).TotalMilliseconds);
        }
    }

    /// <summary>An error page is drawn in place of another endpoint: that one is named.</summary>
    private static string Route(HttpContext http)
    {
        var endpoint = http.Features.Get<IStatusCodeReExecuteFeature>() is { } failed ? failed.Endpoint : http.GetEndpoint();
        endpoint ??= http.Features.Get<IExceptionHandlerPathFeature>()?.Endpoint;
        return (endpoint as RouteEndpoint)?.RoutePattern.RawText ?? "(none)";
    }
}
