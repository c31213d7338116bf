using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Portal.Cultures;
using Portal.Mentors;

namespace Portal.Pages;

/// <summary>For visitors: what this is, and somebody to begin with. People who are signed in have their sessions here.</summary>
[AllowAnonymous]
public class IndexModel(SoonestMentors soonest, IOptions<DirectoryOptions> directory) : PageModel
{
    public MentorPage Soon { get; private set; } = new([], 0, [], []);

    public bool IsPublic => directory.Value.PublicDirectory;

    public string Zone { get; private set; } = "Etc/UTC";

    public bool ZoneWanted { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (User.Identity?.IsAuthenticated == true)
            return LocalRedirect(Url.Content("~/sessions"));
        var zone = VisitorZone.Of(HttpContext);
        (Zone, ZoneWanted) = (zone ?? Zone, zone is null);
        Soon = await soonest.ReadAsync(cancellationToken);
        return Page();
    }
}
