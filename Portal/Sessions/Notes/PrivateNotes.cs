using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.People;
using Portal.Sessions.Changes;

namespace Portal.Sessions.Notes;

/// <summary>
/// A mentor's own notes of a session. They may be open in two tabs: what was typed in both is brought together as for two people.
/// </summary>
public sealed class PrivateNotes(PortalDbContext db, SessionQueries queries, TimeProvider clock)
{
    private const int MaxAttempts = 5;

    /// <param name="sessionId">The session.</param>
    /// <param name="before">What the page had shown before it was changed.</param>
    /// <param name="typed">As it is on the page.</param>
    /// <param name="caller">The mentor.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<NoteResult> SaveAsync(
        Guid sessionId, string? before, string? typed, Caller caller, CancellationToken cancellationToken)
    {
        var (was, mine) = (NoteRules.Clean(before), NoteRules.Clean(typed));
        if (was.Length > SessionNotes.MaxText || NoteRules.Text(mine) is not null)
            return new(SessionOutcome.Unreadable, mine, Problem: NoteRules.Text(mine) ?? NoteRules.Text(was));
        var (found, session) = await queries.FindAsync(sessionId, caller, cancellationToken);
        if (session is null)
            return new(found);
        if (caller.UserId is not { } mentor || session.MentorId != mentor)
            return new(SessionOutcome.NotAllowed);
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var note = await db.PrivateNotes.FirstOrDefaultAsync(n => n.SessionId == sessionId && n.UserId == mentor, cancellationToken);
            if (note is null)
                db.PrivateNotes.Add(note = new() { SessionId = sessionId, UserId = mentor });
            var text = TextMerge.Merge(was, note.Text, mine);
            if (NoteRules.Text(text) is { } problem)
                return new(SessionOutcome.Unreadable, mine, note.Version, problem);
            (note.Text, note.ChangedUtc) = (text, clock.GetUtcNow());
            note.Version++;
            if (await db.TrySaveAsync(cancellationToken))
                return new(SessionOutcome.Done, text, note.Version);
        }
        return new(SessionOutcome.ChangedMeanwhile);
    }
}
