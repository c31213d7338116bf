using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.People;
using Portal.Sessions.Changes;

namespace Portal.Sessions.Trouble;

/// <summary>What came along with a press of the button. All of it may have been made by hand.</summary>
/// <param name="Words">Checked already (<see cref="SessionRules.Trouble"/>).</param>
/// <param name="UserAgent">The header.</param>
/// <param name="Check">As the browser kept its last try of devices.</param>
/// <param name="Page">What the page says of itself: the room's state, or the door's answer.</param>
/// <param name="Line">As the room's page judges it.</param>
public sealed record TroubleSaid(
    TroublePlace Place, string? Words, string? UserAgent = null, string? Check = null, string? Page = null, string? Line = null);

/// <summary>Takes "something does not work", with what the portal knows, to the administrators.</summary>
public sealed class TroubleReports(PortalDbContext db, TimeProvider clock)
{
    /// <summary>Of one person in one session: who presses more often tells nothing new.</summary>
    internal const int MaxPerPerson = 5;

    private const int MaxState = 30;

    /// <summary>By an account.</summary>
    public async Task<SessionOutcome> SendAsync(Guid sessionId, TroubleSaid said, Caller caller, CancellationToken cancellationToken)
    {
        if (!await db.Sessions.AnyAsync(s => s.Id == sessionId, cancellationToken))
            return SessionOutcome.NoSuchSession;
        var me = caller.UserId is not { } user ? Guid.Empty : await db.Participants
            .Where(p => p.SessionId == sessionId && p.UserId == user && p.LeftUtc == null).Select(p => p.Id)
            .FirstOrDefaultAsync(cancellationToken);
        return me == Guid.Empty ? SessionOutcome.NotAllowed : await SendAsync(sessionId, me, said, cancellationToken);
    }

    /// <summary>By somebody whom a link or the room's cookie proves.</summary>
    public async Task<SessionOutcome> SendAsync(
        Guid sessionId, Guid participantId, TroubleSaid said, CancellationToken cancellationToken)
    {
        if (await db.TroubleReports.CountAsync(r => r.ParticipantId == participantId, cancellationToken) >= MaxPerPerson)
            return SessionOutcome.ReportedEnough;
        db.TroubleReports.Add(new TroubleReport
        {
            SessionId = sessionId,
            ParticipantId = participantId,
            AtUtc = clock.GetUtcNow(),
            Place = said.Place,
            Words = FreeText.Lines(said.Words) is { Length: > 0 } words ? words : null,
            Facts = (await FactsAsync(sessionId, participantId, said, cancellationToken)).Write(),
        });
        await db.SaveChangesAsync(cancellationToken);
        return SessionOutcome.Done;
    }

    private async Task<TroubleFacts> FactsAsync(
        Guid sessionId, Guid participantId, TroubleSaid said, CancellationToken cancellationToken)
    {
        var room = await db.MeetingLinks.Where(l => l.SessionId == sessionId && l.RoomVersion == l.Session.RoomVersion)
            .Select(l => new { l.ProviderAccount.ProviderId, l.RoomVersion }).FirstOrDefaultAsync(cancellationToken);
        var stays = await db.RoomStays.Where(s => s.SessionId == sessionId && s.ParticipantId == participantId)
            .Select(s => new { s.PoorSeconds, s.End }).ToListAsync(cancellationToken);
        var (browser, system) = BrowserFamily.Of(said.UserAgent);
        return new(
            browser, system, room?.ProviderId, room?.RoomVersion, Word(said.Page), said.Line is "good" or "fair" or "poor" ? said.Line : null,
            stays.Count == 0 ? null : stays.Sum(s => s.PoorSeconds),
            stays.Count == 0 ? null : stays.Count(s => s.End == Attending.StayEnd.Dropped), DeviceCheck.Read(said.Check));
    }

    /// <summary>The name of a state, and nothing else.</summary>
    private static string? Word(string? text) => text is { Length: > 0 and <= MaxState } && text.All(char.IsAsciiLetter) ? text : null;
}
