using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.People;
using Portal.ProviderHost;
using Portal.Sessions.Attending;
using Portal.Sessions.Availability;
using Portal.Sessions.Changes;
using Portal.Sessions.Mails;

namespace Portal.Sessions.Live;

/// <summary>One person of a session, and when they first stood at the open door; null: not at all.</summary>
public sealed record Arrival(SessionParticipant Person, DateTimeOffset? CameUtc);

/// <summary>
/// Who came, by what the portal has seen, and the record of who did not. It is the side that is there that records. Of a room in a page
/// of ours, that page is the evidence; of a tool in a page of its own, the click on the join link and what the tool tells.
/// </summary>
public sealed class Attendance(
    PortalDbContext db, SessionChanges changes, SessionMails mails, MeetingProviders providers, IOptions<JoinOptions> policy,
    TimeProvider clock)
{
    /// <summary>Let in, or at the open door and kept from entering by somebody else.</summary>
    private static readonly JoinDecision?[] ShowPresence =
        [JoinDecision.Open, JoinDecision.ProviderFailed, JoinDecision.WaitingForMentor, JoinDecision.Preparing];

    internal static bool ShowsPresence(JoinDecision decision) => ShowPresence.Contains(decision);

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
            .Select(e => new { e.SessionId, ParticipantId = e.ParticipantId!.Value, e.AtUtc, e.Decision }).ToListAsync(cancellationToken);
        var stays = await db.RoomStays.Where(s => ids.Contains(s.SessionId))
            .Select(s => new { s.SessionId, s.ParticipantId, s.FromUtc, s.UntilUtc }).ToListAsync(cancellationToken);
        var seen = await SeenInsideAsync(sessions, cancellationToken);
        // Who was let in and whose page never told of the room has pressed, and not come.
        return events.Where(e => e.Decision != JoinDecision.Open || !seen.Contains(e.SessionId))
            .Select(e => (e.SessionId, e.ParticipantId, From: e.AtUtc, Until: e.AtUtc))
            .Concat(stays.Select(s => (s.SessionId, s.ParticipantId, From: s.FromUtc, Until: s.UntilUtc)))
            .Where(e => e.Until >= opened[e.SessionId])
            .GroupBy(e => e.ParticipantId)
            .ToDictionary(e => e.Key, e => e.Min(x => x.From > opened[x.SessionId] ? x.From : opened[x.SessionId]));
    }

    /// <summary>
    /// Who was in the meeting: by the room's page, by the tool's word, or where the tool has a page of its own by the click that led there.
    /// </summary>
    public async Task<IReadOnlySet<Guid>> InsideAsync(MentoringSession session, CancellationToken cancellationToken)
    {
        var opened = SessionDoor.CountsFrom(session.StartUtc, session.TimeSetUtc, policy.Value);
        var hasPage = (await SeenInsideAsync([session], cancellationToken)).Count > 0;
        var told = await db.MeetingEvents.Where(e => e.SessionId == session.Id && e.ParticipantId != null && e.AtUtc >= opened
                && (e.Kind == MeetingEventKind.ToolJoined || !hasPage && e.Kind == MeetingEventKind.Joined))
            .Select(e => e.ParticipantId!.Value).ToListAsync(cancellationToken);
        var stayed = await db.RoomStays.Where(s => s.SessionId == session.Id && s.UntilUtc >= opened).Select(s => s.ParticipantId)
            .ToListAsync(cancellationToken);
        return told.Concat(stayed).ToHashSet();
    }

    /// <summary>Who was there when, how sure that is, and how long they were together.</summary>
    public async Task<AttendanceRecord> RecordOfAsync(MentoringSession session, CancellationToken cancellationToken)
    {
        var stays = await db.RoomStays.AsNoTracking().Where(s => s.SessionId == session.Id).ToListAsync(cancellationToken);
        var events = await db.MeetingEvents.AsNoTracking().Where(e => e.SessionId == session.Id
            && (ShowPresence.Contains(e.Decision) || e.Kind == MeetingEventKind.ToolJoined || e.Kind == MeetingEventKind.ToolLeft
                || e.Kind == MeetingEventKind.ToolEnded)).ToListAsync(cancellationToken);
        return AttendanceRecord.Of(session, stays, events, SessionDoor.CountsFrom(session.StartUtc, session.TimeSetUtc, policy.Value));
    }

    /// <summary>Whether whoever is there is in a page of ours.</summary>
    internal async Task<bool> IsSeenInsideAsync(MentoringSession session, CancellationToken cancellationToken) =>
        (await SeenInsideAsync([session], cancellationToken)).Count > 0;

    /// <summary>The sessions whose room is in a page of ours, and in it alone: who calls by phone is in no page.</summary>
    private async Task<HashSet<Guid>> SeenInsideAsync(IReadOnlyCollection<MentoringSession> sessions, CancellationToken cancellationToken)
    {
        var ids = sessions.Select(s => s.Id).ToList();
        var links = await db.MeetingLinks
            .Where(l => ids.Contains(l.SessionId) && l.RoomVersion == l.Session.RoomVersion && l.DialIn == null)
            .Select(l => new { l.SessionId, l.ProviderAccount.ProviderId, l.ProviderAccountId }).ToListAsync(cancellationToken);
        return [.. links.Where(l => providers.Embedding(new(l.ProviderId, l.ProviderAccountId)) is { Embedding.Origins.Count: > 0 })
            .Select(l => l.SessionId)];
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
