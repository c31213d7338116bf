using System.ComponentModel.DataAnnotations;
using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Portal.Pages.Shared;
using Portal.People.Accounts;
using Portal.People.Profile;
using Portal.Security;

namespace Portal.Pages.Account;

/// <summary>Where the mailed link leads. Mail scanners follow links: opening the page changes nothing.</summary>
[AllowAnonymous, EnableRateLimiting(RateLimits.SignIn)]
public sealed class ResetPasswordModel(PasswordService passwords, BrowserSignIn browser) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "code")]
    public string? Code { get; set; }

    [BindProperty, Display(ResourceType = typeof(UiText), Name = nameof(UiText.PasswordNew))]
    public string? NewPassword { get; set; }

    public bool IsGood { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken) => Show(await passwords.IsGoodAsync(Code, cancellationToken));

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (PersonRules.Password(NewPassword) is { } wrong)
        {
            Show(await passwords.IsGoodAsync(Code, cancellationToken));
            return IsGood ? this.Again([new(nameof(NewPassword), wrong)]) : Page();
        }
        if (await passwords.ResetAsync(Code, NewPassword!, cancellationToken))
        {
            await browser.SignOutAsync(HttpContext);
            TempData.Good(UiText.ResetDone);
            return RedirectToPage("SignIn");
        }
        Show(false);
        return Page();
    }

    private void Show(bool isGood)
    {
        IsGood = isGood;
        if (!isGood)
            Response.StatusCode = StatusCodes.Status410Gone;
    }
}
