using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Localization;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.ProviderHost;
using Portal.Sessions;

namespace Portal.People;

/// <summary>One stretch of a weekday as the form has it: <c>09:00</c>, <c>17:30</c>, or both empty.</summary>
public sealed class HoursInput
{
    public DayOfWeek Day { get; set; }
    public string? From { get; set; }
    public string? To { get; set; }
}

public sealed class MentorInput
{
    public string ProviderId { get; set; } = "";

    [Display(ResourceType = typeof(UiText), Name = nameof(UiText.SettingsUrl))]
    public string? ExternalMeetingUrl { get; set; }

    [Display(ResourceType = typeof(UiText), Name = nameof(UiText.SettingsSessionMinutes))]
    public int SessionMinutes { get; set; }

    [Display(ResourceType = typeof(UiText), Name = nameof(UiText.SettingsBufferMinutes))]
    public int BufferMinutes { get; set; }

    [Display(ResourceType = typeof(UiText), Name = nameof(UiText.SettingsNoticeMinutes))]
    public int NoticeMinutes { get; set; }

    public List<HoursInput> Hours { get; set; } = [];
}

/// <summary>A mentor's own settings. Sessions that are booked keep what they were booked with.</summary>
public sealed class MentorSettings(PortalDbContext db, MeetingProviders providers)
{
    private const int Midnight = 24 * 60;

    public Task<MentorProfile?> FindAsync(Guid userId, CancellationToken cancellationToken) =>
        db.MentorProfiles.Include(m => m.User).Include(m => m.Hours).FirstOrDefaultAsync(m => m.UserId == userId, cancellationToken);

    /// <summary>The errors by field; empty when everything was saved.</summary>
    public async Task<IReadOnlyDictionary<string, string>> SaveAsync(MentorProfile mentor, MentorInput input, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string>();
        var url = CheckProvider(input, errors);
        CheckMinutes(nameof(MentorInput.SessionMinutes), input.SessionMinutes, 15, 240, errors);
        CheckMinutes(nameof(MentorInput.BufferMinutes), input.BufferMinutes, 0, 120, errors);
        CheckMinutes(nameof(MentorInput.NoticeMinutes), input.NoticeMinutes, 0, 7 * Midnight, errors);
        var hours = ReadHours(mentor.UserId, input.Hours, errors);
        if (errors.Count > 0)
            return errors;

        mentor.ProviderId = input.ProviderId;
        mentor.ExternalMeetingUrl = url;
        mentor.SessionMinutes = input.SessionMinutes;
        mentor.BufferMinutes = input.BufferMinutes;
        mentor.NoticeMinutes = input.NoticeMinutes;
        db.WeeklyHours.RemoveRange(mentor.Hours);
        db.WeeklyHours.AddRange(hours);
        await db.SaveChangesAsync(cancellationToken);
        return errors;
    }

    private string? CheckProvider(MentorInput input, Dictionary<string, string> errors)
    {
        if (!providers.CanBeChosen(input.ProviderId))
            errors[nameof(MentorInput.ProviderId)] = ErrorText.ProviderCannotBeChosen;
        if (string.IsNullOrWhiteSpace(input.ExternalMeetingUrl))
        {
            if (providers.Describe(input.ProviderId) is { NeedsMentorUrl: true })
                errors[nameof(MentorInput.ExternalMeetingUrl)] = ErrorText.ProviderNeedsUrl;
            return null;
        }
        // Checked whichever provider is chosen: an address that is kept for later must be right too.
        var checker = providers.All.Select(p => providers.MentorUrls(p.Id)).FirstOrDefault(u => u is not null);
        if (checker is null)
            return null;
        var check = checker.CheckUrl(input.ExternalMeetingUrl.Trim());
        if (check.Refusal is not null)
            errors[nameof(MentorInput.ExternalMeetingUrl)] = check.Refusal;
        return check.Url?.AbsoluteUri;
    }

    private static void CheckMinutes(string field, int value, int least, int most, Dictionary<string, string> errors)
    {
        if (value < least || value > most || value % BusyTick.Minutes != 0)
            errors[field] = ErrorText.MinutesRange.With(least, most, BusyTick.Minutes);
    }

    private static List<WeeklyHours> ReadHours(Guid mentorId, List<HoursInput> inputs, Dictionary<string, string> errors)
    {
        var hours = new List<WeeklyHours>();
        for (var i = 0; i < inputs.Count && i < 50; i++)
        {
            var (from, to) = (Minute(inputs[i].From), Minute(inputs[i].To));
            if (string.IsNullOrEmpty(inputs[i].From) && string.IsNullOrEmpty(inputs[i].To))
                continue;
            to = to == 0 ? Midnight : to;
            if (from is null || to is null || from >= to || from % BusyTick.Minutes != 0 || to % BusyTick.Minutes != 0 || !Enum.IsDefined(inputs[i].Day))
                errors[$"Hours[{i}].From"] = ErrorText.HoursWrong;
            else if (hours.Any(h => h.Day == inputs[i].Day && h.FromMinute < to && from < h.ToMinute))
                errors[$"Hours[{i}].From"] = ErrorText.HoursOverlap;
            else
                hours.Add(new WeeklyHours { MentorId = mentorId, Day = inputs[i].Day, FromMinute = from.Value, ToMinute = to.Value });
        }
        return hours;
    }

    private static int? Minute(string? text) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time.Hour * 60 + time.Minute : null;
}
