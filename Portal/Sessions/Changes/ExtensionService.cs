using Localization;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.People;
using Portal.Sessions.Availability;
using Portal.Sessions.Live;
using Portal.Sessions.Mails;

namespace Portal.Sessions.Changes;

/// <param name="Outcome">What came of it: AtLimit where the portal allows no more, Taken where somebody is expected elsewhere.</param>
/// <param name="End">When the session ends now.</param>
/// <param name="Until">The same, or after a refusal the latest end that it can have.</param>
/// <param name="Limit">Minutes for all extensions of a session together.</param>
public sealed record ExtendResult(SessionOutcome Outcome, DateTimeOffset End, DateTimeOffset Until, int Limit)
{
    /// <param name="until">The latest end as the reader's clock shows it.</param>
    public string Text(string until) => Outcome switch
    {
        SessionOutcome.Taken when Until <= End => ErrorText.ExtendTakenAtOnce,
        SessionOutcome.Taken => ErrorText.ExtendTaken.With(until),
        SessionOutcome.AtLimit => Outcome.Text().With(Spans.Of(TimeSpan.FromMinutes(Limit)), until),
        _ => Outcome.Text(),
    };
}

/// <summary>
/// More time for a session that runs over: it may take the break after the session, never another session of anybody in
/// it. The room stays; whoever is let in from then on gets a token that lives as long as the session now does.
/// </summary>
public sealed class ExtensionService(
    PortalDbContext db, SessionChanges changes, SessionMails mails, SessionPolicy policy, TimeProvider clock)
{
    /// <param name="sessionId">The session.</param>
    /// <param name="minutes">5 to 30, in steps of 5: from the end on, or from now on after it.</param>
    /// <param name="seen">The sequence that the caller was shown: a button pressed twice extends once.</param>
    /// <param name="caller">The mentor or an administrator.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<ExtendResult> ExtendAsync(Guid sessionId, int minutes, int? seen, Caller caller, CancellationToken cancellationToken)
    {
        if (SessionRules.Extension(minutes) is not null)
            throw new ArgumentOutOfRangeException(nameof(minutes));
        var (end, until) = (default(DateTimeOffset), default(DateTimeOffset));
        var outcome = await changes.RunAsync(sessionId, async session =>
        {
            // Where the limit is reached as well, it is said until when the session goes.
            if (changes.RightsOf(session, caller).Extend is not (SessionOutcome.Done or SessionOutcome.AtLimit) and var refused)
                return refused;
            if (seen is { } known && known != session.Sequence)
                return SessionOutcome.ChangedMeanwhile;
            // Asked for after the end, the minutes count from now: an end that is past helps nobody.
            var more = minutes + PastOf(session);
            var allowed = Math.Max(0, policy.Booking.MaxExtension - session.ExtendedMinutes) / BusyTick.Minutes * BusyTick.Minutes;
            var free = await FreeMinutesAsync(session, Math.Max(more, allowed), cancellationToken);
            end = session.EndUtc;
            until = end.AddMinutes(Math.Min(free, allowed));
            if (more > free)
                return SessionOutcome.Taken;
            if (more > allowed)
                return SessionOutcome.AtLimit;
            session.LengthMinutes += more;
            session.ExtendedMinutes += more;
            // The break goes first: whoever follows keeps theirs.
            session.BufferMinutes = Math.Max(0, session.BufferMinutes - more);
            session.Sequence++;
            end = until = session.EndUtc;
            await TimeHold.SyncAsync(db, session, cancellationToken);
            changes.Log(session, MeetingEventKind.Extended, details: new { minutes = more });
            changes.Audit(caller, "session.extend", session);
            mails.Extended(session, minutes, caller.UserId);
            return SessionOutcome.Done;
        }, cancellationToken);
        return new(outcome, end, until, policy.Booking.MaxExtension);
    }

    /// <summary>Minutes since the end, in steps that ticks have; none before it.</summary>
    private int PastOf(MentoringSession session) => clock.GetUtcNow() <= session.EndUtc ? 0
        : (int)Math.Ceiling((clock.GetUtcNow() - session.EndUtc).TotalMinutes / BusyTick.Minutes) * BusyTick.Minutes;

    /// <summary>How long everybody who holds time is free after the end, at most so many minutes; a proposed time grows as well.</summary>
    private async Task<int> FreeMinutesAsync(MentoringSession session, int max, CancellationToken cancellationToken)
    {
        var people = session.Participants.Where(p => p.HoldsTime).Select(p => p.UserId!.Value).ToList();
        var ends = session.ProposedStartUtc is { } proposed
            ? new[] { session.EndUtc, proposed.AddMinutes(session.LengthMinutes) } : [session.EndUtc];
        foreach (var end in ends)
        {
            long first = BusyTick.At(end), last = BusyTick.At(end.AddMinutes(max));
            var taken = await db.BusyTicks.Where(t => people.Contains(t.UserId) && t.SessionId != session.Id && t.Tick >= first
                && t.Tick < last)
                .MinAsync(t => (long?)t.Tick, cancellationToken);
            max = taken is { } tick ? (int)(tick - first) * BusyTick.Minutes : max;
        }
        return max;
    }
}
