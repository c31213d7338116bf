using Portal.Mail.Rendering;
using Portal.Security;

namespace Portal.Calendar;

public static class CalendarSetup
{
    /// <summary>Some programs ask what is there, and what may be asked, before they subscribe.</summary>
    private static readonly string[] FeedMethods = [HttpMethods.Get, HttpMethods.Head, HttpMethods.Options];

    public static IServiceCollection AddPortalCalendar(this IServiceCollection services)
    {
        services.AddHttpClient(CalendarFetcher.HttpName)
            .ConfigurePrimaryHttpMessageHandler(s => PublicNetwork.Handler(PublicNetwork.IsPublic,
                s.GetRequiredService<IHostEnvironment>().IsDevelopment() ? null : PublicNetwork.SafePorts))
            .RemoveAllLoggers(); // they would print the address
        services.AddScoped(s => new CalendarFetcher(
            s.GetRequiredService<IHttpClientFactory>().CreateClient(CalendarFetcher.HttpName),
            s.GetRequiredService<IHostEnvironment>().IsDevelopment()));
        // A second reality: a test changes a country's clock.
        services.AddSingleton<NodaTime.IDateTimeZoneProvider>(NodaTime.DateTimeZoneProviders.Tzdb).AddScoped<ClockRules>();
        return services.AddScoped<BusyCalendars>().AddScoped<CalendarFeed>().AddScoped<IMailAttachmentSource, CalendarInvitations>();
    }

    /// <summary>The address is the proof: calendar programs cannot sign in.</summary>
    public static void MapCalendarFeed(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/calendar/{token}.ics", FeedMethods, async (string token, CalendarFeed feed, HttpContext http) =>
        {
            if (HttpMethods.IsOptions(http.Request.Method))
            {
                http.Response.Headers.Allow = "GET, HEAD, OPTIONS";
                return Results.NoContent();
            }
            http.Response.Headers.CacheControl = "private, no-store";
            return await feed.ReadAsync(token, http.RequestAborted) is { } calendar
                ? Results.Text(calendar, "text/calendar; charset=utf-8")
                : Results.NotFound();
        }).AllowAnonymous().RequireRateLimiting(RateLimits.Join).ExcludeFromDescription();
}
