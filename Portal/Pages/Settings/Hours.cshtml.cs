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

/// <summary>When a mentor can be booked: seven days with a switch each, and the rules for bookings.</summary>
[Authorize(Roles = Roles.Mentor)]
public sealed class HoursModel(MentorSettings settings, MentorHours hours) : PageModel
{
    private const string Path = "/settings/hours";

    public MentorHoursInput Input { get; set; } = new();

    /// <summary>Days whose switch is on; the hours of the others are shown, and not saved.</summary>
    public HashSet<DayOfWeek> On { get; private set; } = [];

    /// <summary>Something was added or copied, and is not saved yet.</summary>
    public bool IsChanged { get; private set; }

    public string TimeZone => Mentor.User.TimeZone;
    public int SessionsInOtherZones { get; private set; }

    private MentorProfile Mentor { get; set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
            return NotFound();
        await FillAsync(cancellationToken);
        return Page();
    }

    /// <param name="input">All of the form.</param>
    /// <param name="on">Days whose switch is on.</param>
    /// <param name="switches">The form has switches; without them every day counts that has hours.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<IActionResult> OnPostAsync(
        [Bind(Prefix = nameof(Input))] MentorHoursInput input, List<DayOfWeek> on, bool switches, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
            return NotFound();
        Take(input, on, switches);
        // What the form could not read arrives as a default, which must not be saved.
        if (ModelState.IsValid)
            ModelState.Add(Named(await hours.SaveAsync(Mentor, Saved(), cancellationToken)), nameof(Input));
        return this.SavedOrAgain(Path);
    }

    /// <summary>Another stretch, one less, or the same hours on all days: the form anew, and nothing saved.</summary>
    public async Task<IActionResult> OnPostChangeAsync(
        [Bind(Prefix = nameof(Input))] MentorHoursInput input, List<DayOfWeek> on, string? change, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
            return NotFound();
        Take(input, on, switches: true);
        Input.Hours = HoursWeek.Of(HoursWeek.Change(Input.Hours, On, change), WeeksCalendar.FirstDay);
        IsChanged = true;
        ModelState.Clear(); // else the fields show what was typed where others stand now
        return Page();
    }

    /// <summary>For the first use: Monday to Friday, 9 to 17, by the rules as they are.</summary>
    public async Task<IActionResult> OnPostWeekdaysAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
            return NotFound();
        await FillAsync(cancellationToken);
        Input.Hours = HoursWeek.WorkingDays();
        ModelState.Add(await hours.SaveAsync(Mentor, Input, cancellationToken), nameof(Input));
        return this.SavedOrAgain(Path);
    }

    private void Take(MentorHoursInput input, List<DayOfWeek> on, bool switches)
    {
        Input = input;
        On = [.. switches ? on : input.Hours.Select(h => h.Day)];
    }

    private MentorHoursInput Saved() => new()
    {
        SessionMinutes = Input.SessionMinutes,
        BufferMinutes = Input.BufferMinutes,
        NoticeMinutes = Input.NoticeMinutes,
        HorizonDays = Input.HorizonDays,
        MaxPerDay = Input.MaxPerDay,
        ConfirmsByHand = Input.ConfirmsByHand,
        // In their places, so that what is wrong is said beside its row.
        Hours = [.. Input.Hours.Select(h => On.Contains(h.Day) || !Enum.IsDefined(h.Day) ? h : new HoursInput { Day = h.Day })],
    };

    /// <summary>What is wrong with a row says of which day it is.</summary>
    private IEnumerable<FieldProblem> Named(IEnumerable<FieldProblem> problems) => problems.Select(p =>
    {
        var number = p.Field.Split('[', ']').ElementAtOrDefault(1);
        return int.TryParse(number, out var i) && i < Input.Hours.Count && Enum.IsDefined(Input.Hours[i].Day)
            ? p with { Message = ErrorText.FormField.With(DayName(Input.Hours[i].Day), p.Message) } : p;
    });

    public static string DayName(DayOfWeek day) => CultureInfo.CurrentUICulture.DateTimeFormat.GetDayName(day);

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        if (await settings.FindAsync(User.UserId()!.Value, cancellationToken) is not { } mentor)
            return false;
        Mentor = mentor;
        SessionsInOtherZones = await hours.SessionsInOtherZonesAsync(mentor, cancellationToken);
        return true;
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        var weekly = await hours.ListAsync(Mentor.UserId, cancellationToken);
        On = [.. weekly.Select(h => h.Day)];
        Input = new()
        {
            SessionMinutes = Mentor.SessionMinutes,
            BufferMinutes = Mentor.BufferMinutes,
            NoticeMinutes = Mentor.NoticeMinutes,
            HorizonDays = Mentor.HorizonDays,
            MaxPerDay = Mentor.MaxPerDay,
            ConfirmsByHand = Mentor.ConfirmsByHand,
            Hours = HoursWeek.Of(
                weekly.Select(h => new HoursInput { Day = h.Day, From = Clock(h.FromMinute), To = Clock(h.ToMinute) }),
                WeeksCalendar.FirstDay),
        };
    }

    /// <summary>"09:00"; the end of the day is 24:00, and an end in the night after it is before the start.</summary>
    public static string Clock(int minute) => minute == 24 * 60 ? "24:00"
        : new TimeOnly(minute / 60 % 24, minute % 60).ToString("HH:mm", CultureInfo.InvariantCulture);
}
