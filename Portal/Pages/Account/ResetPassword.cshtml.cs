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
public sealed class ResetPasswordModel(PasswordService passwords, Passwords rules, BrowserSignIn browser) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "code")]
    public string? Code { get; set; }

    [BindProperty, Display(ResourceType = typeof(UiText), Name = nameof(UiText.PasswordNew))]
    public string? NewPassword { get; set; }

    public bool IsGood { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken) =>
        Show(await passwords.LookAsync(Code, cancellationToken) is not null);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (await passwords.LookAsync(Code, cancellationToken) is { } whose && rules.Wrong(NewPassword, whose) is { } wrong)
        {
            Show(true);
            return this.Again([new(nameof(NewPassword), wrong)]);
        }
        if (await passwords.ResetAsync(Code, NewPassword!, cancellationToken) is { } user)
        {
            // Where there is a second factor, who reads the mailbox may be a stranger: known is who has shown both.
            if (!user.TwoFactorEnabled)
                browser.Know(HttpContext, user);
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
