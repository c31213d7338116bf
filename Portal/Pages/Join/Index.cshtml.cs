using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Portal.Joining;
using Portal.Security;

namespace Portal.Pages.Join;

/// <summary>The mailed link. The ticket in the address is the proof, so the form needs no antiforgery token.</summary>
[AllowAnonymous, IgnoreAntiforgeryToken, EnableRateLimiting(RateLimits.Join)]
public sealed class IndexModel(JoinService joining, RoomCookie cookie, TimeProvider clock) : JoinPage(cookie, clock)
{
    public async Task<IActionResult> OnGetAsync(string ticket, CancellationToken cancellationToken) =>
        Show(await joining.LookAsync(ticket, cancellationToken));

    // A form that cannot be read leaves nothing bound, not even the route.
    public async Task<IActionResult> OnPostAsync(string? ticket, string? name, CancellationToken cancellationToken) =>
        ticket is null ? BadRequest() : Enter(await joining.JoinByTicketAsync(ticket, User.UserId(), name, cancellationToken));
}
