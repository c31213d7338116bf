using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Localization;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Portal.Data;
using Portal.People;
using Portal.Sessions;
using Portal.Sessions.Availability;

namespace Portal.Mentors;

public sealed class DaysInput
{
    [Display(ResourceType = typeof(UiText), Name = nameof(UiText.SettingsDayFirst))]
    public string? First { get; set; }

    /// <summary>Empty for a single day.</summary>
    [Display(ResourceType = typeof(UiText), Name = nameof(UiText.SettingsDayLast))]
    public string? Last { get; set; }

    public bool IsOff { get; set; } = true;
    public string? From { get; set; }
    public string? To { get; set; }
    public string? From2 { get; set; }
    public string? To2 { get; set; }
}

/// <summary>Days in a row that are set alike.</summary>
public sealed record DaysRow(DateOnly First, DateOnly Last, IReadOnlyList<(int From, int To)> Stretches);

/// <param name="Errors">By field; empty when it was saved.</param>
/// <param name="Sessions">Sessions that are booked on these days, and stay.</param>
public sealed record DaysSaved(IReadOnlyList<FieldProblem> Errors, int Sessions);

/// <summary>Days on which a mentor's weekly hours do not count.</summary>
public sealed class MentorDays(PortalDbContext db, TimeProvider clock)
{
    public const int MaxRange = 366;
    private const int MaxRows = 1500;

    public static DateOnly Today(MentorProfile mentor, DateTimeOffset now) =>
        Instant.FromDateTimeOffset(now).InZone(DateTimeZoneProviders.Tzdb[mentor.User.TimeZone]).Date.ToDateOnly();

    /// <summary>From today on.</summary>
    public async Task<List<DaysRow>> ListAsync(MentorProfile mentor, CancellationToken cancellationToken)
    {
        var today = Today(mentor, clock.GetUtcNow());
        var days = await db.SpecialDays.AsNoTracking().Where(d => d.MentorId == mentor.UserId && d.Date >= today)
            .ToListAsync(cancellationToken);
        var rows = new List<DaysRow>();
        foreach (var day in days.GroupBy(d => d.Date).OrderBy(d => d.Key))
        {
            var stretches = day.Where(d => d.FromMinute is not null).Select(d => (d.FromMinute!.Value, d.ToMinute ?? 0)).Order().ToList();
            if (rows.Count > 0 && rows[^1].Last.AddDays(1) == day.Key && rows[^1].Stretches.SequenceEqual(stretches))
                rows[^1] = rows[^1] with { Last = day.Key };
            else
                rows.Add(new(day.Key, day.Key, stretches));
        }
        return rows;
    }

    /// <summary>Sets days; what was set for them before is replaced.</summary>
    public async Task<DaysSaved> AddAsync(MentorProfile mentor, DaysInput input, CancellationToken cancellationToken)
    {
        var errors = new List<FieldProblem>();
        var (first, last) = ReadRange(mentor, input, errors);
        var stretches = input.IsOff ? [] : ReadStretches(input, errors);
        if (errors.Count > 0)
            return new(errors, 0);
        var rows = (from day in Enumerable.Range(0, last.DayNumber - first.DayNumber + 1).Select(first.AddDays)
                    from stretch in stretches.Count == 0 ? [null] : stretches.Cast<(int From, int To)?>()
                    select new SpecialDay { MentorId = mentor.UserId, Date = day, FromMinute = stretch?.From, ToMinute = stretch?.To })
                        .ToList();
        var others = await db.SpecialDays.CountAsync(d => d.MentorId == mentor.UserId
            && (d.Date < first || d.Date > last), cancellationToken);
        if (others + rows.Count > MaxRows)
            return new([new(nameof(input.First), ErrorText.DaysTooMany)], 0);

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // The mentor's row first, so that two windows that save at once wait for each other.
        await db.MentorProfiles.Where(m => m.UserId == mentor.UserId)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.HorizonDays, m => m.HorizonDays), cancellationToken);
        await RemoveAsync(mentor.UserId, first, last, cancellationToken);
        db.SpecialDays.AddRange(rows);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new(errors, await SessionsAsync(mentor, first, last, cancellationToken));
    }

    public Task RemoveAsync(Guid mentorId, DateOnly first, DateOnly last, CancellationToken cancellationToken) =>
        db.SpecialDays.Where(d => d.MentorId == mentorId && d.Date >= first && d.Date <= last).ExecuteDeleteAsync(cancellationToken);

    public static DateOnly? ReadDay(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private (DateOnly First, DateOnly Last) ReadRange(MentorProfile mentor, DaysInput input, List<FieldProblem> errors)
    {
        var today = Today(mentor, clock.GetUtcNow());
        if (ReadDay(input.First) is not { } first || first < today || first.DayNumber - today.DayNumber > 10 * MaxRange)
        {
            errors.Add(new(nameof(input.First), ErrorText.DayWrong));
            return default;
        }
        var last = string.IsNullOrWhiteSpace(input.Last) ? first : ReadDay(input.Last);
        if (last is null || last < first || last.Value.DayNumber - first.DayNumber > MaxRange)
            errors.Add(new(nameof(input.Last), ErrorText.DayLastWrong.With(MaxRange)));
        return (first, last ?? first);
    }

    private static List<(int From, int To)> ReadStretches(DaysInput input, List<FieldProblem> errors)
    {
        var stretches = new List<(int From, int To)>();
        foreach (var (field, from, to) in new[] { (nameof(input.From), input.From, input.To),
            (nameof(input.From2), input.From2, input.To2) })
        {
            if (string.IsNullOrEmpty(from) && string.IsNullOrEmpty(to))
                continue;
            if (MentorHours.ReadStretch(from, to) is not { } read)
                errors.Add(new(field, ErrorText.HoursWrong));
            else if (stretches.Any(s => s.From < read.To && read.From < s.To))
                errors.Add(new(field, ErrorText.HoursOverlap));
            else
                stretches.Add(read);
        }
        if (stretches.Count == 0 && errors.Count == 0)
            errors.Add(new(nameof(input.From), ErrorText.DayHoursMissing));
        return stretches;
    }

    private Task<int> SessionsAsync(MentorProfile mentor, DateOnly first, DateOnly last, CancellationToken cancellationToken)
    {
        var zone = DateTimeZoneProviders.Tzdb[mentor.User.TimeZone];
        DateTimeOffset StartOf(DateOnly day) => zone.AtStartOfDay(LocalDate.FromDateOnly(day)).ToDateTimeOffset().ToUniversalTime();
        var (from, to) = (StartOf(first), StartOf(last.AddDays(1)));
        return db.Sessions.CountAsync(s => s.MentorId == mentor.UserId && s.StartUtc >= from && s.StartUtc < to
            && (s.State == SessionState.Confirmed || s.State == SessionState.Requested), cancellationToken);
    }
}
