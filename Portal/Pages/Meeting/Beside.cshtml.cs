using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Portal.Joining;
using Portal.Pages.Sessions;
using Portal.People;
using Portal.Security;
using Portal.Sessions;
using Portal.Sessions.Changes;
using Portal.Sessions.Files;
using Portal.Sessions.Live;
using Portal.Sessions.Notes;

namespace Portal.Pages.Meeting;

/// <summary>
/// The notes beside the meeting, for its two sides; the room's cookie says for whom it was opened. It is sent by pages of ours alone.
/// </summary>
[AllowAnonymous, IgnoreAntiforgeryToken, EnableRateLimiting(RateLimits.Notes)]
public sealed class BesideModel(
    JoinService joining, RoomCookie cookie, NotesService notes, NotesReader reader, SessionFiles files, ChatKeeping chat,
    SessionQueries queries) : PageModel
{
    public NotesPanel Panel { get; private set; } = null!;

    /// <summary>What people shared: to be had on the session's page, which asks who somebody is.</summary>
    public IReadOnlyList<SessionFile> Files { get; private set; } = [];
    public bool MayShare { get; private set; }

    /// <summary>A link alone does not open the mentor's own notes: their browser has to be signed in as the mentor.</summary>
    public bool OwnElsewhere { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await PersonAsync(id, cancellationToken) is not { } person || await PanelAsync(person, cancellationToken) is not { } panel)
            return NotFound();
        if (!person.IsPassedOn)
            HttpContext.Items["ReaderLanguage"] = person.Language;
        Panel = panel;
        Files = await files.OfAsync(id, cancellationToken);
        MayShare = files.MayAdd(panel.View.Session, CallerOf(person)).IsAllowed();
        OwnElsewhere = person.Role == ParticipantRole.Mentor && panel.View.Own is null;
        return Page();
    }

    public async Task<IActionResult> OnPostTextAsync(
        Guid id, string? which, string? before, string? text, Guid? key, CancellationToken cancellationToken)
    {
        if (NoteRules.Named(which) is not { } named)
            return BadRequest();
        if (await PersonAsync(id, cancellationToken) is not { } person)
            return NotFound();
        var result = named == NoteText.Own && !IsSignedInAs(person) ? new NoteResult(SessionOutcome.NotAllowed)
            : await notes.SaveAsync(id, named, before, text, key, CallerOf(person), cancellationToken);
        return new JsonResult(NoteAnswer.Of(result)) { StatusCode = Status(result.Outcome) };
    }

    public Task<IActionResult> OnPostStepAsync(Guid id, string? step, CancellationToken cancellationToken) =>
        ActAsync(id, async person => NoteRules.Step(step) is { } problem ? (SessionOutcome.Unreadable, problem)
            : (await notes.AddStepAsync(id, step, CallerOf(person), cancellationToken), null), cancellationToken);

    public Task<IActionResult> OnPostDoneAsync(Guid id, Guid step, bool done, CancellationToken cancellationToken) =>
        ActAsync(id, async person =>
            (await notes.SetDoneAsync(id, step, done, CallerOf(person), cancellationToken), null), cancellationToken);

    public Task<IActionResult> OnPostRemoveAsync(Guid id, Guid step, CancellationToken cancellationToken) =>
        ActAsync(id, async person =>
            (await notes.RemoveStepAsync(id, step, CallerOf(person), cancellationToken), null), cancellationToken);

    /// <summary>What this page's person wrote to everybody in the meeting.</summary>
    public async Task<IActionResult> OnPostChatAsync(Guid id, string? text, CancellationToken cancellationToken) =>
        await PersonAsync(id, cancellationToken) is { } person
            ? StatusCode((await chat.AddAsync(id, person.ParticipantId, text, cancellationToken)).Status()) : NotFound();

    private async Task<IActionResult> ActAsync(
        Guid id, Func<JoinPerson, Task<(SessionOutcome, string?)>> act, CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid)
            return BadRequest();
        if (await PersonAsync(id, cancellationToken) is not { } person)
            return NotFound();
        var (outcome, problem) = await act(person);
        return new JsonResult(new { problem = outcome.IsAllowed() ? null : problem ?? outcome.Text() }) { StatusCode = Status(outcome) };
    }

    private async Task<NotesPanel?> PanelAsync(JoinPerson person, CancellationToken cancellationToken)
    {
        var caller = CallerOf(person);
        return (await queries.FindAsync(person.SessionId, caller, cancellationToken)).Session is { } session
            && await reader.ReadAsync(session, caller, IsSignedInAs(person), cancellationToken) is { } view
                ? new(view, $"/meeting/{person.SessionId}/beside", person.TimeZone, InRoom: true) : null;
    }

    /// <summary>Null for who has no business in this room, or none any more.</summary>
    private async Task<JoinPerson?> PersonAsync(Guid id, CancellationToken cancellationToken)
    {
        Response.Headers.CacheControl = "no-store";
        return cookie.Read(HttpContext, id) is { } guest
            && await joining.LookAsync(guest, cancellationToken) is
            {
                Decision: not JoinDecision.Revoked,
                Person: { Withdrawn: false } person
            }
            && person.SessionId == id ? person : null;
    }

    private bool IsSignedInAs(JoinPerson person) => person.UserId is { } id && User.UserId() == id;

    private static Caller CallerOf(JoinPerson person) => new(person.UserId, IsAdmin: false);

    private static int Status(SessionOutcome outcome) => outcome.IsAllowed() ? StatusCodes.Status200OK : outcome.Status();
}
