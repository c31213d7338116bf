using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.Data;
using Portal.Pages.Admin.Mail;
using Portal.People;
using Portal.Sessions;

namespace Portal.Pages.Admin.Sessions;

/// <summary>All sessions; the filter stands in the address.</summary>
[Authorize(Roles = Roles.Admin)]
public sealed class IndexModel(SessionArchive archive, PortalDbContext db) : PageModel
{
    /// <summary>Farther back, the filter is the way: skipping rows gets slow.</summary>
    private const int LastPage = 200;

    public const string Past = "past";
    public const string All = "all";

    /// <summary>In place of a state: those whose meeting could not be made.</summary>
    public const string WithoutMeeting = "NoMeeting";

    /// <summary>Empty for what is ahead.</summary>
    [BindProperty(SupportsGet = true)]
    public string? When { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>The page, from 1.</summary>
    [BindProperty(SupportsGet = true)]
    public int P { get; set; } = 1;

    public SessionTable Table { get; private set; } = null!;

    public bool HasMore { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        // What cannot be read in the address is as if it were not there.
        SessionState? state = Enum.GetValues<SessionState>().Where(s => s.ToString() == State).Cast<SessionState?>().FirstOrDefault();
        State = State == WithoutMeeting ? WithoutMeeting : state?.ToString();
        When = When is Past or All ? When : null;
        Q = FreeText.Query(Q, SessionArchive.MaxSearch);
        P = Math.Clamp(P, 1, LastPage);
        var filter = new SessionFilter(state, When switch { Past => false, All => null, _ => true }, Q, null, State == WithoutMeeting);
        var found = await archive.ListAsync(Caller.From(User), filter, P, cancellationToken);
        Table = new(found.Items, await db.TimeZoneOfAsync(User, cancellationToken));
        HasMore = found.HasMore;
    }
}
