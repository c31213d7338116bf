using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.Data;
using Portal.Pages.Admin.Mail;
using Portal.Pages.Shared;
using Portal.People;
using Portal.Sessions;
using Portal.Sessions.Changes;
using Portal.Sessions.Trouble;

namespace Portal.Pages.Admin.Trouble;

/// <summary>What people said does not work, with what is known of it; an administrator answers in a sentence, by mail.</summary>
[Authorize(Roles = Roles.Admin)]
public sealed class IndexModel(TroubleDesk desk, TroubleWording wording, PortalDbContext db) : PageModel
{
    private const int LastPage = 200;

    /// <summary>Those that were answered; else those that wait.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Answered { get; set; }

    /// <summary>The page, from 1.</summary>
    [BindProperty(SupportsGet = true)]
    public int P { get; set; } = 1;

    public IReadOnlyList<TroubleCase> Cases { get; private set; } = [];
    public bool HasMore { get; private set; }
    public string TimeZone { get; private set; } = "Etc/UTC";
    public TroubleWording Words => wording;

    /// <summary>The report whose answer was refused, and that answer.</summary>
    public (Guid Id, string? Text)? Refused { get; private set; }

    public Task OnGetAsync(CancellationToken cancellationToken) => ReadAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(Guid report, string? answer, CancellationToken cancellationToken)
    {
        var wrong = SessionRules.TroubleAnswer(answer);
        var outcome = wrong is null ? await desk.AnswerAsync(report, answer!, Caller.From(User), cancellationToken) : SessionOutcome.Done;
        if (outcome == SessionOutcome.NoSuchSession)
            return NotFound();
        if (wrong is null && outcome == SessionOutcome.Done)
        {
            TempData.Good(UiText.TroubleDeskDone);
            return RedirectToPage();
        }
        ModelState.Clear();
        ModelState.AddModelError($"answer-{report}", wrong ?? ErrorText.TroubleAnswered);
        Refused = (report, answer);
        Response.StatusCode = wrong is null ? outcome.Status() : StatusCodes.Status400BadRequest;
        await ReadAsync(cancellationToken);
        return Page();
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        P = Math.Clamp(P, 1, LastPage);
        TimeZone = await db.TimeZoneOfAsync(User, cancellationToken);
        (Cases, HasMore) = await desk.ListAsync(Answered, P, cancellationToken);
    }
}
