using Microsoft.EntityFrameworkCore;
using Portal.Data;

namespace Portal.Sessions.Availability;

/// <summary>Brings the busy ticks of a session in line with what it is now. Every change of time, people or state ends here.</summary>
internal static class TimeHold
{
    /// <summary>In the unit of work; the database refuses at saving what somebody else holds.</summary>
    public static Task SyncAsync(PortalDbContext db, MentoringSession session, CancellationToken cancellationToken) =>
        SyncAsync(db, [session], cancellationToken);

    /// <summary>Of several at once: one session of a series may move to where another one was.</summary>
    public static async Task SyncAsync(PortalDbContext db, IReadOnlyList<MentoringSession> sessions, CancellationToken cancellationToken)
    {
        var wanted = sessions.SelectMany(Wanted).ToDictionary(t => (t.UserId, t.Tick));
        var ids = sessions.Select(s => s.Id).ToList();
        foreach (var held in await db.BusyTicks.Where(t => ids.Contains(t.SessionId)).ToListAsync(cancellationToken))
        {
            if (wanted.Remove((held.UserId, held.Tick), out var tick))
                held.SessionId = tick.SessionId;
            else
                db.BusyTicks.Remove(held);
        }
        db.BusyTicks.AddRange(wanted.Values);
    }

    private static IEnumerable<BusyTick> Wanted(MentoringSession session)
    {
        if (!session.State.HoldsItsTime())
            return [];
        var starts = session.ProposedStartUtc is { } proposed ? new[] { session.StartUtc, proposed } : [session.StartUtc];
        return starts.SelectMany(start =>
        {
            var end = start.AddMinutes(session.LengthMinutes);
            return session.Participants.Where(p => p.HoldsTime).SelectMany(p => BusyTick.Cover(
                p.UserId!.Value, session.Id, start, p.Role == ParticipantRole.Mentor ? end.AddMinutes(session.BufferMinutes) : end));
        }).DistinctBy(t => (t.UserId, t.Tick));
    }
}
