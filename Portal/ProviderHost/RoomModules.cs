using Microsoft.Net.Http.Headers;

namespace Portal.ProviderHost;

/// <summary>Serves the providers' own room scripts from the portal's address.</summary>
public static class RoomModules
{
    public static void MapPortalProviders(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/providers/{id}/room.js", (string id, MeetingProviders providers, HttpContext http) =>
        {
            if (providers.RoomModule(id) is not { } module)
                return Results.NotFound();
            http.Response.Headers[HeaderNames.CacheControl] = "no-cache";
            return Results.Text(module, "text/javascript; charset=utf-8");
        }).AllowAnonymous().ExcludeFromDescription();
}
