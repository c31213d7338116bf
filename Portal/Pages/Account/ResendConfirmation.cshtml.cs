using System.ComponentModel.DataAnnotations;
using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Portal.People.Accounts;
using Portal.People.Profile;
using Portal.Security;

namespace Portal.Pages.Account;

[AllowAnonymous, EnableRateLimiting(RateLimits.SignIn)]
public sealed class ResendConfirmationModel(EmailConfirmation confirmation) : PageModel
{
    [BindProperty, Display(ResourceType = typeof(UiText), Name = nameof(UiText.AccountEmail))]
    public string? Email { get; set; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (PersonRules.Email(Email) is { } wrong)
            return this.Again([new(nameof(Email), wrong)]);
        await confirmation.ResendAsync(Email, cancellationToken);
        return RedirectToPage("CheckMail");
    }
}
