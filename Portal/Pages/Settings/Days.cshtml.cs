using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.Mentors;
using Portal.Pages.Shared;
using Portal.People;
using Portal.Sessions.Availability;

namespace Portal.Pages.Settings;

/// <summary>Days off, and days with hours of their own.</summary>
[Authorize(Roles = Roles.Mentor)]
public sealed class DaysModel(MentorSettings settings, MentorDays days, TimeProvider clock) : PageModel
{
    private const string Path = "/settings/days";

    public DaysInput Days { get; set; } = new();

    public DateOnly Today => MentorDays.Today(Mentor, clock.GetUtcNow());
    public IReadOnlyList<DaysRow> SpecialDays { get; private set; } = [];

    private MentorProfile Mentor { get; set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        await LoadAsync(cancellationToken) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync([Bind(Prefix = nameof(Days))] DaysInput entered, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
            return NotFound();
        Days = entered;
        var sessions = 0;
        if (ModelState.IsValid)
        {
            var saved = await days.AddAsync(Mentor, Days, cancellationToken);
            ModelState.Add(saved.Errors, nameof(Days));
            sessions = saved.Sessions;
        }
        return this.SavedOrAgain(Path, sessions > 0 ? Plural.Of("SettingsDaysSessions", sessions) : UiText.SettingsDaysSaved);
    }

    public async Task<IActionResult> OnPostRemoveAsync(string? first, string? last, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
            return NotFound();
        if (MentorDays.ReadDay(first) is { } from && MentorDays.ReadDay(last) is { } to)
            await days.RemoveAsync(Mentor.UserId, from, to, cancellationToken);
        else
            ModelState.AddModelError("", ErrorText.DayWrong);
        return this.SavedOrAgain(Path, UiText.SettingsDaysRemoved);
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        if (await settings.FindAsync(User.UserId()!.Value, cancellationToken) is not { } mentor)
            return false;
        Mentor = mentor;
        SpecialDays = await days.ListAsync(mentor, cancellationToken);
        return true;
    }
}
