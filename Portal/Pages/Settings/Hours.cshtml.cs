using System.Globalization;
using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.Mentors;
using Portal.Pages.Shared;
using Portal.People;
using Portal.Sessions.Availability;

namespace Portal.Pages.Settings;

/// <summary>When a mentor can be booked.</summary>
[Authorize(Roles = Roles.Mentor)]
public sealed class HoursModel(MentorSettings settings, MentorHours hours, MentorDays days, TimeProvider clock) : PageModel
{
    /// <summary>Two stretches a day fit the form: before and after a break.</summary>
    private const int StretchesPerDay = 2;

    // Each of the two forms has values of its own; binding both to each post would judge the one that was not sent.
    public MentorHoursInput Input { get; set; } = new();
    public DaysInput Days { get; set; } = new();

    public string TimeZone => Mentor.User.TimeZone;
    public DateOnly Today => MentorDays.Today(Mentor, clock.GetUtcNow());
    public IReadOnlyList<DaysRow> SpecialDays { get; private set; } = [];
    public int SessionsInOtherZones { get; private set; }

    private MentorProfile Mentor { get; set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
            return NotFound();
        await FillAsync(cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync([Bind(Prefix = nameof(Input))] MentorHoursInput input, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
            return NotFound();
        Input = input;
        // What the form could not read arrives as a default, which must not be saved.
        if (ModelState.IsValid)
            ModelState.Add(await hours.SaveAsync(Mentor, Input, cancellationToken), nameof(Input));
        return this.SavedOrAgain("/settings/hours");
    }

    public async Task<IActionResult> OnPostDaysAsync([Bind(Prefix = nameof(Days))] DaysInput entered, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
            return NotFound();
        Days = entered;
        await FillAsync(cancellationToken);
        var sessions = 0;
        if (ModelState.IsValid)
        {
            var saved = await days.AddAsync(Mentor, Days, cancellationToken);
            ModelState.Add(saved.Errors, nameof(Days));
            sessions = saved.Sessions;
        }
        return this.SavedOrAgain("/settings/hours#days", sessions > 0
            ? Plural.Of("SettingsDaysSessions", sessions) : UiText.SettingsDaysSaved);
    }

    public async Task<IActionResult> OnPostRemoveAsync(string? first, string? last, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
            return NotFound();
        await FillAsync(cancellationToken);
        if (MentorDays.ReadDay(first) is { } from && MentorDays.ReadDay(last) is { } to)
            await days.RemoveAsync(Mentor.UserId, from, to, cancellationToken);
        else
            ModelState.AddModelError("", ErrorText.DayWrong);
        return this.SavedOrAgain("/settings/hours#days", UiText.SettingsDaysRemoved);
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        if (await settings.FindAsync(User.UserId()!.Value, cancellationToken) is not { } mentor)
            return false;
        Mentor = mentor;
        SpecialDays = await days.ListAsync(mentor, cancellationToken);
        SessionsInOtherZones = await hours.SessionsInOtherZonesAsync(mentor, cancellationToken);
        return true;
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        var weekly = await hours.ListAsync(Mentor.UserId, cancellationToken);
        Input = new()
        {
            SessionMinutes = Mentor.SessionMinutes,
            BufferMinutes = Mentor.BufferMinutes,
            NoticeMinutes = Mentor.NoticeMinutes,
            HorizonDays = Mentor.HorizonDays,
            MaxPerDay = Mentor.MaxPerDay,
            ConfirmsByHand = Mentor.ConfirmsByHand,
            Hours = [.. Enum.GetValues<DayOfWeek>().SelectMany(day => Stretches(weekly, day))],
        };
    }

    private static IEnumerable<HoursInput> Stretches(List<WeeklyHours> weekly, DayOfWeek day)
    {
        var hours = weekly.Where(h => h.Day == day)
            .Select(h => new HoursInput { Day = day, From = Clock(h.FromMinute), To = Clock(h.ToMinute) }).ToList();
        while (hours.Count < StretchesPerDay)
            hours.Add(new HoursInput { Day = day });
        return hours;
    }

    /// <summary>"09:00"; the end of the day is 00:00, as a time field has it.</summary>
    public static string Clock(int minute) =>
        new TimeOnly(minute / 60 % 24, minute % 60).ToString("HH:mm", CultureInfo.InvariantCulture);
}
