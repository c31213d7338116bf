using System.Globalization;
using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.Jobs;
using Portal.Pages.Admin.Mail;
using Portal.Pages.Shared;
using Portal.People;

namespace Portal.Pages.Admin.Jobs;

/// <summary>One job's last runs, and the button that runs it now.</summary>
[Authorize(Roles = Roles.Admin)]
public sealed class ShowModel(
    JobOverview overview, PortalDbContext db, IOptions<JobsOptions> options, IStringLocalizer<UiText> texts, TimeProvider clock) : PageModel
{
    public JobState State { get; private set; } = null!;

    public IReadOnlyList<JobRun> Runs { get; private set; } = [];

    public bool RunsHere => overview.RunsHere;

    public string Cron => options.Value.CronOf(State.Job);

    public string TimeZone { get; private set; } = "";

    public DateTimeOffset Now => clock.GetUtcNow();

    public string Moment(DateTimeOffset moment) =>
        SessionTime.Stamp(moment, TimeZone, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName);

    public async Task<IActionResult> OnGetAsync(string key, CancellationToken cancellationToken)
    {
        if (PortalJobs.Find(key) is not { } job)
            return NotFound();
        TimeZone = await db.TimeZoneOfAsync(User, cancellationToken);
        State = (await overview.AllAsync(Now, cancellationToken)).Single(s => s.Job == job);
        Runs = await overview.RunsAsync(job, cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string key, CancellationToken cancellationToken)
    {
        if (PortalJobs.Find(key) is not { } job)
            return NotFound();
        if (await overview.RunNowAsync(job, Caller.From(User), cancellationToken))
            TempData.Good(UiText.JobsStarted.With(JobWords.Name(texts, job)));
        else
            TempData.Warn(UiText.JobsCannotStart);
        return Redirect("/admin/jobs");
    }
}
