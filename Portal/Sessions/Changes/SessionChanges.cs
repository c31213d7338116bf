using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Mail.Queue;
using Portal.People;
using Portal.Sessions.Live;
using Portal.Sessions.Mails;
using Portal.Sessions.Rooms;

namespace Portal.Sessions.Changes;

/// <summary>
/// How a session that exists is changed: read, judged, changed and saved in one unit of work, with its log, its audit
/// entry and its mails. When somebody else was faster, the change is judged again on what they left; it is never laid over it.
/// </summary>
public sealed class SessionChanges(PortalDbContext db, MeetingEnds ends, SessionPolicy policy, TimeProvider clock)
{
    /// <summary>To one reader about one session within an hour, by whichever changes; that it ends is told in any case.</summary>
    public const int MaxMailsPerHour = 20;

    private static readonly string[] AlwaysTold =
    [
        nameof(SessionCancelled), nameof(SessionDeclined), nameof(SessionCompleted), nameof(SessionMissed), nameof(LinkWithdrawn),
        nameof(SeatGivenBack), nameof(GroupNews),
    ];

    /// <summary>Twenty people may want the last seat in one moment, and only one of them saves at a time.</summary>
    private const int MaxAttempts = 40;

    public Task<SessionOutcome> RunAsync(
        Guid sessionId, Func<MentoringSession, Task<SessionOutcome>> change, CancellationToken cancellationToken) =>
        RunAsync(sessionId, andThoseThatFollow: false, sessions => change(sessions[0]), cancellationToken);

    /// <param name="sessionId">The session.</param>
    /// <param name="andThoseThatFollow">With the later sessions of its series that still hold their time.</param>
    /// <param name="change">Gets the session first, then those that follow in order.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<SessionOutcome> RunAsync(
        Guid sessionId, bool andThoseThatFollow, Func<List<MentoringSession>, Task<SessionOutcome>> change,
        CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var sessions = await ReadAsync(sessionId, andThoseThatFollow, cancellationToken);
            if (sessions.Count == 0)
                return SessionOutcome.NoSuchSession;
            var seen = sessions.ToDictionary(s => s.Id, s => s.ConcurrencyToken);
            try
            {
                return await ChangeAsync(sessions, change, cancellationToken);
            }
            catch (Exception e) when (db.IsConflict(e) || db.IsDeadlock(e))
            {
                db.ChangeTracker.Clear();
                // A key may be refused before the token is compared: two changes of one moment tell the same person by mails of one key.
                // Where the session itself is as it was, a tick was taken by another session; then one more look says so.
                var changed = e is DbUpdateConcurrencyException || db.IsDeadlock(e) || await WasChangedAsync(seen, cancellationToken);
                if (attempt >= (changed ? MaxAttempts : 2))
                    return changed ? SessionOutcome.ChangedMeanwhile : SessionOutcome.Taken;
                await Task.Delay(Random.Shared.Next(5, 50), cancellationToken);
            }
        }
    }

    private async Task<SessionOutcome> ChangeAsync(
        List<MentoringSession> sessions, Func<List<MentoringSession>, Task<SessionOutcome>> change, CancellationToken cancellationToken)
    {
        try
        {
            var rooms = sessions.ConvertAll(MeetingEnds.Room.Of);
            var outcome = await change(sessions);
            if (outcome != SessionOutcome.Done || !db.ChangeTracker.HasChanges())
                return outcome;
            if (await TellsTooMuchAsync(sessions, cancellationToken))
            {
                db.ChangeTracker.Clear();
                return SessionOutcome.TooManyChanges;
            }
            await ends.AddAsync(rooms, sessions, cancellationToken);
            foreach (var session in sessions)
                session.ConcurrencyToken = Guid.NewGuid();
            await db.SaveChangesAsync(cancellationToken);
            // A change that had to wait for its turn has begun a transaction.
            await (db.Database.CurrentTransaction?.CommitAsync(cancellationToken) ?? Task.CompletedTask);
            return SessionOutcome.Done;
        }
        finally
        {
            await (db.Database.CurrentTransaction?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    /// <summary>Somebody who is to be written to has been written to so often that it fills a mailbox and tells nothing.</summary>
    private async Task<bool> TellsTooMuchAsync(List<MentoringSession> sessions, CancellationToken cancellationToken)
    {
        var readers = db.ChangeTracker.Entries<OutboxMessage>()
            .Where(e => e.State == EntityState.Added && !AlwaysTold.Contains(e.Entity.Kind))
            .Select(e => e.Entity.ToAddress).Distinct().ToList();
        if (readers.Count == 0)
            return false;
        var (ids, since) = (sessions.ConvertAll(s => (Guid?)s.Id), clock.GetUtcNow().AddHours(-1));
        return await db.Outbox.Where(m => m.CreatedUtc > since && ids.Contains(m.SessionId) && readers.Contains(m.ToAddress)
                && m.Kind != nameof(GroupNews))
            .GroupBy(m => m.ToAddress).AnyAsync(g => g.Count() >= MaxMailsPerHour, cancellationToken);
    }

    private async Task<bool> WasChangedAsync(Dictionary<Guid, Guid> seen, CancellationToken cancellationToken)
    {
        var ids = seen.Keys.ToList();
        var now = await db.Sessions.Where(s => ids.Contains(s.Id)).Select(s => new { s.Id, s.ConcurrencyToken })
            .ToListAsync(cancellationToken);
        return now.Any(s => s.ConcurrencyToken != seen[s.Id]);
    }

    private async Task<List<MentoringSession>> ReadAsync(Guid sessionId, bool andThoseThatFollow, CancellationToken cancellationToken)
    {
        var all = db.Sessions.Include(s => s.Mentor).Include(s => s.Participants)
            .ThenInclude(p => p.User!.Guardians).ThenInclude(g => g.Guardian);
        var session = await all.FirstOrDefaultAsync(s => s.Id == sessionId, cancellationToken);
        if (session is null)
            return [];
        if (!andThoseThatFollow || session.SeriesId is null)
            return [session];
        var later = await all.Where(s => s.SeriesId == session.SeriesId && s.StartUtc > session.StartUtc
                && (s.State == SessionState.Confirmed || s.State == SessionState.Requested))
            .OrderBy(s => s.StartUtc).ToListAsync(cancellationToken);
        return [session, .. later];
    }

    /// <summary>What the caller may do with the session as it is now.</summary>
    public SessionRights RightsOf(MentoringSession session, Caller caller) => SessionRights.Of(session, caller, clock.GetUtcNow(), policy);

    /// <param name="session">About which.</param>
    /// <param name="kind">What happened.</param>
    /// <param name="participantId">Whom it is about.</param>
    /// <param name="details">Written as JSON.</param>
    public void Log(MentoringSession session, MeetingEventKind kind, Guid? participantId = null, object? details = null) =>
        db.MeetingEvents.Add(new MeetingEvent
        {
            SessionId = session.Id,
            ParticipantId = participantId,
            Kind = kind,
            AtUtc = clock.GetUtcNow(),
            Details = details is null ? null : JsonSerializer.Serialize(details),
        });

    /// <summary>Comes after the change and its log: what differs by now is kept in both, and who did it.</summary>
    /// <param name="caller">Whose change.</param>
    /// <param name="action">One of the trail's kinds.</param>
    /// <param name="session">About which.</param>
    /// <param name="participant">Whom it is about, where that does not show.</param>
    public void Audit(Caller caller, string action, MentoringSession session, Guid? participant = null)
    {
        var changed = SessionDifference.Of(db, session, participant).Write();
        foreach (var logged in db.ChangeTracker.Entries<MeetingEvent>().Where(e => e.State == EntityState.Added
            && e.Entity.SessionId == session.Id && e.Entity.ActorId is null).Select(e => e.Entity))
            (logged.ActorId, logged.Details) = (caller.UserId, logged.Details ?? changed);
        AuditTrail.Audit.Note(db, clock.GetUtcNow(), caller.UserId, action, $"session:{session.Id}", changed);
    }
}
