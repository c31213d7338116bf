using Microsoft.AspNetCore.Diagnostics;
using Portal.Data;
using Portal.People;
using Portal.People.SignIn;

namespace Portal.Security;

/// <summary>Notes who was refused (403) and who was too fast (429), by the route and never the path, which may be a secret.</summary>
public static class Refusals
{
    public static IApplicationBuilder UsePortalRefusals(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        var route = RouteOf(http);
        await next(http);
        // The page that is drawn in place of a refusal is none of its own.
        if (http.Features.Get<IStatusCodeReExecuteFeature>() is null
            && http.Response.StatusCode is StatusCodes.Status403Forbidden or StatusCodes.Status429TooManyRequests)
            await NoteAsync(http, http.Response.StatusCode, route);
    });

    public static async Task NoteAsync(HttpContext http, int status, string? route = null)
    {
        try
        {
            await http.RequestServices.GetRequiredService<SecurityTrail>().NoteOnceAsync(
                status == StatusCodes.Status403Forbidden ? SecurityTrail.Refused : SecurityTrail.TooMany, http.User.UserId(),
                $"{http.Request.Method} {route ?? RouteOf(http)}", CancellationToken.None);
        }
        catch (Exception e) when (http.RequestServices.GetRequiredService<PortalDbContext>().IsTransient(e))
        {
            // The line in the log is there; the answer has been given, and a row is not worth another one.
        }
    }

    private static string RouteOf(HttpContext http) => (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(none)";
}
