using System.ComponentModel.DataAnnotations;
using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Portal.Pages.Shared;
using Portal.People;
using Portal.People.Accounts;
using Portal.People.Profile;
using Portal.People.SignIn;
using Portal.Security;

namespace Portal.Pages.Account;

/// <summary>Who answers for the reader's account, whom the reader answers for, and who asked them to.</summary>
[Authorize, EnableRateLimiting(RateLimits.Booking)]
public sealed class GuardiansModel(Guardians guardians) : PageModel
{
    [BindProperty, Display(ResourceType = typeof(UiText), Name = nameof(UiText.GuardianEmail))]
    public string? Email { get; set; }

    public IReadOnlyList<Guardianship> All { get; private set; } = [];

    public Guid Me => User.UserId()!.Value;

    /// <summary>Those that wait for the reader's answer.</summary>
    public IEnumerable<Guardianship> Asked => All.Where(g => g.GuardianId is null && g.ChildId != Me);

    public IEnumerable<Guardianship> Children => All.Where(g => g.GuardianId == Me);

    public IEnumerable<Guardianship> Own => All.Where(g => g.ChildId == Me);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        All = await guardians.ListAsync(Me, cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostAskAsync(CancellationToken cancellationToken)
    {
        ModelState.Clear();
        ModelState.Add(FieldProblem.Of((nameof(Email), PersonRules.Email(EmailAddress.Read(Email)))));
        return ModelState.IsValid
            ? await AfterAsync(await guardians.AskAsync(Me, Email!, cancellationToken), UiText.GuardianDoneAsked, cancellationToken)
            : await AgainAsync(StatusCodes.Status400BadRequest, cancellationToken);
    }

    [NeedsProof]
    public async Task<IActionResult> OnPostAcceptAsync(Guid id, CancellationToken cancellationToken) =>
        await AfterAsync(await guardians.AcceptAsync(Me, id, cancellationToken), UiText.GuardianDoneAccepted, cancellationToken);

    public async Task<IActionResult> OnPostEndAsync(Guid id, CancellationToken cancellationToken) =>
        await AfterAsync(await guardians.EndAsync(new Caller(Me, IsAdmin: false), id, cancellationToken), UiText.GuardianDoneEnded,
            cancellationToken);

    private async Task<IActionResult> AfterAsync(GuardianOutcome outcome, string said, CancellationToken cancellationToken)
    {
        if (outcome == GuardianOutcome.Done)
        {
            TempData.Good(said);
            return RedirectToPage();
        }
        ModelState.Clear();
        ModelState.AddModelError("", outcome.Text());
        return await AgainAsync(outcome.Status(), cancellationToken);
    }

    private async Task<IActionResult> AgainAsync(int status, CancellationToken cancellationToken)
    {
        Response.StatusCode = status;
        return await OnGetAsync(cancellationToken);
    }
}
