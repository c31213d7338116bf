using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Portal.Security;
using Portal.Sessions.Reminders;

namespace Portal.Pages.Account;

/// <summary>
/// The link by which a reminder is the last one. Opening it changes nothing, for scanners open every link; the press of the button does,
/// and so does the mail program's own (RFC 8058), which has no cookies and no form: the address is the proof.
/// </summary>
[AllowAnonymous, IgnoreAntiforgeryToken, EnableRateLimiting(RateLimits.Join)]
public sealed class RemindersOffModel(ReminderChoices choices) : PageModel
{
    public RemindedPerson Person { get; private set; } = null!;

    public bool Done { get; private set; }

    public IActionResult OnGet(string token) => Load(token) ?? Page();

    public async Task<IActionResult> OnPostAsync(string token, CancellationToken cancellationToken)
    {
        if (Load(token) is { } refused)
            return refused;
        await choices.SwitchOffAsync(Person, cancellationToken);
        Done = true;
        return Page();
    }

    private IActionResult? Load(string token)
    {
        Response.Headers.CacheControl = "no-store";
        if (choices.Read(token) is not { } person)
            return NotFound();
        Person = person;
        return null;
    }
}
