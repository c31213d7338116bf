using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Portal.Pages.Shared;
using Portal.People;
using Portal.People.Push;
using Portal.Security;

namespace Portal.Pages.Account;

/// <summary>Which browsers tell a person that somebody waits, also while no page is open.</summary>
[Authorize, EnableRateLimiting(RateLimits.Tokens)]
public sealed class NotificationsModel(PushSubscriptions subscriptions, PushKeys keys) : PageModel
{
    /// <summary>The portal's public one, which the browser subscribes to.</summary>
    public string Key { get; private set; } = "";

    public int Count { get; private set; }

    private Guid Me => User.UserId()!.Value;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        Key = await keys.PublicKeyAsync(cancellationToken);
        Count = await subscriptions.CountAsync(Me, cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string? endpoint, string? key, string? auth, CancellationToken cancellationToken)
    {
        if (PushAddress.Of(endpoint, key, auth) is not { } address)
        {
            await OnGetAsync(cancellationToken);
            ModelState.Clear();
            ModelState.AddModelError("", UiText.PushFailed);
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }
        await subscriptions.AddAsync(Me, address, cancellationToken);
        TempData.Good(UiText.PushSaved);
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostEndAsync(CancellationToken cancellationToken)
    {
        await subscriptions.EndAsync(Me, cancellationToken);
        TempData.Good(UiText.PushEnded);
        return RedirectToPage();
    }
}
