using System.ComponentModel.DataAnnotations;
using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Portal.Pages.Shared;
using Portal.People;
using Portal.People.Accounts;
using Portal.People.SignIn;
using Portal.Security;

namespace Portal.Pages.Account;

[Authorize, EnableRateLimiting(RateLimits.SignIn)]
public sealed class ChangeAddressModel(AddressChange change) : PageModel
{
    [BindProperty, Display(ResourceType = typeof(UiText), Name = nameof(UiText.ChangeAddressNew))]
    public string? Email { get; set; }

    public void OnGet()
    {
    }

    [NeedsProof]
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (User.UserId() is not { } userId)
            return NotFound();
        var problems = await change.AskAsync(userId, Email, cancellationToken);
        if (problems.Count > 0)
            return this.Again(problems);
        TempData.Good(UiText.ChangeAddressSent);
        return RedirectToPage("Profile");
    }
}
