namespace Portal.Api;

public static class ApiSetup
{
    public static IServiceCollection AddPortalApi(this IServiceCollection services) => services.AddOpenApi();

    public static void MapPortalApi(this IEndpointRouteBuilder routes)
    {
        routes.MapSignInApi();
        routes.MapMentorsApi();
        routes.MapMentorSettingsApi();
        routes.MapSessionsApi();
        routes.MapJoinApi();
        routes.MapOpenApi().AllowAnonymous();
    }
}
