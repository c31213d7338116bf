using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.Data;
using Portal.Mail.Admin;
using Portal.Mail.Queue;
using Portal.People;

namespace Portal.Pages.Admin.Mail;

[Authorize(Roles = Roles.Admin)]
public sealed class IndexModel(MailArchive archive, PortalDbContext db) : PageModel
{
    /// <summary>Farther back, the filter is the way: skipping rows gets slow.</summary>
    private const int LastPage = 200;

    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>The page, from 1.</summary>
    [BindProperty(SupportsGet = true)]
    public int P { get; set; } = 1;

    public MailListPage Mails { get; private set; } = new([], false);

    public string TimeZone { get; private set; } = "";

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        // What cannot be read in the address is as if it were not there.
        State = State == MailArchive.Attention || Enum.GetValues<OutboxState>().Any(s => s.ToString() == State) ? State : null;
        Q = FreeText.Query(Q, MailArchive.MaxSearch);
        P = Math.Clamp(P, 1, LastPage);
        TimeZone = await db.TimeZoneOfAsync(User, cancellationToken);
        Mails = await archive.ListAsync(State, Q, P, cancellationToken);
    }
}
