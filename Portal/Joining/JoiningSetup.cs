using Portal.Tickets;

namespace Portal.Joining;

public static class JoiningSetup
{
    public static IServiceCollection AddPortalJoining(this IServiceCollection services) => services
        .AddSingleton<TicketKeys>()
        .AddSingleton<JoinLinks>()
        .AddSingleton<RoomCookie>()
        .AddScoped<JoinRecord>()
        .AddScoped<JoinService>()
        .AddScoped<MeetingTargets>();
}
