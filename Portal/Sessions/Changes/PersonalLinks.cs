using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.People;
using Portal.Sessions.Availability;
using Portal.Sessions.Booking;
using Portal.Sessions.Live;
using Portal.Sessions.Mails;
using Portal.Sessions.Rooms;

namespace Portal.Sessions.Changes;

/// <summary>The join links of the people in a session: each is withdrawn and renewed by itself.</summary>
public sealed class PersonalLinks(
    PortalDbContext db, SessionChanges changes, Seats seats, SessionRooms rooms, SessionMails mails, WithdrawalMails withdrawals,
    TimeProvider clock)
{
    /// <summary>
    /// One person's link stops working, and the others get a new room that this person does not know; unless they are in the old one.
    /// </summary>
    public Task<SessionOutcome> WithdrawLinkAsync(Guid sessionId, Guid participantId, Caller caller, CancellationToken cancellationToken) =>
        changes.RunAsync(sessionId, async session =>
        {
            var person = session.Participants.FirstOrDefault(p => p.Id == participantId);
            if (changes.RightsOf(session, caller).Withdraw(person) is not SessionOutcome.Done and var refused)
                return refused;
            if (person!.WithdrawnUtc is not null)
                return SessionOutcome.Done;

            person.LinkVersion++;
            person.WithdrawnUtc = clock.GetUtcNow();
            session.Sequence++;
            // While others are in the room they stay in it, and who comes finds them there: the page of who was withdrawn closes.
            if (!await rooms.IsInUseAsync(session, person.Id, cancellationToken))
                await rooms.ChangeRoomAsync(session, cancellationToken);
            await seats.MoveUpAsync(session, cancellationToken);
            await TimeHold.SyncAsync(db, session, cancellationToken);
            changes.Log(session, MeetingEventKind.LinkWithdrawn, person.Id);
            changes.Audit(caller, "session.withdraw-link", session, person.Id);
            await withdrawals.TellAsync(session, person, cancellationToken);
            return SessionOutcome.Done;
        }, cancellationToken);

    /// <summary>
    /// Whether somebody went into the room and nothing says that they left: a link that was withdrawn does not put anybody out.
    /// </summary>
    public async Task<bool> MayBeInsideAsync(Guid sessionId, Guid participantId, CancellationToken cancellationToken) =>
        await db.MeetingEvents.Where(e => e.SessionId == sessionId && e.ParticipantId == participantId
                && (e.Kind == MeetingEventKind.Joined || e.Kind == MeetingEventKind.Left))
            .OrderByDescending(e => e.AtUtc).Select(e => (MeetingEventKind?)e.Kind).FirstOrDefaultAsync(cancellationToken)
            == MeetingEventKind.Joined;

    /// <summary>One person gets a new link by mail; the old one stops working. Also takes a withdrawal back.</summary>
    public Task<SessionOutcome> RenewLinkAsync(Guid sessionId, Guid participantId, Caller caller, CancellationToken cancellationToken) =>
        changes.RunAsync(sessionId, async session =>
        {
            var person = session.Participants.FirstOrDefault(p => p.Id == participantId);
            if (changes.RightsOf(session, caller).Renew(person) is not SessionOutcome.Done and var refused)
                return refused;

            person!.LinkVersion++;
            person.WithdrawnUtc = null;
            session.Sequence++;
            await TimeHold.SyncAsync(db, session, cancellationToken);
            changes.Log(session, MeetingEventKind.LinkRenewed, person.Id);
            changes.Audit(caller, "session.renew-link", session, person.Id);
            mails.LinkRenewed(session, person);
            return SessionOutcome.Done;
        }, cancellationToken);

    /// <summary>One person gets the session's details once more: for who says that nothing came. The link stays what it was.</summary>
    public Task<SessionOutcome> SendAgainAsync(Guid sessionId, Guid participantId, Caller caller, CancellationToken cancellationToken) =>
        changes.RunAsync(sessionId, session =>
        {
            var person = session.Participants.FirstOrDefault(p => p.Id == participantId);
            if (changes.RightsOf(session, caller).SendAgain(person) is not SessionOutcome.Done and var refused)
                return Task.FromResult(refused);
            // Also of the mail's key.
            session.Sequence++;
            changes.Log(session, MeetingEventKind.SentAgain, person!.Id);
            changes.Audit(caller, "session.send-again", session, person.Id);
            mails.SentAgain(session, person);
            return Task.FromResult(SessionOutcome.Done);
        }, cancellationToken);
}
