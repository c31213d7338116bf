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

/// <summary>
/// Where the mail to the new address leads; perhaps on another device, so that the code alone is the proof. Opening it changes nothing.
/// </summary>
[AllowAnonymous, EnableRateLimiting(RateLimits.SignIn)]
public sealed class ConfirmNewAddressModel(AddressChange change, BrowserSignIn browser) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "code")]
    public string? Code { get; set; }

    public string? Address { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Address = await change.LookAsync(Code, cancellationToken);
        if (Address is null)
            Response.StatusCode = StatusCodes.Status410Gone;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (await change.ConfirmAsync(Code, cancellationToken) is not { } user)
        {
            Response.StatusCode = StatusCodes.Status410Gone;
            return Page();
        }
        TempData.Good(UiText.NewAddressDone);
        if (User.UserId() != user.Id)
            return RedirectToPage("SignIn");
        await browser.RefreshAsync(HttpContext, user);
        return RedirectToPage("Profile");
    }
}
