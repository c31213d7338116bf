using Portal.Sessions.Reminders;

namespace Portal.Settings;

public static class OptionsSetup
{
    /// <summary>Binds and checks every section; a wrong value stops the start with all failures listed.</summary>
    public static IServiceCollection AddPortalOptions(this IServiceCollection services)
    {
        Add<PortalOptions>(services, PortalOptions.Section);
        Add<DatabaseOptions>(services, DatabaseOptions.Section);
        Add<DataOptions>(services, DataOptions.Section);
        Add<SecretsOptions>(services, SecretsOptions.Section);
        Add<MailOptions>(services, MailOptions.Section);
        Add<JoinOptions>(services, JoinOptions.Section);
        Add<BookingOptions>(services, BookingOptions.Section);
        Add<RateLimitOptions>(services, RateLimitOptions.Section);
        Add<CorsOptions>(services, CorsOptions.Section);
        Add<PluginOptions>(services, PluginOptions.Section);
        Add<RetentionOptions>(services, RetentionOptions.Section);
        // A list that is set takes the place of the default; the binder alone would add to it.
        services.AddOptions<ReminderOptions>().Configure<IConfiguration>((o, c) =>
        {
            if (c.GetSection($"{ReminderOptions.Section}:{nameof(o.MinutesBefore)}").Exists())
                o.MinutesBefore = [];
        });
        Add<ReminderOptions>(services, ReminderOptions.Section);
        return services;
    }

    private static void Add<T>(IServiceCollection services, string section) where T : class =>
        services.AddOptions<T>().BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart();
}
