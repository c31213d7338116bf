namespace Portal.Api;

public static class ApiSetup
{
    public static IServiceCollection AddPortalApi(this IServiceCollection services) =>
        services.AddOpenApi(openApi => openApi.AddApiExamples());

    public static void MapPortalApi(this IEndpointRouteBuilder routes)
    {
        routes.MapSignInApi();
        routes.MapAccountApi();
        routes.MapMentorsApi();
        routes.MapMentorSettingsApi();
        routes.MapSessionsApi();
        routes.MapJoinApi();
        routes.MapOpenApi().AllowAnonymous();
    }
}
