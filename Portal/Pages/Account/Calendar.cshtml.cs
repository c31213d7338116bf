using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.Calendar;
using Portal.Pages.Shared;
using Portal.People;
using Portal.People.Profile;
using Portal.People.SignIn;

namespace Portal.Pages.Account;

/// <summary>The address of a person's own calendar feed.</summary>
[Authorize]
public sealed class CalendarModel(ProfileService profiles, CalendarFeed feed) : PageModel
{
    public string Address { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (User.UserId() is not { } me || await profiles.FindAsync(me, cancellationToken) is not { } user)
            return NotFound();
        Response.Headers.CacheControl = "no-store";
        Address = feed.AddressOf(user).AbsoluteUri;
        return Page();
    }

    /// <summary>From now on another address; the old one is dead.</summary>
    [NeedsProof]
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (User.UserId() is not { } me || await profiles.RenewFeedAsync(me, cancellationToken) is null)
            return NotFound();
        TempData.Good(UiText.DoneFeed, UiText.DoneFeedMore);
        return RedirectToPage();
    }
}
