using System.ComponentModel.DataAnnotations;
using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Portal.Pages.Shared;
using Portal.People;
using Portal.People.Accounts;
using Portal.Security;

namespace Portal.Pages.Account;

[Authorize, EnableRateLimiting(RateLimits.SignIn)]
public sealed class DeleteModel(AccountDeletion deletion, BrowserSignIn browser) : PageModel
{
    [BindProperty, Display(ResourceType = typeof(UiText), Name = nameof(UiText.PasswordCurrent))]
    public string? Password { get; set; }

    public IActionResult OnGet() => User.UserId() is null ? NotFound() : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (User.UserId() is not { } me)
            return NotFound();
        // To its end also when the browser goes away: half a deletion would be hard to explain.
        switch (await deletion.DeleteAsync(me, Password, CancellationToken.None))
        {
            case DeletionOutcome.WrongPassword:
                return this.Again([new(nameof(Password), ErrorText.PasswordWrong)]);
            case DeletionOutcome.LastAdmin:
                return this.Again([new(nameof(Password), ErrorText.DeleteLastAdmin)]);
        }
        await browser.SignOutAsync(HttpContext);
        TempData.Good(UiText.DeleteDone);
        return RedirectToPage("SignIn");
    }
}
