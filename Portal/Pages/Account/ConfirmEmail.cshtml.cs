using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Portal.Pages.Shared;
using Portal.People.Accounts;
using Portal.Security;

namespace Portal.Pages.Account;

/// <summary>Where the mailed link leads. Mail scanners follow links: opening the page confirms nothing.</summary>
[AllowAnonymous, EnableRateLimiting(RateLimits.SignIn)]
public sealed class ConfirmEmailModel(EmailConfirmation confirmation) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "user")]
    public string? UserId { get; set; }

    [BindProperty(SupportsGet = true, Name = "code")]
    public string? Code { get; set; }

    public bool IsGood { get; private set; }

    public async Task OnGetAsync() => Show(await confirmation.IsGoodAsync(UserId, Code));

    public async Task<IActionResult> OnPostAsync()
    {
        if (await confirmation.ConfirmAsync(UserId, Code))
        {
            TempData.Good(UiText.AccountConfirmed);
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
