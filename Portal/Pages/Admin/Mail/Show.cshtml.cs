using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.Data;
using Portal.Mail.Admin;
using Portal.Mail.Delivery;
using Portal.Mail.Queue;
using Portal.Mail.Rendering;
using Portal.Pages.Shared;
using Portal.People;

namespace Portal.Pages.Admin.Mail;

[Authorize(Roles = Roles.Admin)]
public sealed class ShowModel(MailArchive archive, SuppressedAddresses addresses, PortalDbContext db) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public OutboxMessage Row { get; private set; } = new();

    /// <summary>Null when it cannot be drawn; then <see cref="Problem"/> says why.</summary>
    public RenderedMail? Mail { get; private set; }

    public string? Problem { get; private set; }

    public IReadOnlyList<MailAttempt> Attempts { get; private set; } = [];

    public bool IsSuppressed { get; private set; }

    public string TimeZone { get; private set; } = "";

    /// <summary>Where the last try ended; null while there was none, or none in vain.</summary>
    public MailAttempt? Stuck => Row.State == OutboxState.Sent ? null : Attempts.FirstOrDefault(a => a.Verdict != SendVerdict.Accepted);

    public bool CanTryNow => Row is { State: OutboxState.Waiting, Attempts: > 0 };

    public bool CanSendAgain => Row.State is OutboxState.Failed or OutboxState.InDoubt;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await archive.FindAsync(Id, cancellationToken) is not { } row)
            return NotFound();
        Row = row;
        Attempts = await archive.AttemptsAsync(Id, cancellationToken);
        IsSuppressed = await addresses.HasAsync(row.ToAddress, cancellationToken);
        TimeZone = await db.TimeZoneOfAsync(User, cancellationToken);
        try
        {
            Mail = await archive.RenderAsync(row, cancellationToken);
        }
        catch (MailCompositionException e)
        {
            Problem = e.Message;
        }
        return Page();
    }

    /// <summary>The HTML part alone, for the frame: it may style itself and nothing else.</summary>
    public async Task<IActionResult> OnGetBodyAsync(CancellationToken cancellationToken)
    {
        if (await archive.FindAsync(Id, cancellationToken) is not { } row)
            return NotFound();
        try
        {
            var mail = await archive.RenderAsync(row, cancellationToken);
            Response.Headers.ContentSecurityPolicy = MailWords.BodyPolicy;
            return Content(mail.Html, "text/html; charset=utf-8");
        }
        catch (MailCompositionException)
        {
            return NotFound();
        }
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (await archive.SendAgainAsync(Id, Caller.From(User).UserId, cancellationToken))
            TempData.Good(UiText.MailAdminQueuedAgain);
        return Redirect($"/admin/mail/{Id}");
    }

    public async Task<IActionResult> OnPostTryNowAsync(CancellationToken cancellationToken)
    {
        if (await archive.TryNowAsync(Id, Caller.From(User).UserId, cancellationToken))
            TempData.Good(UiText.MailAdminTriedNow);
        return Redirect($"/admin/mail/{Id}");
    }
}
