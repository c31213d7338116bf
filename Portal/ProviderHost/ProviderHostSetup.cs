using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace Portal.ProviderHost;

public static class ProviderHostSetup
{
    public static IServiceCollection AddPortalProviders(this IServiceCollection services)
    {
        services.AddHttpClient();
        services.AddSingleton<IConfigureOptions<HttpClientFactoryOptions>, ProviderHttp>();
        services.AddSingleton<MeetingProviders>();
        services.AddHealthChecks().AddCheck<PluginsHealthCheck>("plugins", tags: ["ready"]);
        return services;
    }
}
