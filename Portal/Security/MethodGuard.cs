using Microsoft.AspNetCore.Routing;

namespace Portal.Security;

/// <summary>Methods that nothing here has: pages would draw themselves for any of them.</summary>
public static class MethodGuard
{
    private static readonly string[] Known = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"];
    private static readonly string[] OfPages = ["GET", "HEAD", "POST"];

    /// <summary>After routing, for what names its methods itself is left to them, and after browsers that ask before a call.</summary>
    public static IApplicationBuilder UsePortalMethodGuard(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (Judge(http) is not { } status)
            return next(http);
        http.Response.StatusCode = status;
        if (status == StatusCodes.Status405MethodNotAllowed)
            http.Response.Headers.Allow = string.Join(", ", OfPages);
        return Task.CompletedTask;
    });

    private static int? Judge(HttpContext http)
    {
        var method = http.Request.Method;
        if (!Known.Contains(method))
            return StatusCodes.Status501NotImplemented;
        return http.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is null
            && !OfPages.Contains(method)
            ? StatusCodes.Status405MethodNotAllowed : null;
    }
}
