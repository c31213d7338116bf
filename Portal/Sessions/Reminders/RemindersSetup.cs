using Portal.Settings;

namespace Portal.Sessions.Reminders;

public static class RemindersSetup
{
    public static IServiceCollection AddPortalReminders(this IServiceCollection services)
    {
        // A list that is set takes the place of the default; the binder alone would add to it.
        services.AddOptions<ReminderOptions>().Configure<IConfiguration>((o, c) =>
        {
            if (c.GetSection($"{ReminderOptions.Section}:{nameof(o.MinutesBefore)}").Exists())
                o.MinutesBefore = [];
        });
        return services.AddPortalOptions<ReminderOptions>(ReminderOptions.Section)
            .AddScoped<ReminderService>()
            .AddScoped<ReminderChoices>();
    }
}
