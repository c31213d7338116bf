using Microsoft.EntityFrameworkCore;
using NodaTime;
using Portal.Data;
using Portal.People;
using Portal.People.Accounts;
using Portal.Sessions.Availability;
using Portal.Sessions.Mails;

namespace Portal.Sessions.Booking;

public enum SeriesProblem
{
    None,

    /// <summary>The mentor does not offer it: no hours, a day off, a wall clock that the night leaves out.</summary>
    NotOffered,

    /// <summary>The mentor is taken.</summary>
    Taken,

    /// <summary>The mentee is.</summary>
    Overlaps,
}

/// <param name="Local">The wall clock in the mentor's zone.</param>
/// <param name="Start">In UTC; null where that wall clock does not exist.</param>
/// <param name="Problem">Why it cannot be booked.</param>
public sealed record SeriesDate(LocalDateTime Local, DateTimeOffset? Start, SeriesProblem Problem);

/// <param name="Outcome">As for one session, or DatesTaken.</param>
/// <param name="Dates">What was booked or could have been.</param>
/// <param name="First">The first session when booked.</param>
public sealed record SeriesResult(BookingOutcome Outcome, IReadOnlyList<SeriesDate> Dates, MentoringSession? First);

/// <summary>Several sessions at once, weekly or every second week. All that can be had, or none.</summary>
public sealed class SeriesService(
    PortalDbContext db, BookingService booking, Quotas quotas, MentorCalendar calendar, SessionMails mails, Guardians guardians,
    TimeProvider clock)
{
    /// <summary>The dates with what stands against them; nothing is booked. Null when there is no such mentor or kind.</summary>
    public async Task<IReadOnlyList<SeriesDate>?> PlanAsync(
        BookingRequest request, int everyWeeks, int count, Guid menteeId, CancellationToken cancellationToken) =>
        await FindAsync(request, cancellationToken) is { } found
            ? await PlanAsync(found.Mentor, found.Kind, request.Start, everyWeeks, count, menteeId, cancellationToken) : null;

    /// <param name="request">The first session.</param>
    /// <param name="everyWeeks">1 or 2.</param>
    /// <param name="count">From 2 to <see cref="SessionRules.MaxSessionsInSeries"/>.</param>
    /// <param name="leaveOut">True: dates with a problem are left out. False: then nothing is booked.</param>
    /// <param name="callerId">The mentee, or who answers for them.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<SeriesResult> BookAsync(
        BookingRequest request, int everyWeeks, int count, bool leaveOut, Guid callerId, CancellationToken cancellationToken)
    {
        var menteeId = request.ChildId ?? callerId;
        if (!await guardians.MayActForAsync(callerId, menteeId, cancellationToken))
            return new(BookingOutcome.NotGuardian, [], null);
        request = request with { By = callerId };
        if (request.MentorId == menteeId)
            return new(BookingOutcome.WithOneself, [], null);
        if (await FindAsync(request, cancellationToken) is not { } found)
            return new(BookingOutcome.NoSuchMentor, [], null);
        if (found.Kind?.Capacity > 1)
            return new(BookingOutcome.NoSuchKind, [], null);
        for (var attempt = 1; ; attempt++)
        {
            await using var turn = await calendar.TakeTurnAsync(found.Mentor, cancellationToken);
            var dates = await PlanAsync(found.Mentor, found.Kind, request.Start, everyWeeks, count, menteeId, cancellationToken);
            var good = dates.Where(d => d.Problem == SeriesProblem.None).ToList();
            if (good.Count == 0 || !leaveOut && good.Count < dates.Count || attempt > 3)
                return new(BookingOutcome.DatesTaken, dates, null);
            await using var own = await quotas.TakeTurnAsync(menteeId, cancellationToken);
            if (await quotas.JudgeAsync(request, good.Count, menteeId, cancellationToken) is not BookingOutcome.Booked and var much)
                return new(much, [], null);
            var mentee = await booking.MenteeAsync(menteeId, cancellationToken);
            if (request.BookerOf(mentee) is null)
                return new(BookingOutcome.NotGuardian, [], null);
            var first = await SaveAsync(found.Mentor, found.Kind, request, everyWeeks, good, mentee, cancellationToken);
            if (first is null)
                continue;
            await ((turn ?? own)?.CommitAsync(cancellationToken) ?? Task.CompletedTask);
            return new(BookingOutcome.Booked, dates, first);
        }
    }

    /// <summary>Null when somebody took one of the times in this moment, or wanted to.</summary>
    private async Task<MentoringSession?> SaveAsync(
        MentorProfile mentor, SessionKind? kind, BookingRequest request, int everyWeeks, IReadOnlyList<SeriesDate> dates, PortalUser mentee,
        CancellationToken cancellationToken)
    {
        var series = new SessionSeries { MentorId = mentor.UserId, EveryWeeks = everyWeeks, CreatedUtc = clock.GetUtcNow() };
        db.SessionSeries.Add(series);
        var sessions = new List<MentoringSession>();
        foreach (var start in dates.Select(d => d.Start!.Value))
            sessions.Add(await booking.MakeAsync(
                mentor, mentee, kind, new Slot(start, start.AddMinutes(kind?.Minutes ?? mentor.SessionMinutes)), request, cancellationToken,
                series.Id));
        // A guest hears of all of them by one mail: one invitation.
        foreach (var guest in sessions.Skip(1).SelectMany(s => s.Participants).Where(p => p.InvitedUtc is not null))
            guest.InvitedUtc = null;
        // One request, one answer, one time to answer it.
        foreach (var session in sessions)
            session.ExpiresUtc = sessions[0].ExpiresUtc;
        if (sessions[0].State == SessionState.Requested)
            mails.Requested(sessions[0]);
        else
            mails.SeriesConfirmed(sessions);
        try
        {
            return await db.TrySaveAsync(cancellationToken) ? sessions[0] : null;
        }
        catch (Exception e) when (db.IsDeadlock(e))
        {
            db.ChangeTracker.Clear();
            return null;
        }
    }

    private async Task<(MentorProfile Mentor, SessionKind? Kind)?> FindAsync(BookingRequest request, CancellationToken cancellationToken)
    {
        if (!BookingService.IsWithinReach(request.Start, clock.GetUtcNow())
            || await calendar.FindAsync(request.MentorId, cancellationToken) is not { } mentor)
            return null;
        var kind = mentor.Kinds.FirstOrDefault(k => k.Id == request.KindId && !k.IsRetired);
        return request.KindId is not null && kind is null ? null : (mentor, kind);
    }

    private async Task<IReadOnlyList<SeriesDate>> PlanAsync(
        MentorProfile mentor, SessionKind? kind, DateTimeOffset start, int everyWeeks, int count, Guid menteeId,
        CancellationToken cancellationToken)
    {
        var zone = DateTimeZoneProviders.Tzdb[mentor.User.TimeZone];
        var local = Instant.FromDateTimeOffset(start).InZone(zone).LocalDateTime;
        var starts = SeriesDates.From(start, zone, everyWeeks, count);
        var rules = MentorCalendar.RulesOf(mentor, kind);
        var later = rules with { HorizonDays = rules.HorizonDays + 7 * everyWeeks * count };
        var dates = new List<SeriesDate>();
        for (var i = 0; i < count; i++)
        {
            // Who may book the first of a series may book them all: the mentor's horizon is for the first.
            var problem = starts[i] is { } at
                ? await ProblemAtAsync(mentor, i == 0 ? rules : later, at, menteeId, cancellationToken) : SeriesProblem.NotOffered;
            dates.Add(new(local.PlusWeeks(i * everyWeeks), starts[i], problem));
        }
        return dates;
    }

    private async Task<SeriesProblem> ProblemAtAsync(
        MentorProfile mentor, SlotRules rules, DateTimeOffset at, Guid menteeId, CancellationToken cancellationToken)
    {
        if (await calendar.OfferedAtAsync(mentor, rules, at, cancellationToken) is not { } slot)
            return SeriesProblem.NotOffered;
        long first = BusyTick.At(slot.Start), last = BusyTick.At(slot.End.AddTicks(-1));
        var held = await db.BusyTicks.Where(t => (t.UserId == mentor.UserId || t.UserId == menteeId) && t.Tick >= first && t.Tick <= last)
            .Select(t => t.UserId).Distinct().ToListAsync(cancellationToken);
        return held.Contains(mentor.UserId) ? SeriesProblem.Taken : held.Count > 0 ? SeriesProblem.Overlaps : SeriesProblem.None;
    }
}
