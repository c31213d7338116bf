using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.Calendar;
using Portal.Mentors;
using Portal.Pages.Shared;
using Portal.People;

namespace Portal.Pages.Settings;

/// <summary>The mentor's own calendar, whose busy times are not offered. Its address goes in and never comes out.</summary>
[Authorize(Roles = Roles.Mentor)]
public sealed class CalendarModel(
    MentorSettings settings, BusyCalendars calendars, IHostEnvironment environment, TimeProvider clock) : PageModel
{
    private const string Path = "/settings/calendar";

    [BindProperty]
    public string? Address { get; set; }

    public string? Host { get; private set; }
    public string? Problem { get; private set; }

    /// <summary>Null before it was read for the first time.</summary>
    public int? MinutesSinceRead { get; private set; }

    /// <summary>Of the next days; null as long as nothing was read.</summary>
    public int? BusyTimes { get; private set; }

    private Guid MentorId => User.UserId()!.Value;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        await LoadAsync(cancellationToken) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
            return NotFound();
        if (CalendarFetcher.ReadAddress(Address, environment.IsDevelopment()) is not { } address)
        {
            ModelState.AddModelError(nameof(Address), ErrorText.CalendarNotAddress);
            return this.SavedOrAgain(Path);
        }
        await calendars.SetAsync(MentorId, address, cancellationToken);
        // At once: whoever waits for the first reading does not come back to see that it failed.
        if (await calendars.ReadNowAsync(MentorId, cancellationToken))
            return this.SavedOrAgain(Path, UiText.SettingsCalendarSaved);
        // What is wrong with it stands on the page.
        TempData.Warn(UiText.SettingsCalendarSavedBadly);
        return Redirect(Path);
    }

    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken cancellationToken)
    {
        await calendars.RemoveAsync(MentorId, cancellationToken);
        return this.SavedOrAgain(Path, UiText.SettingsCalendarRemoved);
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        if (await settings.FindAsync(MentorId, cancellationToken) is not { } mentor)
            return false;
        Host = calendars.HostOf(mentor);
        Problem = calendars.Say(mentor.BusyCalendarProblem);
        BusyTimes = mentor.BusyCalendarReadUtc is null ? null : await calendars.CountAheadAsync(MentorId, cancellationToken);
        MinutesSinceRead = mentor.BusyCalendarReadUtc is { } read ? Math.Max(0, (int)(clock.GetUtcNow() - read).TotalMinutes) : null;
        return true;
    }
}
