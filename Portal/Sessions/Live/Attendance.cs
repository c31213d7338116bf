using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.People;
using Portal.Sessions.Availability;
using Portal.Sessions.Changes;
using Portal.Sessions.Mails;

namespace Portal.Sessions.Live;

/// <summary>One person of a session, and when they first stood at the open door; null: not at all.</summary>
public sealed record Arrival(SessionParticipant Person, DateTimeOffset? CameUtc);

/// <summary>
/// Who came, by what the portal has seen, and the record of who did not. It is the side that is there that records; the
/// clicks on the join links are the evidence for both.
/// </summary>
public sealed class Attendance(
    PortalDbContext db, SessionChanges changes, SessionMails mails, IOptions<JoinOptions> policy, TimeProvider clock)
{
    /// <summary>Let in, or at the open door and kept from entering by somebody else.</summary>
    private static readonly JoinDecision?[] ShowPresence =
        [JoinDecision.Open, JoinDecision.ProviderFailed, JoinDecision.WaitingForMentor, JoinDecision.Preparing];

    /// <summary>Those who hold a side of the session: its mentor, and mentees with a seat.</summary>
    private async Task<IReadOnlyList<Arrival>> ArrivalsAsync(MentoringSession session, CancellationToken cancellationToken)
    {
        var came = await CameAsync([session], cancellationToken);
        return [.. session.Participants.Where(p => p.IsIn && p.Role is ParticipantRole.Mentor or ParticipantRole.Mentee)
            .OrderBy(p => p.Role).Select(p => new Arrival(p, came.TryGetValue(p.Id, out var at) ? at : null))];
    }

    /// <summary>For somebody on one side of the session, who came and who is missing on the other.</summary>
    public async Task<Presence> PresenceAsync(
        MentoringSession session, SessionParticipant me, SessionRights rights, CancellationToken cancellationToken)
    {
        if (!rights.HasOpened || session.State is not (SessionState.Confirmed or SessionState.Completed or SessionState.Missed))
            return Presence.Unseen;
        var arrivals = await ArrivalsAsync(session, cancellationToken);
        var absent = arrivals.Where(a => a.CameUtc is null && a.Person.MissedUtc is null && SessionMails.IsAcross(a.Person, me))
            .Select(a => a.Person).ToList();
        return rights.RecordMissed.IsAllowed() && absent.Count > 0 && arrivals.Any(a => a.Person.Id == me.Id && a.CameUtc is not null)
            ? new(arrivals, absent, MissingFrom(session, absent)) : new(arrivals, [], default);
    }

    /// <summary>When each participant first stood at the door of the session at its present time.</summary>
    public async Task<Dictionary<Guid, DateTimeOffset>> CameAsync(
        IReadOnlyCollection<MentoringSession> sessions, CancellationToken cancellationToken)
    {
        var opened = sessions.ToDictionary(s => s.Id, s => SessionDoor.CountsFrom(s.StartUtc, s.TimeSetUtc, policy.Value));
        var ids = opened.Keys.ToList();
        var events = await db.MeetingEvents
            .Where(e => ids.Contains(e.SessionId) && e.ParticipantId != null
                && (ShowPresence.Contains(e.Decision) || e.Kind == MeetingEventKind.ToolJoined))
            .Select(e => new { e.SessionId, e.ParticipantId, e.AtUtc }).ToListAsync(cancellationToken);
        return events.Where(e => e.AtUtc >= opened[e.SessionId])
            .GroupBy(e => e.ParticipantId!.Value).ToDictionary(e => e.Key, e => e.Min(x => x.AtUtc));
    }

    /// <summary>
    /// From when on these people can be recorded as missing: after the grace period, and not before the time that one of them announced.
    /// </summary>
    private DateTimeOffset MissingFrom(MentoringSession session, IEnumerable<SessionParticipant> people) =>
        people.Select(p => p.ExpectedUtc).Append(SessionDoor.GraceEndsAt(session.StartUtc, policy.Value)).OfType<DateTimeOffset>().Max();

    /// <summary>Records a no-show. The session counts as missed when its mentor, or nobody of its mentees, has come.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="participantId">One mentee of a group; null: everybody on the other side who has not come.</param>
    /// <param name="caller">Somebody in the session who came.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task<SessionOutcome> RecordMissedAsync(
        Guid sessionId, Guid? participantId, Caller caller, CancellationToken cancellationToken) =>
        changes.RunAsync(sessionId, async session =>
        {
            var me = session.Participants.FirstOrDefault(p => p.IsIn && p.UserId is { } id && id == caller.UserId
                && p.Role is ParticipantRole.Mentor or ParticipantRole.Mentee);
            if (me is null)
                return SessionOutcome.NotAllowed;
            var others = session.Participants.Where(p => p.IsIn && SessionMails.IsAcross(p, me)).ToList();
            if (participantId is not null && others.All(p => p.Id != participantId))
                return SessionOutcome.NoSuchSession;
            var now = clock.GetUtcNow();
            // Said twice, it is done once.
            if (others.Where(p => participantId is null || p.Id == participantId).ToList() is { Count: > 0 } named
                && named.All(p => p.MissedUtc is not null))
                return SessionOutcome.Done;
            if (changes.RightsOf(session, caller).RecordMissed is not SessionOutcome.Done and var refused)
                return refused;

            var came = await CameAsync([session], cancellationToken);
            var missing = others.Where(p => (participantId is null || p.Id == participantId) && p.MissedUtc is null
                && !came.ContainsKey(p.Id)).ToList();
            if (!came.ContainsKey(me.Id) || missing.Count == 0)
                return SessionOutcome.NotMissing;
            if (now < MissingFrom(session, missing))
                return SessionOutcome.TooEarly;
            foreach (var person in missing)
            {
                person.MissedUtc = now;
                changes.Log(session, MeetingEventKind.Missed, person.Id, new { by = me.Id });
            }
            if (others.All(p => p.MissedUtc is not null))
            {
                session.State = SessionState.Missed;
                session.ClosedUtc = now;
                session.ClosedBy = caller.UserId;
                // What is left of the time is free: the next session may well be now.
                await TimeHold.SyncAsync(db, session, cancellationToken);
            }
            session.Sequence++;
            changes.Audit(caller, "session.missed", session);
            mails.Missed(session, missing, me);
            return SessionOutcome.Done;
        }, cancellationToken);
}
