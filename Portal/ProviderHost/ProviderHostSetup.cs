using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;
using Portal.Settings;

namespace Portal.ProviderHost;

public static class ProviderHostSetup
{
    public static IServiceCollection AddPortalProviders(this IServiceCollection services)
    {
        services.AddPortalOptions<PluginOptions>(PluginOptions.Section);
        services.AddLocalization();
        services.AddHttpClient();
        services.AddSingleton<IConfigureOptions<HttpClientFactoryOptions>, ProviderHttp>();
        services.AddSingleton<MeetingProviders>();
        services.AddHealthChecks().AddCheck<PluginsHealthCheck>("plugins", tags: ["ready"]);
        return services;
    }
}
