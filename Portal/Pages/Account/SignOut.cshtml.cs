using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.Pages.Shared;
using Portal.Security;

namespace Portal.Pages.Account;

/// <summary>A link can bring somebody here; only the button signs out.</summary>
[AllowAnonymous]
public sealed class SignOutModel(BrowserSignIn browser) : PageModel
{
    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await browser.SignOutAsync(HttpContext);
        TempData.Good(UiText.AccountSignedOut);
        return RedirectToPage("SignIn");
    }
}
