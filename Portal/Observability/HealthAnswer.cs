using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Portal.Observability;

internal static class HealthAnswer
{
    /// <summary>Each check by name, so that an operator sees which one holds the portal back. No details: anyone may ask.</summary>
    public static Task WriteAsync(HttpContext http, HealthReport report)
    {
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsJsonAsync(new
        {
            status = report.Status.ToString(),
            checks = report.Entries.ToDictionary(e => e.Key, e => e.Value.Status.ToString()),
        });
    }
}
