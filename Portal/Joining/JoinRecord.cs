using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Joining.Live;
using Portal.Sessions.Live;
using Portal.Sessions.Recordings;

namespace Portal.Joining;

/// <summary>What the records of a meeting say of its door: who was let in, who was not and why, who left.</summary>
public sealed class JoinRecord(PortalDbContext db, TimeProvider clock)
{
    /// <summary>A page that is loaded anew says goodbye first.</summary>
    private static readonly TimeSpan Reload = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan BetweenFailures = TimeSpan.FromMinutes(10);

    /// <param name="outcome">What somebody at the door was told.</param>
    /// <param name="by">Ticket, pass, account or room.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <param name="counts">False where the join is counted later: then what the person said is written alone.</param>
    public async Task WriteAsync(JoinOutcome outcome, string by, CancellationToken cancellationToken, bool counts = true)
    {
        if (outcome.View.Person is not { } person)
            return;
        var what = new MeetingEvent
        {
            SessionId = person.SessionId,
            ParticipantId = person.ParticipantId,
            AtUtc = clock.GetUtcNow(),
            Kind = outcome.View.Decision switch
            {
                JoinDecision.Open => MeetingEventKind.Joined,
                JoinDecision.ProviderFailed => MeetingEventKind.ProviderFailed,
                _ => MeetingEventKind.Refused,
            },
            Decision = outcome.View.Decision,
            Details = JsonSerializer.Serialize(new
            {
                by,
                room = person.RoomVersion,
                provider = person.ProviderId,
                failure = outcome.Failure?.ToString(),
            }),
        };
        if (what.Decision == JoinDecision.WaitingForMentor)
            await StillWaitsAsync(person, cancellationToken);
        var isNews = counts && (what.Kind == MeetingEventKind.Joined || !await WasSaidAsync(what, outcome.View, cancellationToken));
        if (outcome.View.Said is { } said)
            await JoinStatements.LogAsync(db, said, isNews ? [what, Answered(said)] : [Answered(said)], cancellationToken);
        else if (isNews)
            await JoinStatements.LogAsync(db, what, cancellationToken);
    }

    /// <summary>For the others' pages, and for the mentor's button that records.</summary>
    private static MeetingEvent Answered(RecordingConsent said) => new()
    {
        SessionId = said.SessionId,
        ParticipantId = said.ParticipantId,
        Kind = MeetingEventKind.ConsentSaid,
        AtUtc = said.AtUtc,
        Details = JsonSerializer.Serialize(new { answer = $"{said.Answer}" }),
    };

    /// <summary>The page of somebody who waits asked again: that is no entry, but keeps them among those who wait.</summary>
    public Task StillWaitsAsync(JoinPerson person, CancellationToken cancellationToken) =>
        DoorSigns.KeepAsync(db, [person.ParticipantId], clock.GetUtcNow(), cancellationToken);

    /// <summary>Somebody with an account and without a part in the session; once for each.</summary>
    public async Task StrangerAsync(Guid sessionId, Guid userId, CancellationToken cancellationToken)
    {
        var details = JsonSerializer.Serialize(new { by = "account", account = userId });
        if (!await db.MeetingEvents.AnyAsync(e => e.SessionId == sessionId && e.Decision == JoinDecision.NotParticipant
            && e.Details == details, cancellationToken))
            await JoinStatements.LogAsync(db, new MeetingEvent
            {
                SessionId = sessionId,
                Kind = MeetingEventKind.Refused,
                AtUtc = clock.GetUtcNow(),
                Decision = JoinDecision.NotParticipant,
                Details = details,
            }, cancellationToken);
    }

    /// <summary>
    /// Somebody is in the room again without having stood at the door: the page was loaded anew, or the room was changed around them. It
    /// counts where nothing says that they are there at the session's present time.
    /// </summary>
    public async Task BackAsync(JoinOutcome outcome, CancellationToken cancellationToken)
    {
        var (person, now) = (outcome.View.Person!, clock.GetUtcNow());
        var last = await LastAsync(person.SessionId, person.ParticipantId, cancellationToken);
        if (last?.Kind == MeetingEventKind.Left && last.AtUtc > now - Reload)
            await db.MeetingEvents.Where(e => e.Id == last.Id).ExecuteDeleteAsync(cancellationToken);
        else if (last?.Kind != MeetingEventKind.Joined || last.AtUtc < person.TimeSet)
            await WriteAsync(outcome, "room", cancellationToken);
    }

    /// <summary>The room's page says goodbye. Said twice, it is written once.</summary>
    public async Task LeftAsync(JoinPerson person, CancellationToken cancellationToken)
    {
        if ((await LastAsync(person.SessionId, person.ParticipantId, cancellationToken))?.Kind == MeetingEventKind.Joined)
            await JoinStatements.LogAsync(db, new MeetingEvent
            {
                SessionId = person.SessionId,
                ParticipantId = person.ParticipantId,
                Kind = MeetingEventKind.Left,
                AtUtc = clock.GetUtcNow(),
            }, cancellationToken);
    }

    /// <summary>The room did not open in somebody's browser; for each and each time of the session it is written once in a while.</summary>
    public async Task FailedAsync(JoinPerson person, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var lately = now - BetweenFailures;
        if (!await db.MeetingEvents.AnyAsync(e => e.SessionId == person.SessionId && e.ParticipantId == person.ParticipantId
            && e.Kind == MeetingEventKind.ProviderFailed && e.AtUtc > lately, cancellationToken))
            await JoinStatements.LogAsync(db, new MeetingEvent
            {
                SessionId = person.SessionId,
                ParticipantId = person.ParticipantId,
                Kind = MeetingEventKind.ProviderFailed,
                AtUtc = now,
                // Who was let in and could not get into the room has come all the same.
                Decision = JoinDecision.ProviderFailed,
                Details = JsonSerializer.Serialize(new { by = "room", room = person.RoomVersion, provider = person.ProviderId }),
            }, cancellationToken);
    }

    private Task<MeetingEvent?> LastAsync(Guid sessionId, Guid participantId, CancellationToken cancellationToken) =>
        db.MeetingEvents.AsNoTracking().Where(e => e.SessionId == sessionId && e.ParticipantId == participantId
                && (e.Kind == MeetingEventKind.Joined || e.Kind == MeetingEventKind.Left))
            .OrderByDescending(e => e.AtUtc).FirstOrDefaultAsync(cancellationToken);

    /// <summary>
    /// A page that waits tries again by itself: one entry for each answer, until the answer changes. At another time of the session the
    /// same answer is news, for who came is counted from the opening of its door.
    /// </summary>
    private async Task<bool> WasSaidAsync(MeetingEvent what, JoinView view, CancellationToken cancellationToken)
    {
        var last = await db.MeetingEvents.AsNoTracking()
            .Where(e => e.SessionId == what.SessionId && e.ParticipantId == what.ParticipantId && e.Decision != null)
            .OrderByDescending(e => e.AtUtc).FirstOrDefaultAsync(cancellationToken);
        return last?.Kind == what.Kind && last.Decision == what.Decision && last.AtUtc >= view.Person!.TimeSet
            && last.AtUtc >= view.OpensAt == what.AtUtc >= view.OpensAt;
    }
}
