using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.People.Push;

namespace Portal.Sessions.Live;

/// <summary>
/// Tells the browsers of who is awaited that somebody is there, from the opening of the door on. The mails say so later (LiveSweep), for
/// people who have no such browser.
/// </summary>
public sealed class ArrivalPush(
    PortalDbContext db, PushSubscriptions subscriptions, Attendance attendance, IOptions<JoinOptions> policy, TimeProvider clock)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var opened = now.AddMinutes(policy.Value.OpensMinutesBefore);
        var sessions = await db.Sessions.AsNoTracking().AsSplitQuery().Include(s => s.Participants).ThenInclude(p => p.User)
            .Where(s => s.State == SessionState.Confirmed && s.StartUtc <= opened && s.StartUtc.AddMinutes(s.LengthMinutes) > now
                && s.Participants.Any(p => db.PushSubscriptions.Any(b => b.UserId == p.UserId)))
            .ToListAsync(cancellationToken);
        if (sessions.Count == 0)
            return;
        var came = await attendance.CameAsync(sessions, cancellationToken);
        foreach (var session in sessions)
            foreach (var person in Awaited.Of(session, came).Where(p => p.UserId is not null && p.MissedUtc is null))
                await subscriptions.TellAsync(person.UserId!.Value, OccasionOf(session), $"/sessions/{session.Id}", cancellationToken);
    }

    /// <summary>Once for each time that the session has.</summary>
    private static string OccasionOf(MentoringSession session) =>
        $"waits:{session.Id:N}:{(session.StartUtc.ToUnixTimeSeconds() / 60).ToString(CultureInfo.InvariantCulture)}";
}
