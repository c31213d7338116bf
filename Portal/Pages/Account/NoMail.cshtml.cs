using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Portal.Mail.Delivery;
using Portal.Security;

namespace Portal.Pages.Account;

/// <summary>
/// The link by which somebody without an account gets no more mails. Opening it changes nothing, for scanners open every link; the press
/// of the button does, and so does the mail program's own (RFC 8058), which has no cookies and no form: the address is the proof.
/// </summary>
[AllowAnonymous, IgnoreAntiforgeryToken, EnableRateLimiting(RateLimits.Join)]
public sealed class NoMailModel(UnwantedMail unwanted) : PageModel
{
    public bool Done { get; private set; }

    public IActionResult OnGet(string token) => Read(token) is null ? NotFound() : Page();

    public async Task<IActionResult> OnPostAsync(string token, CancellationToken cancellationToken)
    {
        if (Read(token) is not { } reader)
            return NotFound();
        await unwanted.StopAsync(reader, cancellationToken);
        Done = true;
        return Page();
    }

    private string? Read(string token)
    {
        Response.Headers.CacheControl = "no-store";
        return unwanted.Read(token);
    }
}
