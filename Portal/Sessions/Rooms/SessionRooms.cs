using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.People;
using Portal.Sessions.Availability;
using Portal.Sessions.Changes;
using Portal.Sessions.Live;
using Portal.Sessions.Mails;

namespace Portal.Sessions.Rooms;

/// <summary>Other rooms for a session that exists.</summary>
public sealed class SessionRooms(
    PortalDbContext db, SessionChanges changes, MeetingLinks links, SessionMails mails, SessionPolicy policy, TimeProvider clock)
{
    /// <summary>Makes the meeting anew, by the mentor's preference of now: the old room is never used again.</summary>
    public Task<SessionOutcome> RemakeLinkAsync(Guid sessionId, Caller caller, CancellationToken cancellationToken) =>
        changes.RunAsync(sessionId, async session =>
        {
            if (changes.RightsOf(session, caller).ChangeRoom is not SessionOutcome.Done and var refused)
                return refused;
            var inUse = await IsInUseAsync(session, null, cancellationToken);
            await RotateRoomAsync(session, cancellationToken);
            changes.Audit(caller, "session.generate-link", session);
            // The room's page takes along whoever is in it; a tool of its own does not.
            if (inUse)
            {
                session.Sequence++;
                mails.RoomChanged(session, caller.UserId);
            }
            return SessionOutcome.Done;
        }, cancellationToken);

    /// <summary>
    /// Puts an address of the mentor's in place of the provider's room, or takes it away again. The mailed links stay; the
    /// others are told what changed and by whom.
    /// </summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="externalMeetingUrl">Checked by the caller with the rules for such addresses; null for the provider's room.</param>
    /// <param name="caller">The mentor or an administrator.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task<SessionOutcome> SwitchRoomAsync(
        Guid sessionId, string? externalMeetingUrl, Caller caller, CancellationToken cancellationToken) =>
        changes.RunAsync(sessionId, async session =>
        {
            if (changes.RightsOf(session, caller).ChangeRoom is not SessionOutcome.Done and var refused)
                return refused;
            if (session.ExternalMeetingUrl == externalMeetingUrl)
                return externalMeetingUrl is null ? SessionOutcome.NothingBack : SessionOutcome.Done;
            session.ExternalMeetingUrl = externalMeetingUrl;
            session.Sequence++;
            await RotateRoomAsync(session, cancellationToken);
            changes.Log(session, MeetingEventKind.RoomSwitched);
            changes.Audit(caller, "session.switch-room", session);
            mails.RoomChanged(session, caller.UserId);
            return SessionOutcome.Done;
        }, cancellationToken);

    /// <summary>One step out of trouble: the meeting takes place in the tool that needs nothing of anybody.</summary>
    public Task<SessionOutcome> UseDefaultToolAsync(Guid sessionId, Caller caller, CancellationToken cancellationToken) =>
        changes.RunAsync(sessionId, async session =>
        {
            if (changes.RightsOf(session, caller).ChangeRoom is not SessionOutcome.Done and var refused)
                return refused;
            if (await links.UsesDefaultToolAsync(session, cancellationToken))
                return SessionOutcome.Done;
            session.ExternalMeetingUrl = null;
            session.Sequence++;
            await RotateRoomAsync(session, cancellationToken, links.DefaultTool);
            changes.Log(session, MeetingEventKind.RoomSwitched);
            changes.Audit(caller, "session.switch-room", session);
            mails.RoomChanged(session, caller.UserId);
            return SessionOutcome.Done;
        }, cancellationToken);

    /// <summary>Whether people went into the present room at the session's present time.</summary>
    /// <param name="session">With the time it has now.</param>
    /// <param name="except">Somebody who does not count.</param>
    /// <param name="cancellationToken">Cancels.</param>
    internal Task<bool> IsInUseAsync(MentoringSession session, Guid? except, CancellationToken cancellationToken)
    {
        var since = SessionDoor.CountsFrom(session.StartUtc, session.TimeSetUtc, policy.Joining);
        return db.MeetingEvents.AnyAsync(e => e.SessionId == session.Id && e.Kind == MeetingEventKind.Joined && e.AtUtc >= since
            && e.ParticipantId != except, cancellationToken);
    }

    /// <summary>Another room of the mentor's tool; of the one in its place, where the session was moved there out of trouble.</summary>
    /// <param name="session">Whose.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <param name="samePeople">They only meet at another time: a tool that can change a meeting keeps it.</param>
    internal async Task ChangeRoomAsync(MentoringSession session, CancellationToken cancellationToken, bool samePeople = false)
    {
        var usesDefault = await links.UsesDefaultToolAsync(session, cancellationToken);
        var present = db.MeetingLinks.Where(l => l.SessionId == session.Id && l.RoomVersion == session.RoomVersion);
        var kept = samePeople ? await present.FirstOrDefaultAsync(l => l.InsteadOfAccountId == null, cancellationToken) : null;
        await RotateRoomAsync(session, cancellationToken, usesDefault ? links.DefaultTool : null, kept);
    }

    internal async Task<MeetingLink> RotateRoomAsync(
        MentoringSession session, CancellationToken cancellationToken, string? tool = null, MeetingLink? kept = null)
    {
        // Who is a mentor no longer keeps the sessions that are booked; without a link they would be in preparation for ever.
        var mentor = await db.MentorProfiles.AsNoTracking().FirstOrDefaultAsync(m => m.UserId == session.MentorId, cancellationToken)
            ?? new MentorProfile { UserId = session.MentorId };
        return await RotateRoomAsync(session, mentor, tool, cancellationToken, kept);
    }

    /// <summary>The old room is never used again: a new version, and a link for it.</summary>
    internal async Task<MeetingLink> RotateRoomAsync(
        MentoringSession session, MentorProfile mentor, string? tool, CancellationToken cancellationToken, MeetingLink? kept = null)
    {
        session.RoomVersion++;
        var link = await links.MakeAsync(session, mentor, cancellationToken, tool, kept);
        if (link.State != MeetingLinkState.Ready)
            return link;
        // What was wrong with the old room is of the past; should the new one be no better, the next pre-flight finds it.
        var open = db.SessionTroubles.Where(t => t.SessionId == session.Id && t.SolvedUtc == null);
        foreach (var trouble in await open.ToListAsync(cancellationToken))
            trouble.SolvedUtc = clock.GetUtcNow();
        return link;
    }
}
