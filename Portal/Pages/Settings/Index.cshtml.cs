using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.People;
using Portal.ProviderHost;
using Portal.Security;

namespace Portal.Pages.Settings;

/// <summary>A mentor's hours and meeting tool.</summary>
[Authorize(Roles = Roles.Mentor)]
public sealed class IndexModel(MentorSettings settings, MeetingProviders providers) : PageModel
{
    /// <summary>Two stretches a day fit the form: before and after a break.</summary>
    private const int StretchesPerDay = 2;

    [BindProperty]
    public MentorInput Input { get; set; } = new();

    public bool Saved { get; private set; }
    public string TimeZone { get; private set; } = "Etc/UTC";

    /// <summary>Tools that work, then those that do not, with the reason.</summary>
    public IReadOnlyList<PluginStatus> Tools => [.. providers.All.OrderByDescending(p => providers.CanBeChosen(p.Id)).ThenBy(p => p.Id, StringComparer.Ordinal)];

    public bool CanBeChosen(string id) => providers.CanBeChosen(id);

    public async Task<IActionResult> OnGetAsync(bool saved, CancellationToken cancellationToken)
    {
        if (await settings.FindAsync(User.UserId()!.Value, cancellationToken) is not { } mentor)
            return NotFound();
        Saved = saved;
        TimeZone = mentor.User.TimeZone;
        Input = new MentorInput
        {
            ProviderId = mentor.ProviderId,
            ExternalMeetingUrl = mentor.ExternalMeetingUrl,
            SessionMinutes = mentor.SessionMinutes,
            BufferMinutes = mentor.BufferMinutes,
            NoticeMinutes = mentor.NoticeMinutes,
            Hours = [.. Enum.GetValues<DayOfWeek>().SelectMany(day => Stretches(mentor, day))],
        };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (await settings.FindAsync(User.UserId()!.Value, cancellationToken) is not { } mentor)
            return NotFound();
        TimeZone = mentor.User.TimeZone;
        // What the form could not read arrives as a default, which must not be saved.
        if (ModelState.IsValid)
            foreach (var (field, message) in await settings.SaveAsync(mentor, Input, cancellationToken))
                ModelState.AddModelError($"{nameof(Input)}.{field}", message);
        if (ModelState.IsValid)
            return Redirect("/settings?saved=true");
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    private static IEnumerable<HoursInput> Stretches(MentorProfile mentor, DayOfWeek day)
    {
        var hours = mentor.Hours.Where(h => h.Day == day).OrderBy(h => h.FromMinute)
            .Select(h => new HoursInput { Day = day, From = Clock(h.FromMinute), To = Clock(h.ToMinute) }).ToList();
        while (hours.Count < StretchesPerDay)
            hours.Add(new HoursInput { Day = day });
        return hours;
    }

    private static string Clock(int minute) =>
        new TimeOnly(minute / 60 % 24, minute % 60).ToString("HH:mm", CultureInfo.InvariantCulture);
}
