using Portal.Security;

namespace Portal.Api;

public static class ApiSetup
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    public static IServiceCollection AddPortalApi(this IServiceCollection services) =>
        services.AddOpenApi(openApi => openApi.AddApiExamples().AddServer()).AddOutputCache();

    public static void MapPortalApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("").WithRequestChecks();
        api.MapSignInApi();
        api.MapAccountApi();
        api.MapGuardiansApi();
        api.MapMentorsApi();
        api.MapMentorSettingsApi();
        api.MapSessionsApi();
        api.MapToolsApi();
        api.MapJoinApi();
        api.MapRoomApi();
        api.MapNotesApi();
        api.MapFilesApi();
        api.MapRecordingsApi();
        // Not an API of ours: its form is the tools'.
        routes.MapWebhooksApi();
        // Drawn once in a while, whatever is asked along with it: it is the same for everybody.
        routes.MapOpenApi().AllowAnonymous().RequireRateLimiting(RateLimits.Open)
            .CacheOutput(cache => cache.Expire(Fresh).SetVaryByQuery([]).SetVaryByHost(false));
    }
}
