namespace Portal.Settings;

public static class SettingsSetup
{
    public static IServiceCollection AddPortalSettings(this IServiceCollection services) => services
        .AddPortalOptions<PortalOptions>(PortalOptions.Section)
        .AddSingleton<SettingsOverview>()
        .AddSingleton<PublicAddress>();
}
