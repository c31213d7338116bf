using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Portal.Data;
using Portal.Meeting;
using Portal.People;
using Providers;

namespace Portal.Sessions;

public enum BookingOutcome
{
    Booked,

    /// <summary>Somebody else was first.</summary>
    Taken,

    /// <summary>The mentor does not offer this time.</summary>
    NotOffered,

    /// <summary>The mentee has another session at this time.</summary>
    Overlaps,
    NoSuchMentor,
    WithOneself,
}

/// <param name="Outcome">What came of it.</param>
/// <param name="Session">The session when booked; also when a second click asked for what the first had booked already.</param>
/// <param name="NextFree">Other times, when this one cannot be had.</param>
public sealed record BookingResult(BookingOutcome Outcome, MentoringSession? Session, IReadOnlyList<Slot> NextFree);

public sealed class BookingService(
    PortalDbContext db, MentorCalendar calendar, MeetingLinks links, SessionMails mails, TimeProvider clock)
{
    public const int LongestTopic = 200;

    private const int NextFreeShown = 6;

    public async Task<BookingResult> BookAsync(Guid mentorId, DateTimeOffset start, string topic, Guid menteeId, CancellationToken cancellationToken)
    {
        if (mentorId == menteeId)
            return new(BookingOutcome.WithOneself, null, []);
        if (await calendar.FindAsync(mentorId, cancellationToken) is not { } mentor)
            return new(BookingOutcome.NoSuchMentor, null, []);

        var now = clock.GetUtcNow();
        if (!IsWithinReach(start, now))
            return await NotBookedAsync(BookingOutcome.NotOffered, mentor, now, cancellationToken);
        start = start.ToUniversalTime();
        if (await calendar.OfferedAtAsync(mentor, null, start, cancellationToken) is not { } offered)
            return await NotBookedAsync(BookingOutcome.NotOffered, mentor, start, cancellationToken);
        if (await OwnSessionsAtAsync(menteeId, offered).FirstOrDefaultAsync(cancellationToken) is { } own)
            return await SecondClickOrOverlapAsync(own, mentor, start, cancellationToken);

        var mentee = await db.Users.SingleAsync(u => u.Id == menteeId, cancellationToken);
        var session = await MakeAsync(mentor, mentee, offered, topic, now, cancellationToken);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return new(BookingOutcome.Booked, session, []);
        }
        catch (DbUpdateException e) when (e.InnerException is DbException inner && db.IsDuplicateKey(inner))
        {
            db.ChangeTracker.Clear();
            return await OwnSessionsAtAsync(menteeId, offered).FirstOrDefaultAsync(cancellationToken) is { } first
                ? await SecondClickOrOverlapAsync(first, mentor, start, cancellationToken)
                : await NotBookedAsync(BookingOutcome.Taken, mentor, start, cancellationToken);
        }
    }

    /// <summary>A confirmed session with its time, its meeting and its mails, in the unit of work; the caller has checked and saves.</summary>
    internal async Task<MentoringSession> MakeAsync(
        MentorProfile mentor, PortalUser mentee, Slot slot, string topic, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var zone = DateTimeZoneProviders.Tzdb[mentor.User.TimeZone];
        var host = await db.Users.SingleAsync(u => u.Id == mentor.UserId, cancellationToken);
        var session = new MentoringSession
        {
            MentorId = mentor.UserId,
            Mentor = host,
            Topic = FreeText.OneLine(topic),
            State = SessionState.Confirmed,
            LocalStart = Instant.FromDateTimeOffset(slot.Start).InZone(zone).LocalDateTime.ToDateTimeUnspecified(),
            TimeZone = mentor.User.TimeZone,
            StartUtc = slot.Start,
            LengthMinutes = mentor.SessionMinutes,
            BufferMinutes = mentor.BufferMinutes,
            CreatedUtc = now,
            Participants =
            [
                new() { Role = ParticipantRole.Mentor, UserId = host.Id, User = host },
                new() { Role = ParticipantRole.Mentee, UserId = mentee.Id, User = mentee },
            ],
        };
        db.Sessions.Add(session);
        db.BusyTicks.AddRange(BusyTick.Cover(mentor.UserId, session.Id, slot.Start, slot.End.AddMinutes(mentor.BufferMinutes)));
        db.BusyTicks.AddRange(BusyTick.Cover(mentee.Id, session.Id, slot.Start, slot.End));
        await links.MakeAsync(session, mentor, cancellationToken);
        db.MeetingEvents.Add(new MeetingEvent { SessionId = session.Id, Kind = MeetingEventKind.Booked, AtUtc = now });
        mails.Confirmed(session);
        return session;
    }

    private async Task<BookingResult> SecondClickOrOverlapAsync(
        MentoringSession own, MentorProfile mentor, DateTimeOffset start, CancellationToken cancellationToken) =>
        own.MentorId == mentor.UserId && own.StartUtc == start
            ? new(BookingOutcome.Booked, own, [])
            : await NotBookedAsync(BookingOutcome.Overlaps, mentor, start, cancellationToken);

    private async Task<BookingResult> NotBookedAsync(
        BookingOutcome outcome, MentorProfile mentor, DateTimeOffset start, CancellationToken cancellationToken) =>
        new(outcome, null, await calendar.NextFreeAsync(mentor, null, start, NextFreeShown, cancellationToken));

    private IQueryable<MentoringSession> OwnSessionsAtAsync(Guid userId, Slot slot) =>
        db.Sessions.Include(s => s.Participants).Where(s =>
            (s.State == SessionState.Confirmed || s.State == SessionState.Requested)
            && s.StartUtc < slot.End && s.StartUtc.AddMinutes(s.LengthMinutes) > slot.Start
            && s.Participants.Any(p => p.UserId == userId && p.WithdrawnUtc == null));

    /// <summary>A client may name any instant; the ends of the calendar cannot be reckoned with.</summary>
    public static bool IsWithinReach(DateTimeOffset start, DateTimeOffset now) => start > now.AddDays(-1) && start < now.AddYears(10);
}
