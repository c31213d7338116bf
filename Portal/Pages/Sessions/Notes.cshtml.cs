using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Portal.Pages.Shared;
using Portal.Security;
using Portal.Sessions;
using Portal.Sessions.Changes;
using Portal.Sessions.Notes;

namespace Portal.Pages.Sessions;

/// <summary>What people write down beside a session: sent by forms, or by the page's script while somebody types.</summary>
[Authorize, EnableRateLimiting(RateLimits.Notes)]
public sealed class NotesModel(
    NotesService notes, NotesReader reader, SessionQueries queries, SessionPolicy policy, TimeProvider clock)
    : SessionPageModel(queries, policy, clock)
{
    public NotesPanel Panel { get; private set; } = null!;

    private bool IsScript => Request.Headers.Accept.ToString().Contains("application/json", StringComparison.Ordinal);

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken) =>
        await LoadPanelAsync(id, cancellationToken) ?? Page();

    /// <param name="id">The session.</param>
    /// <param name="which">agenda, notes, or own for the mentor's private ones.</param>
    /// <param name="before">What the page had shown.</param>
    /// <param name="text">What was typed.</param>
    /// <param name="key">The script's, of this save.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<IActionResult> OnPostTextAsync(
        Guid id, string? which, string? before, string? text, Guid? key, CancellationToken cancellationToken)
    {
        if (NoteRules.Named(which) is not { } named)
            return BadRequest();
        var result = await notes.SaveAsync(id, named, before, text, key, Caller, cancellationToken);
        if (IsScript)
            return new JsonResult(NoteAnswer.Of(result)) { StatusCode = result.Outcome.IsAllowed() ? 200 : result.Outcome.Status() };
        if (result.Outcome == SessionOutcome.Done)
            return Back(id);
        // What was typed stays on the page, whatever stands against it.
        return await RefuseAsync(id, result.Outcome, panel => panel with
        {
            Refused = (which!, NoteRules.Clean(text), result.Problem ?? result.Outcome.Text()),
        }, cancellationToken);
    }

    public async Task<IActionResult> OnPostStepAsync(Guid id, string? step, CancellationToken cancellationToken)
    {
        if (NoteRules.Step(step) is { } problem)
            return await SayAsync(id, SessionOutcome.Unreadable, problem, cancellationToken);
        return await SayAsync(id, await notes.AddStepAsync(id, step, Caller, cancellationToken), null, cancellationToken);
    }

    public async Task<IActionResult> OnPostDoneAsync(Guid id, Guid step, bool done, CancellationToken cancellationToken) =>
        !ModelState.IsValid ? BadRequest()
            : await SayAsync(id, await notes.SetDoneAsync(id, step, done, Caller, cancellationToken), null, cancellationToken);

    public async Task<IActionResult> OnPostRemoveAsync(Guid id, Guid step, CancellationToken cancellationToken) =>
        !ModelState.IsValid ? BadRequest()
            : await SayAsync(id, await notes.RemoveStepAsync(id, step, Caller, cancellationToken), null, cancellationToken);

    private async Task<IActionResult> SayAsync(
        Guid id, SessionOutcome outcome, string? problem, CancellationToken cancellationToken)
    {
        if (IsScript)
            return new JsonResult(new { problem = outcome.IsAllowed() ? null : problem ?? outcome.Text() })
            {
                StatusCode = outcome.IsAllowed() ? 200 : outcome.Status(),
            };
        if (outcome.IsAllowed())
            return Back(id);
        ModelState.Clear();
        ModelState.AddModelError("step", problem ?? outcome.Text());
        return await RefuseAsync(id, outcome, panel => panel, cancellationToken);
    }

    private async Task<IActionResult> RefuseAsync(
        Guid id, SessionOutcome outcome, Func<NotesPanel, NotesPanel> with, CancellationToken cancellationToken)
    {
        if (await LoadPanelAsync(id, cancellationToken) is { } refused)
            return refused;
        Panel = with(Panel);
        Response.StatusCode = outcome.Status();
        return Page();
    }

    private RedirectResult Back(Guid id)
    {
        TempData.Good(UiText.NotesSaved);
        return Redirect($"/sessions/{id}#notes");
    }

    private async Task<IActionResult?> LoadPanelAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await LoadAsync(id, cancellationToken) is { } refused)
            return refused;
        if (await NotesPanel.ReadAsync(reader, Session, Caller, ReaderZone, cancellationToken) is not { } panel)
            return StatusCode(SessionOutcome.NotAllowed.Status());
        Panel = panel;
        return null;
    }
}
