using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Serialization;
using Localization;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.People;
using Portal.Sessions;
using Portal.Sessions.Availability;

namespace Portal.Mentors;

/// <summary>One stretch of a weekday as the form has it: <c>09:00</c>, <c>17:30</c>, or both empty.</summary>
public sealed class HoursInput
{
    [JsonConverter(typeof(JsonStringEnumConverter))]
    public DayOfWeek Day { get; set; }

    public string? From { get; set; }
    public string? To { get; set; }
}

public sealed class MentorHoursInput
{
    [Display(ResourceType = typeof(UiText), Name = nameof(UiText.SettingsSessionMinutes))]
    public int SessionMinutes { get; set; }

    [Display(ResourceType = typeof(UiText), Name = nameof(UiText.SettingsBufferMinutes))]
    public int BufferMinutes { get; set; }

    [Display(ResourceType = typeof(UiText), Name = nameof(UiText.SettingsNoticeMinutes))]
    public int NoticeMinutes { get; set; }

    [Display(ResourceType = typeof(UiText), Name = nameof(UiText.SettingsHorizonDays))]
    public int HorizonDays { get; set; }

    [Display(ResourceType = typeof(UiText), Name = nameof(UiText.SettingsMaxPerDay))]
    public int? MaxPerDay { get; set; }

    public bool ConfirmsByHand { get; set; }

    /// <summary>A program may send null, or nulls.</summary>
    public List<HoursInput> Hours { get; set => field = [.. (value ?? []).Where(h => h is not null)]; } = [];
}

/// <summary>When a mentor can be booked. Sessions that are booked keep their time, whatever changes here.</summary>
public sealed class MentorHours(PortalDbContext db, TimeProvider clock)
{
    public const int MaxHorizonDays = 365;
    public const int MaxSessionsPerDay = 50;

    private const int Midnight = 24 * 60;

    public Task<List<WeeklyHours>> ListAsync(Guid mentorId, CancellationToken cancellationToken) =>
        db.WeeklyHours.AsNoTracking().Where(h => h.MentorId == mentorId).OrderBy(h => h.FromMinute).ToListAsync(cancellationToken);

    /// <summary>Sessions ahead that were agreed on in another zone than the mentor's present one.</summary>
    public Task<int> SessionsInOtherZonesAsync(MentorProfile mentor, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return db.Sessions.CountAsync(s => s.MentorId == mentor.UserId && s.StartUtc > now && s.TimeZone != mentor.User.TimeZone
            && (s.State == SessionState.Confirmed || s.State == SessionState.Requested), cancellationToken);
    }

    /// <summary>The errors by field; empty when everything was saved.</summary>
    public async Task<IReadOnlyList<FieldProblem>> SaveAsync(
        MentorProfile mentor, MentorHoursInput input, CancellationToken cancellationToken)
    {
        var errors = new List<FieldProblem>();
        CheckMinutes(nameof(input.SessionMinutes), input.SessionMinutes, 15, SlotRules.MaxSessionMinutes, errors);
        CheckMinutes(nameof(input.BufferMinutes), input.BufferMinutes, 0, SlotRules.MaxBufferMinutes, errors);
        CheckMinutes(nameof(input.NoticeMinutes), input.NoticeMinutes, 0, 7 * Midnight, errors);
        if (input.HorizonDays is < 1 or > MaxHorizonDays)
            errors.Add(new(nameof(input.HorizonDays), ErrorText.NumberRange.With(1, MaxHorizonDays)));
        if (input.MaxPerDay is < 1 or > MaxSessionsPerDay)
            errors.Add(new(nameof(input.MaxPerDay), ErrorText.NumberRange.With(1, MaxSessionsPerDay)));
        var hours = ReadHours(mentor.UserId, input.Hours, errors);
        if (errors.Count > 0)
            return errors;

        (mentor.SessionMinutes, mentor.BufferMinutes, mentor.NoticeMinutes) =
            (input.SessionMinutes, input.BufferMinutes, input.NoticeMinutes);
        (mentor.HorizonDays, mentor.MaxPerDay, mentor.ConfirmsByHand) = (input.HorizonDays, input.MaxPerDay, input.ConfirmsByHand);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // The mentor's row first: two windows that save at once then wait for each other instead of leaving the hours of both.
        db.Entry(mentor).Property(m => m.SessionMinutes).IsModified = true;
        await db.SaveChangesAsync(cancellationToken);
        await db.WeeklyHours.Where(h => h.MentorId == mentor.UserId).ExecuteDeleteAsync(cancellationToken);
        db.WeeklyHours.AddRange(hours);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return errors;
    }

    internal static void CheckMinutes(string field, int value, int min, int max, List<FieldProblem> errors)
    {
        if (value < min || value > max || value % BusyTick.Minutes != 0)
            errors.Add(new(field, ErrorText.MinutesRange.With(min, max, BusyTick.Minutes)));
    }

    /// <summary>
    /// Null where the two are no stretch. An end at 00:00 or 24:00 is the end of the day, and one before the start is in the night
    /// after it: from 22:00 to 02:00.
    /// </summary>
    internal static (int From, int To)? ReadStretch(string? fromText, string? toText)
    {
        var (from, to) = (Minute(fromText), toText == "24:00" ? Midnight : Minute(toText));
        to = to == 0 ? Midnight : to < from ? to + Midnight : to;
        return from is null || to is null || from >= to || from % BusyTick.Minutes != 0 || to % BusyTick.Minutes != 0
            ? null : (from.Value, to.Value);
    }

    private static List<WeeklyHours> ReadHours(Guid mentorId, List<HoursInput> inputs, List<FieldProblem> errors)
    {
        var hours = new List<WeeklyHours>();
        for (var i = 0; i < inputs.Count && i < 50; i++)
        {
            if (string.IsNullOrEmpty(inputs[i].From) && string.IsNullOrEmpty(inputs[i].To))
                continue;
            if (ReadStretch(inputs[i].From, inputs[i].To) is not { } read || !Enum.IsDefined(inputs[i].Day))
                errors.Add(new($"Hours[{i}].From", ErrorText.HoursWrong));
            else if (hours.Any(h => Overlap(h, inputs[i].Day, read)))
                errors.Add(new($"Hours[{i}].From", ErrorText.HoursOverlap));
            else
                hours.Add(new WeeklyHours { MentorId = mentorId, Day = inputs[i].Day, FromMinute = read.From, ToMinute = read.To });
        }
        return hours;
    }

    /// <summary>A night may reach into the next day; Saturday's into Sunday.</summary>
    private static bool Overlap(WeeklyHours hours, DayOfWeek day, (int From, int To) other)
    {
        const int Week = 7 * Midnight;
        var shift = (day - hours.Day) * Midnight;
        return new[] { shift - Week, shift, shift + Week }.Any(s => hours.FromMinute < other.To + s && other.From + s < hours.ToMinute);
    }

    private static int? Minute(string? text) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time.Hour * 60 + time.Minute : null;
}
