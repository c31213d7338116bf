using Microsoft.AspNetCore.Identity;

namespace Portal.Security;

/// <summary>
/// The API takes cookies too, and has no forms to put an antiforgery token in: a browser's own word on where a request
/// comes from (Sec-Fetch-Site, else Origin) takes its place. Callers whom a token in a header signs in cannot be forged; any
/// other header proves nothing.
/// </summary>
public static class CrossSiteGuard
{
    public static IApplicationBuilder UsePortalCrossSiteGuard(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        var request = http.Request;
        if (request.Path.StartsWithSegments("/api") && !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)
            && !HttpMethods.IsOptions(request.Method) && HasSessionCookie(request) && ComesFromElsewhere(request))
        {
            await Results.Problem(statusCode: StatusCodes.Status403Forbidden, title: Localization.ErrorText.CrossSite).ExecuteAsync(http);
            return;
        }
        await next(http);
    });

    private static bool HasSessionCookie(HttpRequest request) =>
        IdentitySetup.SchemeFor(request.HttpContext) == IdentityConstants.ApplicationScheme
            && request.Cookies.Keys.Any(k => k.Contains(IdentityConstants.ApplicationScheme, StringComparison.Ordinal));

    private static bool ComesFromElsewhere(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site is not "")
            return site is not ("same-origin" or "none");
        var origin = request.Headers.Origin.ToString();
        return origin is not "" && !(Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Authority == request.Host.Value);
    }
}
