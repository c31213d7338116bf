using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Portal.Mail.Admin;
using Portal.Mail.Rendering;
using Portal.People;
using Portal.People.Mails;
using Portal.Security;

namespace Portal.Pages.Admin.Mail.Gallery;

/// <summary>One kind of mail in one language, with made-up facts.</summary>
[Authorize(Roles = Roles.Admin), EnableRateLimiting(RateLimits.Booking)]
public sealed class ShowModel(MailSamples samples, AccountRecipients recipients) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Kind { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string Language { get; set; } = Languages.English;

    [TempData]
    public bool Sent { get; set; }

    private bool IsThere => MailKinds.All.ContainsKey(Kind) && Languages.Exists(Language);

    public RenderedMail Mail { get; private set; } = new("", "", "");

    public async Task<IActionResult> OnGetAsync()
    {
        if (!IsThere)
            return NotFound();
        Mail = await samples.RenderAsync(Kind, Language);
        return Page();
    }

    /// <summary>The HTML part alone, for the frames: it may style itself and nothing else.</summary>
    public async Task<IActionResult> OnGetBodyAsync()
    {
        if (!IsThere)
            return NotFound();
        Response.Headers.ContentSecurityPolicy = MailWords.BodyPolicy;
        return Content((await samples.RenderAsync(Kind, Language)).Html, "text/html; charset=utf-8");
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!IsThere || User.UserId() is not { } userId)
            return NotFound();
        if (await recipients.FindAsync(userId, cancellationToken) is { } admin)
        {
            await samples.SendAsync(Kind, admin with { Language = Language }, cancellationToken);
            Sent = true;
        }
        return Redirect($"/admin/mail/gallery/{Kind}/{Language}");
    }
}
