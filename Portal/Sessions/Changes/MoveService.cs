using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.People;
using Portal.Sessions.Availability;
using Portal.Sessions.Booking;
using Portal.Sessions.Live;
using Portal.Sessions.Mails;
using Portal.Sessions.Rooms;

namespace Portal.Sessions.Changes;

/// <param name="Outcome">What came of it.</param>
/// <param name="Proposed">The other side has to agree first.</param>
/// <param name="NextFree">Other times, when this one cannot be had.</param>
/// <param name="Conflicts">The new times of a series that cannot be had, or are not offered; nothing was moved.</param>
public sealed record MoveResult(
    SessionOutcome Outcome, bool Proposed, IReadOnlyList<Slot> NextFree, IReadOnlyList<DateTimeOffset> Conflicts);

/// <summary>
/// Another time for a session that exists. The join links stay; the room is a new one. A mentee picks among the times that
/// the mentor offers; the mentor may take any time of their own.
/// </summary>
public sealed partial class MoveService(
    PortalDbContext db, SessionChanges changes, SessionRooms rooms, MentorCalendar calendar, SessionMails mails,
    SessionPolicy policy, TimeProvider clock)
{
    private const int NextFreeShown = 6;
    private static readonly TimeSpan FarthestMove = TimeSpan.FromDays(366);

    /// <param name="sessionId">The session.</param>
    /// <param name="start">Its new start; those that follow in a series move to the same weekday and wall clock.</param>
    /// <param name="seen">The sequence that the caller was shown; another one since then is not overwritten.</param>
    /// <param name="andThoseThatFollow">Of the series.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<MoveResult> MoveAsync(
        Guid sessionId, DateTimeOffset start, int? seen, bool andThoseThatFollow, Caller caller, CancellationToken cancellationToken)
    {
        start = start.ToUniversalTime();
        var proposed = false;
        var conflicts = new List<DateTimeOffset>();
        MentorProfile? mentor = null;
        var outcome = await changes.RunAsync(sessionId, andThoseThatFollow, async series =>
        {
            var session = series[0];
            var rights = changes.RightsOf(session, caller);
            if (!rights.Move.IsAllowed())
                return rights.Move;
            if (seen is { } known && known != session.Sequence)
                return SessionOutcome.ChangedMeanwhile;
            if (start == session.StartUtc)
                return SessionOutcome.Done;
            mentor = await calendar.FindAsync(session.MentorId, cancellationToken);
            if (mentor is null)
                return SessionOutcome.NotOffered;
            if (!rights.IsMentor)
                await calendar.TakeTurnAsync(mentor, cancellationToken);
            var targets = SeriesDates.Shifted(series, start);
            conflicts = await NotOfferedAsync(series, targets, mentor, rights.IsMentor, cancellationToken);
            if (conflicts.Count > 0)
                return SessionOutcome.NotOffered;
            conflicts = await TakenAsync(series, targets, cancellationToken);
            if (conflicts.Count > 0)
                return SessionOutcome.Taken;
            proposed = NeedsConsent(session, mentor, rights.IsMentor);
            await (proposed ? ProposeAsync(series, targets, caller, cancellationToken)
                : MoveAllAsync(series, targets, caller, caller.UserId, cancellationToken));
            return SessionOutcome.Done;
        }, cancellationToken);
        var next = outcome is SessionOutcome.Taken or SessionOutcome.NotOffered && mentor is not null
            ? await NextFreeAsync(mentor, sessionId, start, cancellationToken) : [];
        return new(outcome, outcome == SessionOutcome.Done && proposed, next,
            outcome is SessionOutcome.Taken or SessionOutcome.NotOffered ? conflicts : []);
    }

    /// <summary>The other side's answer to a proposed time, for all sessions of a series that it was proposed for.</summary>
    public Task<SessionOutcome> AnswerAsync(Guid sessionId, bool agree, Caller caller, CancellationToken cancellationToken) =>
        changes.RunAsync(sessionId, andThoseThatFollow: true, async series =>
        {
            var session = series[0];
            if (changes.RightsOf(session, caller).AnswerMove is not SessionOutcome.Done and var refused)
                return refused;
            var (proposed, by) = (session.ProposedStartUtc!.Value, session.ProposedBy);
            if (agree && proposed <= clock.GetUtcNow())
                return SessionOutcome.TooLate;
            // Those that follow were meant where they were to move alike, by the same person.
            var targets = SeriesDates.Shifted(series, proposed);
            var meant = series.Where((s, i) => i == 0 || s.ProposedStartUtc == targets[i] && s.ProposedBy == by).ToList();
            if (agree)
            {
                await MoveAllAsync(meant, [.. meant.Select(s => s.ProposedStartUtc!.Value)], caller, by, cancellationToken);
                return SessionOutcome.Done;
            }
            foreach (var one in meant)
            {
                one.ProposedStartUtc = null;
                one.ProposedBy = null;
                one.Sequence++;
                changes.Log(one, MeetingEventKind.MoveDeclined);
                changes.Audit(caller, "session.decline-move", one);
            }
            await TimeHold.SyncAsync(db, meant, cancellationToken);
            mails.MoveDeclined(session, proposed, by);
            return SessionOutcome.Done;
        }, cancellationToken);

    /// <summary>Times that the session could move to, its own time counted as free.</summary>
    public async Task<List<Slot>> FreeAsync(
        MentoringSession session, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        if (await calendar.FindAsync(session.MentorId, cancellationToken) is not { } mentor)
            return [];
        var free = await calendar.FreeAsync(mentor, MentorCalendar.RulesOf(mentor, session), from, to, cancellationToken, session.Id);
        return [.. free.Where(slot => slot.Start != session.StartUtc)];
    }

    /// <summary>Whether this caller's move is a proposal first.</summary>
    public async Task<bool> AsksFirstAsync(MentoringSession session, Caller caller, CancellationToken cancellationToken) =>
        await calendar.FindAsync(session.MentorId, cancellationToken) is { } mentor
        && NeedsConsent(session, mentor, changes.RightsOf(session, caller).IsMentor);

    private bool NeedsConsent(MentoringSession session, MentorProfile mentor, bool isMentor) =>
        !session.IsGroup && session.SeatsTaken > 0 && (policy.Booking.MovesNeedConsent || !isMentor && mentor.ConfirmsByHand);

    private async Task ProposeAsync(
        IReadOnlyList<MentoringSession> series, IReadOnlyList<DateTimeOffset> targets, Caller caller, CancellationToken cancellationToken)
    {
        for (var i = 0; i < series.Count; i++)
        {
            series[i].ProposedStartUtc = targets[i];
            series[i].ProposedBy = caller.UserId;
            series[i].Sequence++;
            changes.Log(series[i], MeetingEventKind.MoveProposed);
            changes.Audit(caller, "session.propose-move", series[i]);
        }
        await TimeHold.SyncAsync(db, series, cancellationToken);
        mails.MoveProposed(series[0], caller.UserId, series.Count > 1 ? targets : null);
    }

    /// <param name="series">The sessions.</param>
    /// <param name="targets">Their new starts.</param>
    /// <param name="caller">Who does it, which may be who agreed to it.</param>
    /// <param name="by">Who wanted it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    private async Task MoveAllAsync(
        IReadOnlyList<MentoringSession> series, IReadOnlyList<DateTimeOffset> targets, Caller caller, Guid? by,
        CancellationToken cancellationToken)
    {
        var old = series[0].StartUtc;
        for (var i = 0; i < series.Count; i++)
            await MoveOneAsync(series[i], targets[i], caller, cancellationToken);
        await TimeHold.SyncAsync(db, series, cancellationToken);
        mails.Moved(series[0], old, by, series.Count > 1 ? targets : null);
    }

    private async Task MoveOneAsync(MentoringSession session, DateTimeOffset start, Caller caller, CancellationToken cancellationToken)
    {
        session.StartAt(start, clock.GetUtcNow());
        session.ProposedStartUtc = null;
        session.ProposedBy = null;
        session.Sequence++;
        await rooms.ChangeRoomAsync(session, cancellationToken, samePeople: true);
        changes.Log(session, MeetingEventKind.Moved);
        changes.Audit(caller, "session.move", session);
    }

    private async Task<IReadOnlyList<Slot>> NextFreeAsync(
        MentorProfile mentor, Guid sessionId, DateTimeOffset start, CancellationToken cancellationToken)
    {
        var session = await db.Sessions.AsNoTracking().SingleAsync(s => s.Id == sessionId, cancellationToken);
        if (!BookingService.IsWithinReach(start, clock.GetUtcNow()))
            return [];
        return await calendar.NextFreeAsync(mentor, MentorCalendar.RulesOf(mentor, session), start, NextFreeShown, cancellationToken,
            sessionId);
    }
}
