using Localization;
using Portal.Settings;

namespace Portal.Cultures;

/// <summary>
/// The time zone of a browser whose person the portal does not know: a script notes it in a cookie (js/site.js), which decides
/// in which zone times are written and nothing else.
/// </summary>
public static class VisitorZone
{
    public const string CookieName = "zone";

    // Named by a floor above (Security/RateLimits).
    private const string OpenLimit = "open";

    /// <summary>Null where no script has run, or what it says is no zone.</summary>
    public static string? Of(HttpContext http) =>
        (http.Request.Cookies[PublicAddress.HostPrefix + CookieName] ?? http.Request.Cookies[CookieName]) is { Length: <= 64 } zone
            && ZoneNames.Exists(zone) ? zone : null;

    /// <summary>All zones in the reader's language, for a field that offers them while one types.</summary>
    public static void MapZones(this IEndpointRouteBuilder routes) => routes.MapGet("/zones", (HttpContext http, TimeProvider clock) =>
    {
        http.Response.Headers.CacheControl = "private, max-age=3600";
        http.Response.Headers.Vary = "Cookie, Accept-Language";
        return Results.Json(TimeZoneChoices.In(Languages.Current, clock.GetUtcNow()));
    }).AllowAnonymous().RequireRateLimiting(OpenLimit).ExcludeFromDescription();
}
