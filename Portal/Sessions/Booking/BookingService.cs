using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.People;
using Portal.People.Accounts;
using Portal.Sessions.Availability;
using Portal.Sessions.Changes;
using Portal.Sessions.Live;
using Portal.Sessions.Mails;
using Portal.Sessions.Rooms;

namespace Portal.Sessions.Booking;

/// <summary>Books one session, or a seat in a group.</summary>
public sealed class BookingService(
    PortalDbContext db, SessionChanges changes, Seats seats, Quotas quotas, MentorCalendar calendar, MeetingLinks links,
    SessionMails mails, Guardians guardians, TimeProvider clock)
{
    private const int NextFreeShown = 6;
    private const int MaxAttempts = 3;

    /// <param name="request">What; for a child, the session, its limits and its mails are the child's.</param>
    /// <param name="callerId">The mentee, or who answers for them.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<BookingResult> BookAsync(BookingRequest request, Guid callerId, CancellationToken cancellationToken)
    {
        var menteeId = request.ChildId ?? callerId;
        if (!await guardians.MayActForAsync(callerId, menteeId, cancellationToken))
            return new(BookingOutcome.NotGuardian, null, []);
        request = request with { By = callerId };
        if (request.MentorId == menteeId)
            return new(BookingOutcome.WithOneself, null, []);
        if (await calendar.FindAsync(request.MentorId, cancellationToken) is not { } mentor)
            return new(BookingOutcome.NoSuchMentor, null, []);
        var kind = mentor.Kinds.FirstOrDefault(k => k.Id == request.KindId && !k.IsRetired);
        if (request.KindId is not null && kind is null)
            return new(BookingOutcome.NoSuchKind, null, []);
        if (kind?.Capacity > 1 && request.Invitations.Count > 0)
            return new(BookingOutcome.GroupWithoutGuests, null, []);
        var now = clock.GetUtcNow();
        if (!IsWithinReach(request.Start, now))
            return await NotBookedAsync(BookingOutcome.NotOffered, mentor, kind, now, cancellationToken);
        request = request with { Start = request.Start.ToUniversalTime() };
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (await BookOnceAsync(request, menteeId, mentor, kind, isLast: attempt >= MaxAttempts, cancellationToken) is { } result)
                    return result;
            }
            catch (Exception e) when (db.IsDeadlock(e) && attempt < MaxAttempts)
            {
                db.ChangeTracker.Clear();
            }
        }
    }

    /// <summary>Null when the group may be there by now in which there are seats for others.</summary>
    private async Task<BookingResult?> BookOnceAsync(
        BookingRequest request, Guid menteeId, MentorProfile mentor, SessionKind? kind, bool isLast, CancellationToken cancellationToken)
    {
        if (await GroupAtAsync(mentor, kind, request.Start, cancellationToken) is { } group)
            return await TakeSeatAsync(group, request, menteeId, mentor, kind, cancellationToken);
        await using var turn = await calendar.TakeTurnAsync(mentor, cancellationToken);
        if (await calendar.OfferedAtAsync(mentor, MentorCalendar.RulesOf(mentor, kind), request.Start, cancellationToken) is not { } slot)
            return await NotBookedAsync(BookingOutcome.NotOffered, mentor, kind, request.Start, cancellationToken);
        if (await OwnSessionsAt(menteeId, slot).FirstOrDefaultAsync(cancellationToken) is { } held)
            return await SecondClickOrOverlapAsync(held, mentor, kind, request.Start, cancellationToken);

        await using var own = await quotas.TakeTurnAsync(menteeId, cancellationToken);
        if (await quotas.JudgeAsync(request, 1, menteeId, cancellationToken) is not BookingOutcome.Booked and var much)
            return new(much, null, []);
        // Behind the mentee's turn: a guardianship that is ended meanwhile is ended before.
        var mentee = await MenteeAsync(menteeId, cancellationToken);
        if (request.BookerOf(mentee) is null)
            return new(BookingOutcome.NotGuardian, null, []);
        var session = await MakeAsync(mentor, mentee, kind, slot, request, cancellationToken);
        if (await db.TrySaveAsync(cancellationToken))
        {
            await ((turn ?? own)?.CommitAsync(cancellationToken) ?? Task.CompletedTask);
            return new(BookingOutcome.Booked, session, []);
        }
        if (kind?.Capacity > 1 && !isLast)
            return null;
        return await OwnSessionsAt(menteeId, slot).FirstOrDefaultAsync(cancellationToken) is { } first
            ? await SecondClickOrOverlapAsync(first, mentor, kind, request.Start, cancellationToken)
            : await NotBookedAsync(BookingOutcome.Taken, mentor, kind, request.Start, cancellationToken);
    }

    /// <summary>A session with its time, its meeting and its mails, in the unit of work; the caller has checked and saves.</summary>
    internal async Task<MentoringSession> MakeAsync(
        MentorProfile mentor, PortalUser mentee, SessionKind? kind, Slot slot, BookingRequest request, CancellationToken cancellationToken,
        Guid? series = null)
    {
        var now = clock.GetUtcNow();
        var host = await db.Users.SingleAsync(u => u.Id == mentor.UserId, cancellationToken);
        var session = NewSession.Of(mentor, host, mentee, kind, request, slot, now);
        session.SeriesId = series;
        session.LengthMinutes = (int)(slot.End - slot.Start).TotalMinutes;
        session.StartAt(slot.Start, now);
        session.SeriesLocalStart = series is null ? null : session.LocalStart;
        db.Sessions.Add(session);
        await TimeHold.SyncAsync(db, session, cancellationToken);
        await links.MakeAsync(session, mentor, cancellationToken);
        var waits = session.State == SessionState.Requested;
        changes.Log(session, waits ? MeetingEventKind.Requested : MeetingEventKind.Booked);
        AuditFor(request, mentee, session);
        // A series is told as one.
        if (series is null && waits)
            mails.Requested(session);
        else if (series is null)
            mails.Confirmed(session);
        return session;
    }

    private async Task<BookingResult> TakeSeatAsync(
        MentoringSession group, BookingRequest request, Guid menteeId, MentorProfile mentor, SessionKind? kind,
        CancellationToken cancellationToken)
    {
        var slot = new Slot(group.StartUtc, group.EndUtc);
        if (await OwnSessionsAt(menteeId, slot).FirstOrDefaultAsync(s => s.Id != group.Id, cancellationToken) is not null)
            return await NotBookedAsync(BookingOutcome.Overlaps, mentor, kind, request.Start, cancellationToken);
        MentoringSession? joined = null;
        var result = BookingOutcome.Booked;
        var outcome = await changes.RunAsync(group.Id, async session =>
        {
            joined = session;
            if (!session.IsAhead(clock.GetUtcNow()) || session.StartUtc <= clock.GetUtcNow())
                return SessionOutcome.TooLate;
            if (session.SeatOf(menteeId) is { } already)
            {
                result = already.WaitingSinceUtc is null ? BookingOutcome.Booked : BookingOutcome.Waiting;
                return SessionOutcome.Done;
            }
            if (session.Participants.Any(p => p.UserId == menteeId && p.WithdrawnUtc is not null))
                return SessionOutcome.NotAllowed;
            result = session.SeatsTaken < session.Capacity
                ? BookingOutcome.Booked : request.OrWait ? BookingOutcome.Waiting : BookingOutcome.Full;
            if (result == BookingOutcome.Full)
                return SessionOutcome.Done;
            // Begins a transaction, which the change commits.
            _ = await quotas.TakeTurnAsync(menteeId, cancellationToken);
            var judged = await quotas.JudgeAsync(request with { Invitations = [] }, 1, menteeId, cancellationToken);
            result = judged == BookingOutcome.Booked ? result : judged;
            if (judged != BookingOutcome.Booked)
                return SessionOutcome.Done;
            var mentee = await MenteeAsync(menteeId, cancellationToken);
            if (request.BookerOf(mentee) is null)
                return SessionOutcome.NotAllowed;
            await seats.TakeAsync(session, mentee, cancellationToken);
            AuditFor(request, mentee, session);
            return SessionOutcome.Done;
        }, cancellationToken);
        return outcome switch
        {
            SessionOutcome.Done when result == BookingOutcome.TooManyOpen => new(result, null, []),
            SessionOutcome.Done when result != BookingOutcome.Full => new(result, joined, []),
            SessionOutcome.Done => await NotBookedAsync(BookingOutcome.Full, mentor, kind, request.Start, cancellationToken),
            SessionOutcome.Taken => await NotBookedAsync(BookingOutcome.Overlaps, mentor, kind, request.Start, cancellationToken),
            _ => await NotBookedAsync(BookingOutcome.NotOffered, mentor, kind, request.Start, cancellationToken),
        };
    }

    internal Task<PortalUser> MenteeAsync(Guid menteeId, CancellationToken cancellationToken) =>
        db.Users.Include(u => u.Guardians).ThenInclude(g => g.Guardian).SingleAsync(u => u.Id == menteeId, cancellationToken);

    private void AuditFor(BookingRequest request, PortalUser mentee, MentoringSession session)
    {
        if (request.By is { } by && by != mentee.Id)
            changes.Audit(new Caller(by, IsAdmin: false), "session.book-for", session);
    }

    private async Task<MentoringSession?> GroupAtAsync(
        MentorProfile mentor, SessionKind? kind, DateTimeOffset start, CancellationToken cancellationToken) =>
        kind is not { Capacity: > 1 } ? null : await db.Sessions.AsNoTracking().FirstOrDefaultAsync(
            s => s.MentorId == mentor.UserId && s.KindId == kind.Id && s.StartUtc == start && s.State == SessionState.Confirmed,
            cancellationToken);

    private async Task<BookingResult> SecondClickOrOverlapAsync(
        MentoringSession own, MentorProfile mentor, SessionKind? kind, DateTimeOffset start, CancellationToken cancellationToken) =>
        own.MentorId == mentor.UserId && own.StartUtc == start && own.KindId == kind?.Id
            ? new(BookingOutcome.Booked, own, [])
            : await NotBookedAsync(BookingOutcome.Overlaps, mentor, kind, start, cancellationToken);

    private async Task<BookingResult> NotBookedAsync(
        BookingOutcome outcome, MentorProfile mentor, SessionKind? kind, DateTimeOffset start, CancellationToken cancellationToken) =>
        new(outcome, null, await calendar.NextFreeAsync(mentor, MentorCalendar.RulesOf(mentor, kind), start, NextFreeShown,
            cancellationToken));

    private IQueryable<MentoringSession> OwnSessionsAt(Guid userId, Slot slot) =>
        db.Sessions.Include(s => s.Participants).Where(s =>
            (s.State == SessionState.Confirmed || s.State == SessionState.Requested)
            && s.StartUtc < slot.End && s.StartUtc.AddMinutes(s.LengthMinutes) > slot.Start
            && s.Participants.Any(p => p.UserId == userId && (p.Role == ParticipantRole.Mentor || p.Role == ParticipantRole.Mentee)
                && p.WithdrawnUtc == null && p.LeftUtc == null && p.WaitingSinceUtc == null));

    /// <summary>A client may name any instant; the ends of the calendar cannot be reckoned with.</summary>
    public static bool IsWithinReach(DateTimeOffset start, DateTimeOffset now) => start > now.AddDays(-1) && start < now.AddYears(10);
}
