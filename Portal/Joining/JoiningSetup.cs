using Microsoft.AspNetCore.RateLimiting;
using Portal.Joining.Live;
using Portal.Security;
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
        // A class may sit behind one address, each in a room's page of their own.
        .Configure<RateLimiterOptions>(limiter =>
        {
            RateLimitSetup.Add(limiter, RateLimits.Room, o => o.RoomPerMinute, RoomCookie.GuestOf);
            RateLimitSetup.Add(limiter, RateLimits.Notes, o => o.NotesPerMinute, RoomCookie.GuestOf);
        })
        .AddScoped<JoinRecord>()
        .AddScoped<JoinService>()
        .AddScoped<MeetingTargets>();
}
