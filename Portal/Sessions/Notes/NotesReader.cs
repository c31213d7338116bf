using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.People;
using Portal.Sessions.Changes;

namespace Portal.Sessions.Notes;

/// <summary>What is beside a meeting, for one reader.</summary>
/// <param name="Shared">Empty where nobody has written anything.</param>
/// <param name="Earlier">What the same people had before; null where there is nothing of it.</param>
/// <param name="Own">The mentor's own; null for everybody else.</param>
public sealed record NotesView(
    MentoringSession Session, SessionNotes Shared, IReadOnlyList<SessionStep> Steps, bool MayWrite, EarlierNotes? Earlier,
    IReadOnlyList<ChatLine> Chat, PrivateNote? Own);

/// <param name="Session">The last one before that has notes, or steps that are not done.</param>
/// <param name="Notes">Of that session.</param>
/// <param name="Open">Steps that are not done, of all sessions before, the oldest first.</param>
public sealed record EarlierNotes(MentoringSession Session, string Notes, IReadOnlyList<SessionStep> Open);

/// <summary>Reads what people wrote down, for those who may.</summary>
public sealed class NotesReader(PortalDbContext db, SessionQueries queries, SessionPolicy policy, TimeProvider clock)
{
    /// <summary>How far back steps that nobody has done are shown.</summary>
    private const int MaxEarlier = 20;

    /// <summary>Null for who may not read them.</summary>
    /// <param name="session">As the queries gave it to this reader.</param>
    /// <param name="caller">The reader.</param>
    /// <param name="withOwn">The mentor's own note too.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<NotesView?> ReadAsync(MentoringSession session, Caller caller, bool withOwn, CancellationToken cancellationToken)
    {
        var rights = SessionRights.Of(session, caller, clock.GetUtcNow(), policy);
        if (!rights.MayReadNotes)
            return null;
        return new(
            session,
            await db.SessionNotes.AsNoTracking().FirstOrDefaultAsync(n => n.SessionId == session.Id, cancellationToken)
                ?? new() { SessionId = session.Id },
            await db.SessionSteps.AsNoTracking().Where(s => s.SessionId == session.Id).OrderBy(s => s.CreatedUtc).ThenBy(s => s.Id)
                .ToListAsync(cancellationToken),
            rights.WriteNotes.IsAllowed(),
            await EarlierAsync(session, caller, cancellationToken),
            await db.ChatLines.AsNoTracking().Where(c => c.SessionId == session.Id).OrderBy(c => c.AtUtc).ThenBy(c => c.Id)
                .ToListAsync(cancellationToken),
            withOwn && session.MentorId == caller.UserId
                ? await db.PrivateNotes.AsNoTracking()
                    .FirstOrDefaultAsync(n => n.SessionId == session.Id && n.UserId == session.MentorId, cancellationToken)
                    ?? new() { SessionId = session.Id, UserId = session.MentorId }
                : null);
    }

    /// <summary>Whether steps of the one session are shown beside the other.</summary>
    public async Task<bool> ShowsAsync(Guid sessionId, Guid earlierId, Caller caller, CancellationToken cancellationToken) =>
        (await queries.FindAsync(sessionId, caller, cancellationToken)).Session is { } session
            && await ReadAsync(session, caller, withOwn: false, cancellationToken) is { Earlier.Open: var open }
            && open.Any(s => s.SessionId == earlierId);

    /// <summary>A pair's sessions follow each other whoever booked them; a group's are those of its series.</summary>
    private async Task<EarlierNotes?> EarlierAsync(MentoringSession session, Caller caller, CancellationToken cancellationToken)
    {
        // Who sits in this session need not have sat in those before it.
        var reader = session.MentorId == caller.UserId ? caller.UserId : session.SeatFor(caller.UserId)?.UserId;
        var mentee = session.IsGroup ? null
            : session.Participants.FirstOrDefault(p => p is { Role: ParticipantRole.Mentee, IsIn: true })?.UserId;
        if (mentee is null && session.SeriesId is null)
            return null;
        var earlier = await db.Sessions.AsNoTracking()
            .Where(s => s.MentorId == session.MentorId && s.StartUtc < session.StartUtc
                && s.State != SessionState.Declined && s.State != SessionState.Expired && s.State != SessionState.Cancelled
                && (session.SeriesId != null && s.SeriesId == session.SeriesId || mentee != null && s.Capacity == 1
                    && s.Participants.Any(p => p.UserId == mentee && p.Role == ParticipantRole.Mentee))
                && s.Participants.Any(p => p.UserId == reader && p.WithdrawnUtc == null && p.LeftUtc == null && p.WaitingSinceUtc == null)
                && (db.SessionNotes.Any(n => n.SessionId == s.Id && n.Notes != "")
                    || db.SessionSteps.Any(step => step.SessionId == s.Id && step.DoneUtc == null)))
            .OrderByDescending(s => s.StartUtc).ThenBy(s => s.Id).Take(MaxEarlier).ToListAsync(cancellationToken);
        if (earlier.Count == 0)
            return null;
        var ids = earlier.ConvertAll(s => s.Id);
        return new(
            earlier[0],
            await db.SessionNotes.Where(n => n.SessionId == ids[0]).Select(n => n.Notes).FirstOrDefaultAsync(cancellationToken) ?? "",
            await db.SessionSteps.AsNoTracking().Where(s => ids.Contains(s.SessionId) && s.DoneUtc == null)
                .OrderBy(s => s.CreatedUtc).ThenBy(s => s.Id).ToListAsync(cancellationToken));
    }
}
