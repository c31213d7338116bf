using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.People;
using Portal.Sessions.Changes;

namespace Portal.Sessions.Notes;

/// <summary>What came of saving a text.</summary>
/// <param name="Text">As it is now; what was typed, with what others typed meanwhile.</param>
/// <param name="Problem">What is wrong with it, for people; null where nothing is.</param>
public sealed record NoteResult(SessionOutcome Outcome, string Text = "", int Version = 0, string? Problem = null);

/// <summary>The texts and the steps that a session's two sides share. Nobody else reads them, administrators included.</summary>
public sealed class NotesService(
    PortalDbContext db, PrivateNotes own, NotesReader reader, SessionQueries queries, SessionPolicy policy, TimeProvider clock)
{
    /// <summary>Each try that fails means that somebody else's succeeded.</summary>
    private const int MaxAttempts = 20;

    /// <summary>Brings what was typed together with what others typed meanwhile; sent twice, it is there once.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="which">The text.</param>
    /// <param name="before">What the page had shown before it was changed.</param>
    /// <param name="typed">As it is on the page.</param>
    /// <param name="key">The same when the same is sent again; null where that cannot be.</param>
    /// <param name="caller">Who typed.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<NoteResult> SaveAsync(
        Guid sessionId, NoteText which, string? before, string? typed, Guid? key, Caller caller, CancellationToken cancellationToken)
    {
        if (which == NoteText.Own)
            return await own.SaveAsync(sessionId, before, typed, caller, cancellationToken);
        var (was, mine) = (NoteRules.Clean(before), NoteRules.Clean(typed));
        if (was.Length > SessionNotes.MaxText || NoteRules.Text(mine) is not null)
            return new(SessionOutcome.Unreadable, mine, Problem: NoteRules.Text(mine) ?? NoteRules.Text(was));
        NoteResult result = new(SessionOutcome.ChangedMeanwhile);
        var outcome = await ChangeAsync(sessionId, caller, notes =>
        {
            var text = notes.HasSaved(key) ? notes.Of(which) : TextMerge.Merge(was, notes.Of(which), mine);
            if (text.Length > SessionNotes.MaxText)
            {
                result = new(SessionOutcome.Unreadable, mine, notes.Version, NoteRules.Text(text));
                return Task.FromResult(false);
            }
            var changed = text != notes.Of(which);
            notes.Set(which, text);
            notes.Remember(changed ? key : null);
            result = new(SessionOutcome.Done, text, notes.Version + (changed ? 1 : 0));
            return Task.FromResult(changed);
        }, cancellationToken);
        return outcome == SessionOutcome.Done ? result : new(outcome);
    }

    public async Task<SessionOutcome> AddStepAsync(Guid sessionId, string? text, Caller caller, CancellationToken cancellationToken)
    {
        var full = false;
        var outcome = await ChangeAsync(sessionId, caller, async _ =>
        {
            full = await db.SessionSteps.CountAsync(s => s.SessionId == sessionId, cancellationToken) >= SessionStep.MaxSteps;
            if (!full)
                db.SessionSteps.Add(new() { SessionId = sessionId, Text = FreeText.OneLine(text), CreatedUtc = clock.GetUtcNow() });
            return !full;
        }, cancellationToken);
        return full ? SessionOutcome.TooMuch : outcome;
    }

    /// <param name="sessionId">Where it is shown: the session where it was agreed, or a later one of the same people.</param>
    /// <param name="stepId">The step.</param>
    /// <param name="done">False to open it again.</param>
    /// <param name="caller">Who says so.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task<SessionOutcome> SetDoneAsync(
        Guid sessionId, Guid stepId, bool done, Caller caller, CancellationToken cancellationToken) => ChangeStepAsync(
            sessionId, stepId, caller, step => step.DoneUtc = done ? step.DoneUtc ?? clock.GetUtcNow() : null, cancellationToken);

    /// <inheritdoc cref="SetDoneAsync"/>
    public Task<SessionOutcome> RemoveStepAsync(Guid sessionId, Guid stepId, Caller caller, CancellationToken cancellationToken) =>
        ChangeStepAsync(sessionId, stepId, caller, step => db.SessionSteps.Remove(step), cancellationToken);

    /// <summary>What is gone is gone for everybody. Of other sessions' steps those alone are in reach that are shown here.</summary>
    private async Task<SessionOutcome> ChangeStepAsync(
        Guid sessionId, Guid stepId, Caller caller, Action<SessionStep> change, CancellationToken cancellationToken)
    {
        var at = await db.SessionSteps.Where(s => s.Id == stepId).Select(s => s.SessionId).FirstOrDefaultAsync(cancellationToken);
        if (at != default && at != sessionId && !await reader.ShowsAsync(sessionId, at, caller, cancellationToken))
            return SessionOutcome.NoSuchSession;
        return await ChangeAsync(at == default ? sessionId : at, caller, async _ =>
        {
            if (await db.SessionSteps.FirstOrDefaultAsync(s => s.Id == stepId, cancellationToken) is not { } step)
                return false;
            change(step);
            return db.ChangeTracker.HasChanges();
        }, cancellationToken);
    }

    /// <param name="sessionId">The session.</param>
    /// <param name="caller">Who changes.</param>
    /// <param name="change">Returns whether there is something to save. It runs anew on what somebody else saved meanwhile.</param>
    /// <param name="cancellationToken">Cancels.</param>
    private async Task<SessionOutcome> ChangeAsync(
        Guid sessionId, Caller caller, Func<SessionNotes, Task<bool>> change, CancellationToken cancellationToken)
    {
        var (found, session) = await queries.FindAsync(sessionId, caller, cancellationToken);
        if (session is null)
            return found;
        var rights = SessionRights.Of(session, caller, clock.GetUtcNow(), policy);
        if (!rights.WriteNotes.IsAllowed())
            return rights.WriteNotes;
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var notes = await db.SessionNotes.FirstOrDefaultAsync(n => n.SessionId == sessionId, cancellationToken);
            if (notes is null)
                db.SessionNotes.Add(notes = new() { SessionId = sessionId });
            if (!await change(notes))
            {
                db.ChangeTracker.Clear();
                return SessionOutcome.Done;
            }
            notes.Version++;
            notes.ChangedUtc = clock.GetUtcNow();
            notes.ChangedBy = session.Participants.FirstOrDefault(p => p.UserId == caller.UserId)?.Id;
            if (await db.TrySaveAsync(cancellationToken))
            {
                db.ChangeTracker.Clear();
                return SessionOutcome.Done;
            }
        }
        return SessionOutcome.ChangedMeanwhile;
    }
}
