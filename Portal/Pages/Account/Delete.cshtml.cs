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
public sealed class DeleteModel(AccountDeletion deletion, BrowserSignIn browser) : PageModel
{
    public IActionResult OnGet() => User.UserId() is null ? NotFound() : Page();

    [NeedsProof]
    public async Task<IActionResult> OnPostAsync()
    {
        if (User.UserId() is not { } me)
            return NotFound();
        // To its end also when the browser goes away: half a deletion would be hard to explain.
        if (await deletion.DeleteAsync(me, CancellationToken.None) == DeletionOutcome.LastAdmin)
        {
            ModelState.AddModelError("", ErrorText.DeleteLastAdmin);
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }
        await browser.SignOutAsync(HttpContext);
        TempData.Good(UiText.DeleteDone);
        return RedirectToPage("SignIn");
    }
}
