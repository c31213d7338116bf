using System.Linq.Expressions;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Sessions.Live;

namespace Portal.Sessions.Attending;

/// <summary>Keeps when people were in the embedded room, and what went wrong there.</summary>
public sealed class RoomStays(PortalDbContext db, TimeProvider clock)
{
    /// <summary>A page reports each half minute. After more silence than this its person was away: the laptop slept.</summary>
    public static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(100);

    /// <summary>Of one person in one session: more of them tell nothing new.</summary>
    private const int MaxErrors = 40;

    /// <summary>Of one person in one session. Each load of the page makes one; beyond this the newest of theirs goes on.</summary>
    internal const int MaxStays = 200;

    public async Task ReportAsync(Guid sessionId, Guid participantId, int room, RoomReport report, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var goesOn = await ProlongAsync(s => s.ParticipantId == participantId && s.PageId == report.Page, report, now, cancellationToken);
        if (!goesOn && report.IsIn && !await ProlongNewestAsync(sessionId, participantId, now, cancellationToken))
            await BeginAsync(sessionId, participantId, room, report, now, cancellationToken);
        // Who was not in has lost nothing, however often that is told.
        if (goesOn && report.End == StayEnd.Dropped)
            Log(sessionId, participantId, MeetingEventKind.Dropped, now);
        if (report.ErrorNames.Count > 0 && await db.MeetingEvents.CountAsync(e => e.SessionId == sessionId
            && e.ParticipantId == participantId && e.Kind == MeetingEventKind.RoomError, cancellationToken) < MaxErrors)
            foreach (var name in report.ErrorNames.Distinct())
                Log(sessionId, participantId, MeetingEventKind.RoomError, now, new { error = name });
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>False where there is no such stay that still goes on.</summary>
    private async Task<bool> ProlongAsync(
        Expression<Func<RoomStay, bool>> which, RoomReport report, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var heard = now - MaxSilence;
        var used = report.Used ?? new();
        return await db.RoomStays.Where(which).Where(s => s.End == null && s.UntilUtc >= heard)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.UntilUtc, now).SetProperty(s => s.End, report.End)
                .SetProperty(s => s.Mutes, s => s.Mutes + used.Mutes).SetProperty(s => s.ScreenShares, s => s.ScreenShares + used.Shares)
                .SetProperty(s => s.Messages, s => s.Messages + used.Messages).SetProperty(s => s.Hands, s => s.Hands + used.Hands)
                .SetProperty(s => s.PoorSeconds, s => s.PoorSeconds + used.Poor), cancellationToken) > 0;
    }

    /// <summary>False as long as another stay may begin.</summary>
    private async Task<bool> ProlongNewestAsync(
        Guid sessionId, Guid participantId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var theirs = db.RoomStays.Where(s => s.SessionId == sessionId && s.ParticipantId == participantId);
        if (await theirs.CountAsync(cancellationToken) < MaxStays)
            return false;
        var newest = await theirs.OrderByDescending(s => s.FromUtc).ThenByDescending(s => s.Id).Select(s => s.Id)
            .FirstAsync(cancellationToken);
        await db.RoomStays.Where(s => s.Id == newest)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.UntilUtc, now).SetProperty(s => s.End, (StayEnd?)null), cancellationToken);
        return true;
    }

    private async Task BeginAsync(
        Guid sessionId, Guid participantId, int room, RoomReport report, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.RoomStays.AnyAsync(s => s.ParticipantId == participantId && s.PageId == report.Page, cancellationToken))
            Log(sessionId, participantId, MeetingEventKind.Rejoined, now);
        db.RoomStays.Add(new RoomStay
        {
            SessionId = sessionId,
            ParticipantId = participantId,
            PageId = report.Page,
            RoomVersion = room,
            FromUtc = now,
            UntilUtc = now,
        });
    }

    private void Log(Guid sessionId, Guid participantId, MeetingEventKind kind, DateTimeOffset now, object? details = null) =>
        db.MeetingEvents.Add(new MeetingEvent
        {
            SessionId = sessionId,
            ParticipantId = participantId,
            Kind = kind,
            AtUtc = now,
            Details = details is null ? null : JsonSerializer.Serialize(details),
        });
}
