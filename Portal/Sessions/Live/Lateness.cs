using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.People;
using Portal.Sessions.Changes;
using Portal.Sessions.Mails;

namespace Portal.Sessions.Live;

/// <summary>What a door says about coming late.</summary>
/// <param name="MaySay">The reader may say so now.</param>
/// <param name="OwnUtc">When the reader is expected after having said so.</param>
/// <param name="Others">The other side's announcements that are still ahead.</param>
public sealed record LateNews(
    bool MaySay, DateTimeOffset? OwnUtc, IReadOnlyList<(ParticipantRole Role, DateTimeOffset ExpectedUtc)> Others);

/// <summary>"I am 5 minutes late": tells the other side when to expect somebody.</summary>
public sealed class Lateness(
    PortalDbContext db, SessionChanges changes, SessionMails mails, Attendance attendance, IOptions<JoinOptions> policy, TimeProvider clock)
{
    public static readonly TimeSpan SaidBefore = TimeSpan.FromMinutes(30);

    /// <summary>However often somebody changes the announcement, the others get one mail in this time.</summary>
    private static readonly TimeSpan BetweenMails = TimeSpan.FromMinutes(5);

    /// <summary>A signed-in caller, about the own part.</summary>
    public async Task<SessionOutcome> SayAsync(Guid sessionId, int minutes, Caller caller, CancellationToken cancellationToken) =>
        await changes.RunAsync(sessionId, session =>
            SayAsync(session, session.Participants.FirstOrDefault(p => p.UserId is { } id && id == caller.UserId), minutes,
                cancellationToken), cancellationToken);

    /// <summary>Somebody who proved by a link to be this participant.</summary>
    public async Task<SessionOutcome> SayAsync(Guid sessionId, Guid participantId, int minutes, CancellationToken cancellationToken) =>
        await changes.RunAsync(sessionId, session =>
            SayAsync(session, session.Participants.FirstOrDefault(p => p.Id == participantId), minutes, cancellationToken),
                cancellationToken);

    public async Task<LateNews> ReadAsync(Guid sessionId, Guid participantId, CancellationToken cancellationToken)
    {
        var session = await db.Sessions.AsNoTracking().Include(s => s.Participants).FirstAsync(s => s.Id == sessionId, cancellationToken);
        var me = session.Participants.First(p => p.Id == participantId);
        var now = clock.GetUtcNow();
        // Who has come after all is expected no more.
        var came = await attendance.CameAsync([session], cancellationToken);
        return new(
            SessionRights.SayLateOf(session, me, now, policy.Value).IsAllowed() && !came.ContainsKey(me.Id),
            me.ExpectedUtc > now && !came.ContainsKey(me.Id) ? me.ExpectedUtc : null,
            [.. session.Participants.Where(p => p.IsIn && p.ExpectedUtc > now && !came.ContainsKey(p.Id) && SessionMails.IsAcross(p, me)
                && session.State == SessionState.Confirmed)
                .OrderBy(p => p.ExpectedUtc).Select(p => (p.Role, p.ExpectedUtc!.Value))]);
    }

    private async Task<SessionOutcome> SayAsync(
        MentoringSession session, SessionParticipant? me, int minutes, CancellationToken cancellationToken)
    {
        if (SessionRules.LateMinutes(minutes) is not null)
            throw new ArgumentOutOfRangeException(nameof(minutes));
        var now = clock.GetUtcNow();
        if (SessionRights.SayLateOf(session, me, now, policy.Value) is not SessionOutcome.Done and var refused)
            return refused;
        // After the start, it is so many minutes from now; people read whole minutes.
        var from = now < session.StartUtc ? session.StartUtc : now;
        var expected = new DateTimeOffset(from.Ticks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, TimeSpan.Zero)
            .AddMinutes(minutes);
        if (me!.ExpectedUtc == expected)
            return SessionOutcome.Done;
        me.ExpectedUtc = expected;
        var since = now - BetweenMails;
        if (await db.MeetingEvents.AnyAsync(e => e.SessionId == session.Id && e.ParticipantId == me.Id
            && e.Kind == MeetingEventKind.RunningLate && e.AtUtc > since, cancellationToken))
            return SessionOutcome.Done;
        session.Sequence++;
        changes.Log(session, MeetingEventKind.RunningLate, me.Id, new { minutes });
        mails.RunningLate(session, me);
        return SessionOutcome.Done;
    }
}
