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
using Portal.Security;

namespace Portal.Pages.Account;

/// <summary>
/// Where the mailed link leads. Mail scanners follow links: opening the page confirms nothing. Whoever has read the mail chooses the
/// password here, and is signed in with it.
/// </summary>
[AllowAnonymous, EnableRateLimiting(RateLimits.SignIn)]
public sealed class ConfirmEmailModel(EmailConfirmation confirmation, Passwords rules, BrowserSignIn browser) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "code")]
    public string? Code { get; set; }

    [BindProperty, Display(ResourceType = typeof(UiText), Name = nameof(UiText.AccountPassword))]
    public string? Password { get; set; }

    /// <summary>What would be confirmed; null for a dead link.</summary>
    public string? Address { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken) => Show(await confirmation.LookAsync(Code, cancellationToken));

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (await confirmation.LookAsync(Code, cancellationToken) is { } whose && rules.Wrong(Password, whose) is { } wrong)
        {
            Show(whose);
            return this.Again([new(nameof(Password), wrong)]);
        }
        if (await confirmation.ConfirmAsync(Code, Password!, cancellationToken) is not { } user)
        {
            Show(null);
            return Page();
        }
        await browser.SignInAsync(HttpContext, user, remember: false, "mailed link and new password");
        TempData.Good(UiText.ConfirmDone);
        return LocalRedirect(SignInModel.Start);
    }

    private void Show(PortalUser? user)
    {
        Address = user?.Email;
        if (user is null)
            Response.StatusCode = StatusCodes.Status410Gone;
    }
}
