namespace Portal.Sessions;

public static class SessionsSetup
{
    public static IServiceCollection AddPortalSessions(this IServiceCollection services) => services
        .AddScoped<MentorCalendar>()
        .AddScoped<MeetingLinks>()
        .AddScoped<SessionMails>()
        .AddScoped<BookingService>()
        .AddScoped<SessionService>()
        .AddScoped<SessionQueries>();
}
