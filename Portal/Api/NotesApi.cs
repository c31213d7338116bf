using Localization;
using Portal.People;
using Portal.Security;
using Portal.Sessions;
using Portal.Sessions.Changes;
using Portal.Sessions.Notes;

namespace Portal.Api;

/// <summary>What people write down beside a session; times in UTC.</summary>
/// <param name="Agenda">What is to be talked about.</param>
/// <param name="Notes">What was said and decided.</param>
/// <param name="Version">Rises with every change to the two texts and the steps; 0 where nobody wrote anything.</param>
/// <param name="Changed">Absent where nobody wrote anything.</param>
/// <param name="Own">The mentor's private notes; absent for everybody else.</param>
/// <param name="Chat">Messages to everybody, where the portal keeps them.</param>
/// <param name="Earlier">Of the same people's sessions before.</param>
public sealed record NotesItem(
    string Agenda, string Notes, int Version, DateTimeOffset? Changed, StepItem[] Steps, string? Own, ChatItem[] Chat, EarlierItem? Earlier)
{
    internal static NotesItem Of(NotesView view) => new(
        view.Shared.Agenda, view.Shared.Notes, view.Shared.Version, view.Shared.Version == 0 ? null : view.Shared.ChangedUtc,
        [.. view.Steps.Select(StepItem.Of)], view.Own?.Text, [.. view.Chat.Select(c => new ChatItem(c.ParticipantId, c.Text, c.AtUtc))],
        view.Earlier is { } earlier ? new(earlier.Session.Id, earlier.Notes, [.. earlier.Open.Select(StepItem.Of)]) : null);
}

/// <param name="Session">Where it was agreed.</param>
/// <param name="Done">When it was marked as done; absent as long as it isn't.</param>
public sealed record StepItem(Guid Id, Guid Session, string Text, DateTimeOffset? Done)
{
    internal static StepItem Of(SessionStep step) => new(step.Id, step.SessionId, step.Text, step.DoneUtc);
}

/// <param name="Participant">Who wrote it.</param>
public sealed record ChatItem(Guid Participant, string Text, DateTimeOffset At);

/// <param name="Notes">Of the latest session before this one.</param>
/// <param name="Open">Steps of all sessions before that nobody has done.</param>
public sealed record EarlierItem(Guid Session, string Notes, StepItem[] Open);

/// <param name="Text">The whole text, at most 10,000 characters.</param>
/// <param name="Before">What it was made from. What others wrote since then is kept; where both changed the same words, both are.</param>
/// <param name="Key">Made by you for this save: sent again with the same one, it is merged once.</param>
public sealed record NoteRequest(string? Text, string? Before, Guid? Key = null);

/// <param name="Text">As it is now, with what others wrote meanwhile.</param>
public sealed record NoteSaved(string Text, int Version);

/// <param name="Text">One line, at most 300 characters.</param>
public sealed record StepRequest(string? Text);

/// <param name="Done">False to open it again.</param>
public sealed record StepChange(bool Done);

/// <summary>Notes and steps, for a session's mentor and mentees alone.</summary>
internal static class NotesApi
{
    public static void MapNotesApi(this IEndpointRouteBuilder routes)
    {
        var notes = routes.MapGroup("/api/v1/sessions/{id:guid}").WithTags("Notes").RequireAuthorization();
        notes.MapGet("/notes", ReadAsync).Produces<NotesItem>()
            .WithSummary("Returns agenda, shared notes and next steps (mentor and mentees of the session alone).");
        notes.MapPut("/notes/{which}", SaveAsync).Produces<NoteSaved>().ProducesProblem(400).ProducesProblem(410)
            .RequireRateLimiting(RateLimits.Notes)
            .WithSummary("Saves one text: agenda, notes, or own (the mentor's private notes). What others wrote since `before` is merged in.");
        notes.MapPost("/steps", AddAsync).Produces(204).ProducesProblem(400).ProducesProblem(422).RequireRateLimiting(RateLimits.Notes)
            .WithSummary("Adds a next step.");
        notes.MapPatch("/steps/{step:guid}", ChangeAsync).Produces(204).RequireRateLimiting(RateLimits.Notes)
            .WithSummary("Marks a step as done, or opens it again.");
        notes.MapDelete("/steps/{step:guid}", RemoveAsync).Produces(204).RequireRateLimiting(RateLimits.Notes)
            .WithSummary("Removes a step.");
    }

    private static async Task<IResult> ReadAsync(
        Guid id, Me me, SessionQueries queries, NotesReader reader, CancellationToken cancellationToken)
    {
        var caller = new Caller(me.Id, IsAdmin: false);
        var (outcome, session) = await queries.FindAsync(id, caller, cancellationToken);
        if (session is null)
            return Problems.Of(outcome);
        return await reader.ReadAsync(session, caller, withOwn: true, cancellationToken) is { } view
            ? Results.Ok(NotesItem.Of(view)) : Problems.Of(SessionOutcome.NotAllowed);
    }

    private static async Task<IResult> SaveAsync(
        Guid id, string which, NoteRequest request, Me me, NotesService notes, CancellationToken cancellationToken)
    {
        if (NoteRules.Named(which) is not { } named)
            return Problems.Of(SessionOutcome.NoSuchSession);
        var result = await notes.SaveAsync(id, named, request.Before, request.Text, request.Key,
            new Caller(me.Id, IsAdmin: false), cancellationToken);
        return result.Outcome.IsAllowed() ? Results.Ok(new NoteSaved(result.Text, result.Version))
            : result.Problem is { } problem ? Problems.Field(nameof(request.Text), problem) : Problems.Of(result.Outcome);
    }

    private static async Task<IResult> AddAsync(
        Guid id, StepRequest request, Me me, NotesService notes, CancellationToken cancellationToken) =>
        NoteRules.Step(request.Text) is { } problem ? Problems.Field(nameof(request.Text), problem)
            : Problems.Answer(await notes.AddStepAsync(id, request.Text, new Caller(me.Id, IsAdmin: false), cancellationToken));

    private static async Task<IResult> ChangeAsync(
        Guid id, Guid step, StepChange request, Me me, NotesService notes, CancellationToken cancellationToken) =>
        Problems.Answer(await notes.SetDoneAsync(id, step, request.Done, new Caller(me.Id, IsAdmin: false), cancellationToken));

    private static async Task<IResult> RemoveAsync(
        Guid id, Guid step, Me me, NotesService notes, CancellationToken cancellationToken) =>
        Problems.Answer(await notes.RemoveStepAsync(id, step, new Caller(me.Id, IsAdmin: false), cancellationToken));
}
