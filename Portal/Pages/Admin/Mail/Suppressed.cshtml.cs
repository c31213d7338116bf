using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.Data;
using Portal.Mail.Delivery;
using Portal.Pages.Shared;
using Portal.People;

namespace Portal.Pages.Admin.Mail;

[Authorize(Roles = Roles.Admin)]
public sealed class SuppressedModel(SuppressedAddresses addresses, PortalDbContext db) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    public IReadOnlyList<SuppressedAddress> Addresses { get; private set; } = [];

    public string TimeZone { get; private set; } = "";

    public string? Refusal { get; private set; }

    public Task OnGetAsync(CancellationToken cancellationToken) => ShowAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(string? address, CancellationToken cancellationToken)
    {
        if (await addresses.LiftAsync(address, Caller.From(User).UserId, cancellationToken))
        {
            TempData.Good(UiText.MailSuppressedLifted.With(SessionTime.Isolated(address ?? "")));
            return RedirectToPage();
        }
        Response.StatusCode = StatusCodes.Status404NotFound;
        Refusal = UiText.MailSuppressedGone;
        await ShowAsync(cancellationToken);
        return Page();
    }

    private async Task ShowAsync(CancellationToken cancellationToken)
    {
        Q = Q?.Length > 256 ? Q[..256] : Q;
        TimeZone = await db.TimeZoneOfAsync(User, cancellationToken);
        Addresses = await addresses.SearchAsync(Q, cancellationToken);
    }
}
