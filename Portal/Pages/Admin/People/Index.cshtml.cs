using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.People;
using Portal.People.Accounts;

namespace Portal.Pages.Admin.People;

/// <summary>Everybody, the newest first; the filter stands in the address.</summary>
[Authorize(Roles = Roles.Admin)]
public sealed class IndexModel(AdminService admin) : PageModel
{
    /// <summary>Farther back, the filter is the way: skipping rows gets slow.</summary>
    private const int LastPage = 200;

    public const string Locked = "locked";

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Search { get; set; }

    /// <summary>A role's name, or <see cref="Locked"/>; empty for everybody.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Kind { get; set; }

    /// <summary>The page, from 1.</summary>
    [BindProperty(SupportsGet = true)]
    public int P { get; set; } = 1;

    public IReadOnlyList<PersonRow> People { get; private set; } = [];

    public bool HasMore { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        // What cannot be read in the address is as if it were not there.
        Kind = Kind is Roles.Admin or Roles.Mentor or Locked ? Kind : null;
        Search = FreeText.Query(Search, AdminService.MaxSearch);
        P = Math.Clamp(P, 1, LastPage);
        var filter = new PersonFilter(Search, Kind is Locked ? null : Kind, Kind is Locked);
        if (await admin.SearchAsync(Caller.From(User), filter, P, cancellationToken) is not { } found)
            return Forbid();
        (People, HasMore) = (found.Items, found.HasMore);
        return Page();
    }
}
