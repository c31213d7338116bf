using System.Globalization;
using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.Data;
using Portal.Jobs;
using Portal.Pages.Admin.Mail;
using Portal.People;

namespace Portal.Pages.Admin.Jobs;

/// <summary>Every job, when it runs and how it went.</summary>
[Authorize(Roles = Roles.Admin)]
public sealed class IndexModel(JobOverview overview, PortalDbContext db, TimeProvider clock) : PageModel
{
    public IReadOnlyList<JobState> Jobs { get; private set; } = [];

    public bool RunsHere => overview.RunsHere;

    public string TimeZone { get; private set; } = "";

    public DateTimeOffset Now => clock.GetUtcNow();

    public string Moment(DateTimeOffset moment) =>
        SessionTime.Stamp(moment, TimeZone, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        TimeZone = await db.TimeZoneOfAsync(User, cancellationToken);
        Jobs = await overview.AllAsync(Now, cancellationToken);
    }
}
