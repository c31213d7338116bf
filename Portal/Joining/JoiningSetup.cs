using Portal.Joining.Live;
using Portal.Settings;
using Portal.Tickets;

namespace Portal.Joining;

public static class JoiningSetup
{
    public static IServiceCollection AddPortalJoining(this IServiceCollection services) => services
        .AddPortalOptions<LiveOptions>(LiveOptions.Section)
        .AddSingleton<SessionWatch>()
        .AddSingleton<LiveStream>()
        .AddSingleton<LiveLooks>()
        .AddSingleton<TicketKeys>()
        .AddSingleton<JoinLinks>()
        .AddSingleton<RoomCookie>()
        .AddScoped<JoinRecord>()
        .AddScoped<JoinService>()
        .AddScoped<MeetingTargets>();
}
