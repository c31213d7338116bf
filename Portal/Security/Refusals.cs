using Microsoft.AspNetCore.Diagnostics;
using Portal.Data;
using Portal.People;
using Portal.People.SignIn;

namespace Portal.Security;

/// <summary>
/// Notes who was refused (403), who was too fast (429), who came with a key or token that is none (401) and whose form was not this
/// browser's (400), by the route and never the path, which may be a secret.
/// </summary>
public static class Refusals
{
    public static IApplicationBuilder UsePortalRefusals(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        var route = RouteOf(http);
        await next(http);
        // The page that is drawn in place of a refusal is none of its own.
        if (http.Features.Get<IStatusCodeReExecuteFeature>() is null && IsRefusal(http))
            await NoteAsync(http, http.Response.StatusCode, route);
    });

    public static async Task NoteAsync(HttpContext http, int status, string? route = null)
    {
        // What the request had begun to change before it was refused must not be saved along with the note.
        await using var own = http.RequestServices.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        try
        {
            await own.ServiceProvider.GetRequiredService<SecurityTrail>().NoteOnceAsync(
                ActionOf(status), http.User.UserId(), $"{http.Request.Method} {route ?? RouteOf(http)}", CancellationToken.None);
        }
        catch (Exception e) when (own.ServiceProvider.GetRequiredService<PortalDbContext>().IsTransient(e))
        {
            // The line in the log is there; the answer has been given, and a row is not worth another one.
        }
    }

    private static bool IsRefusal(HttpContext http) => http.Response.StatusCode switch
    {
        StatusCodes.Status403Forbidden or StatusCodes.Status429TooManyRequests => true,
        // Nobody who was asked to sign in, but a key or a token that opens nothing.
        StatusCodes.Status401Unauthorized => http.Request.Headers.Authorization.Count > 0 && http.User.Identity?.IsAuthenticated != true,
        _ => false,
    };

    private static string ActionOf(int status) => status switch
    {
        StatusCodes.Status400BadRequest => SecurityTrail.Forged,
        StatusCodes.Status401Unauthorized => SecurityTrail.Unknown,
        StatusCodes.Status403Forbidden => SecurityTrail.Refused,
        _ => SecurityTrail.TooMany,
    };

    private static string RouteOf(HttpContext http) => (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(none)";
}
