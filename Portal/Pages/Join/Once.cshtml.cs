using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Portal.Joining;
using Portal.Security;
using Portal.Sessions.Recordings;

namespace Portal.Pages.Join;

/// <summary>The link that a program handed to a browser: five minutes, one use.</summary>
[AllowAnonymous, IgnoreAntiforgeryToken, EnableRateLimiting(RateLimits.Join)]
public sealed class OnceModel(JoinService joining, RoomCookie cookie, TimeProvider clock) : JoinPage(cookie, clock)
{
    public async Task<IActionResult> OnGetAsync(string pass, CancellationToken cancellationToken) =>
        Show(await joining.LookAtPassAsync(pass, cancellationToken));

    public async Task<IActionResult> OnPostAsync(string pass, string? recording, CancellationToken cancellationToken) =>
        Enter(await joining.JoinByPassAsync(pass, ConsentWord.Read(recording), cancellationToken));
}
