using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.Calendar;
using Portal.People;

namespace Portal.Pages.Account;

/// <summary>The address of a person's own calendar feed.</summary>
[Authorize]
public sealed class CalendarModel(UserManager<PortalUser> users, CalendarFeed feed) : PageModel
{
    public string Address { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync()
    {
        if (await users.GetUserAsync(User) is not { } user)
            return NotFound();
        Response.Headers.CacheControl = "no-store";
        Address = feed.AddressOf(user).AbsoluteUri;
        return Page();
    }

    /// <summary>From now on another address; the old one is dead.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (await users.GetUserAsync(User) is not { } user)
            return NotFound();
        user.FeedVersion++;
        await users.UpdateAsync(user);
        return RedirectToPage();
    }
}
