using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.People;
using Portal.Sessions.Availability;
using Portal.Sessions.Changes;
using Portal.Sessions.Live;
using Portal.Sessions.Mails;

namespace Portal.Sessions.Booking;

/// <summary>Seats and the waiting list of a group. Works on a session that <see cref="SessionChanges"/> has read and will save.</summary>
public sealed class Seats(PortalDbContext db, SessionChanges changes, SessionMails mails, TimeProvider clock)
{
    /// <summary>A seat when there is one, else a place on the waiting list.</summary>
    public async Task<SessionParticipant> TakeAsync(MentoringSession session, PortalUser mentee, CancellationToken cancellationToken)
    {
        var full = session.SeatsTaken >= session.Capacity;
        // Who left before comes back by a new link: the old one stays dead.
        var person = session.Participants.FirstOrDefault(p => p.UserId == mentee.Id && p.Role == ParticipantRole.Mentee);
        if (person is null)
        {
            person = new SessionParticipant
            {
                SessionId = session.Id,
                Session = session,
                Role = ParticipantRole.Mentee,
                UserId = mentee.Id,
                User = mentee
            };
            session.Participants.Add(person);
            db.Participants.Add(person);
        }
        person.LeftUtc = null;
        person.WaitingSinceUtc = full ? clock.GetUtcNow() : null;
        session.Sequence++;
        await TimeHold.SyncAsync(db, session, cancellationToken);
        changes.Log(session, full ? MeetingEventKind.WaitingListed : MeetingEventKind.SeatTaken, person.Id);
        if (full)
            mails.WaitingListed(session, person);
        else
            mails.SeatTaken(session, person);
        return person;
    }

    /// <summary>Gives the seat back; the next one on the waiting list who has the time moves up.</summary>
    public async Task LeaveAsync(MentoringSession session, SessionParticipant person, CancellationToken cancellationToken)
    {
        var hadSeat = person.WaitingSinceUtc is null;
        person.LeftUtc = clock.GetUtcNow();
        person.WaitingSinceUtc = null;
        person.LinkVersion++;
        session.Sequence++;
        changes.Log(session, MeetingEventKind.SeatLeft, person.Id);
        if (hadSeat)
        {
            mails.SeatGivenBack(session, person);
            await MoveUpAsync(session, cancellationToken);
        }
        await TimeHold.SyncAsync(db, session, cancellationToken);
    }

    /// <summary>Seats that are free go to those who wait longest and have the time.</summary>
    public async Task MoveUpAsync(MentoringSession session, CancellationToken cancellationToken)
    {
        foreach (var next in session.Participants.Where(p => p.WaitingSinceUtc is not null && p.WithdrawnUtc is null)
            .OrderBy(p => p.WaitingSinceUtc).ToList())
        {
            if (session.SeatsTaken >= session.Capacity)
                return;
            if (await IsElsewhereAsync(next, session, cancellationToken))
                continue;
            next.WaitingSinceUtc = null;
            // The mentor hears of who left and of who came: two changes.
            session.Sequence++;
            changes.Log(session, MeetingEventKind.MovedUp, next.Id);
            mails.SeatFree(session, next);
        }
    }

    private Task<bool> IsElsewhereAsync(SessionParticipant person, MentoringSession session, CancellationToken cancellationToken)
    {
        long first = BusyTick.At(session.StartUtc), last = BusyTick.At(session.EndUtc.AddTicks(-1));
        return db.BusyTicks.AnyAsync(t => t.UserId == person.UserId && t.SessionId != session.Id && t.Tick >= first
            && t.Tick <= last, cancellationToken);
    }
}
