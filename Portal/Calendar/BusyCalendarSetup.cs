namespace Portal.Calendar;

public static class BusyCalendarSetup
{
    public static IServiceCollection AddPortalBusyCalendars(this IServiceCollection services)
    {
        services.AddHttpClient(CalendarReader.HttpName).ConfigurePrimaryHttpMessageHandler(() => PublicNetwork.Handler(PublicNetwork.IsPublic))
            .RemoveAllLoggers(); // they would print the address
        services.AddScoped(s => new CalendarReader(
            s.GetRequiredService<IHttpClientFactory>().CreateClient(CalendarReader.HttpName), s.GetRequiredService<IHostEnvironment>().IsDevelopment()));
        return services.AddScoped<BusyCalendars>();
    }
}
