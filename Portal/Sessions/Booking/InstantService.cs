using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.People;
using Portal.Sessions.Availability;
using Portal.Sessions.Changes;
using Portal.Sessions.Live;
using Portal.Sessions.Rooms;

namespace Portal.Sessions.Booking;

/// <summary>A meeting that a mentor opens now.</summary>
public sealed class InstantService(
    PortalDbContext db, MentorCalendar calendar, SessionChanges changes, Quotas quotas, MeetingLinks links, TimeProvider clock)
{
    /// <summary>Taken when the mentor is in another session during that time.</summary>
    public async Task<BookingResult> OpenAsync(Guid mentorId, string topic, int minutes, CancellationToken cancellationToken)
    {
        if (await calendar.FindAsync(mentorId, cancellationToken) is not { } mentor)
            return new(BookingOutcome.NoSuchMentor, null, []);
        await using var turn = await quotas.TakeTurnAsync(mentorId, cancellationToken);
        if (!await quotas.MayOpenAsync(mentorId, cancellationToken))
            return new(BookingOutcome.TooManyInstant, null, []);
        var now = clock.GetUtcNow();
        // On the grid that all sessions are on; the first minutes of the grid may be over.
        var start = DateTimeOffset.FromUnixTimeSeconds(BusyTick.At(now) * BusyTick.Minutes * 60);
        var host = await db.Users.SingleAsync(u => u.Id == mentorId, cancellationToken);
        var session = new MentoringSession
        {
            MentorId = mentorId,
            Mentor = host,
            Topic = FreeText.OneLine(topic),
            State = SessionState.Confirmed,
            IsInstant = true,
            TimeZone = mentor.User.TimeZone,
            LengthMinutes = minutes,
            CreatedUtc = now,
            Participants = [new() { Role = ParticipantRole.Mentor, UserId = host.Id, User = host }],
        };
        session.StartAt(start, now);
        db.Sessions.Add(session);
        await TimeHold.SyncAsync(db, session, cancellationToken);
        await links.MakeAsync(session, mentor, cancellationToken);
        changes.Log(session, MeetingEventKind.Booked);
        if (!await db.TrySaveAsync(cancellationToken))
            return new(BookingOutcome.Taken, null, []);
        await (turn?.CommitAsync(cancellationToken) ?? Task.CompletedTask);
        return new(BookingOutcome.Booked, session, []);
    }
}
