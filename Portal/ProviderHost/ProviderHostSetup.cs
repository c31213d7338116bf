using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;
using Portal.Settings;

namespace Portal.ProviderHost;

public static class ProviderHostSetup
{
    public static IServiceCollection AddPortalProviders(this IServiceCollection services)
    {
        services.AddPortalOptions<PluginOptions>(PluginOptions.Section);
        services.AddOptions<PluginOptions>().Configure<IServiceProvider>((options, provider) =>
            options.IsDevelopment = provider.GetService<IHostEnvironment>()?.IsDevelopment() == true);
        services.AddLocalization();
        services.AddHttpClient();
        services.AddDataProtection();
        services.AddSingleton<IConfigureOptions<HttpClientFactoryOptions>, ProviderHttp>();
        services.AddSingleton<SettingsVault>();
        services.AddSingleton<HostedTools>();
        services.AddSingleton<MeetingProviders>();
        services.AddScoped<MentorToolAccounts>();
        services.AddHostedService<HostedToolsWatch>();
        services.AddSingleton<RemoteMeetings>();
        services.AddScoped<ProviderTokens>();
        services.AddHealthChecks().AddCheck<PluginsHealthCheck>("plugins", tags: ["ready"]);
        return services;
    }
}
