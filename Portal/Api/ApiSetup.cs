namespace Portal.Api;

public static class ApiSetup
{
    public static IServiceCollection AddPortalApi(this IServiceCollection services) =>
        services.AddOpenApi(openApi => openApi.AddApiExamples());

    public static void MapPortalApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("").WithRequestChecks();
        api.MapSignInApi();
        api.MapAccountApi();
        api.MapMentorsApi();
        api.MapMentorSettingsApi();
        api.MapSessionsApi();
        api.MapJoinApi();
        routes.MapOpenApi().AllowAnonymous();
    }
}
