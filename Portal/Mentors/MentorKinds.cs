using System.ComponentModel.DataAnnotations;
using Localization;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.People;
using Portal.Sessions;
using Portal.Sessions.Availability;

namespace Portal.Mentors;

public sealed class KindInput
{
    [Display(ResourceType = typeof(UiText), Name = nameof(UiText.SettingsKindName))]
    public string? Name { get; set; }

    [Display(ResourceType = typeof(UiText), Name = nameof(UiText.SettingsKindMinutes))]
    public int Minutes { get; set; } = 60;

    [Display(ResourceType = typeof(UiText), Name = nameof(UiText.SettingsKindCapacity))]
    public int Capacity { get; set; } = 1;
}

/// <summary>What a mentor offers beside the ordinary session. Sessions that are booked keep name, length and seats.</summary>
public sealed class MentorKinds(PortalDbContext db)
{
    public const int MaxNameLength = 80;
    public const int MaxSeats = 100;
    public const int MaxKinds = 30;

    public Task<List<SessionKind>> ListAsync(Guid mentorId, CancellationToken cancellationToken) =>
        db.SessionKinds.AsNoTracking().Where(k => k.MentorId == mentorId).OrderBy(k => k.IsRetired).ThenBy(k => k.Name).ThenBy(k => k.Id)
            .ToListAsync(cancellationToken);

    /// <summary>
    /// Adds a kind, or changes the one with this id. Null when there is no such kind of this mentor; else the errors by field.
    /// </summary>
    public async Task<IReadOnlyList<FieldProblem>?> SaveAsync(Guid mentorId, Guid? id, KindInput input, CancellationToken cancellationToken)
    {
        var kinds = await db.SessionKinds.Where(k => k.MentorId == mentorId).ToListAsync(cancellationToken);
        var kind = id is null ? new SessionKind { MentorId = mentorId } : kinds.SingleOrDefault(k => k.Id == id);
        if (kind is null)
            return null;
        var errors = new List<FieldProblem>();
        var name = FreeText.OneLine(input.Name);
        if (name is "")
            errors.Add(new(nameof(input.Name), ErrorText.KindNameMissing));
        else if (FreeText.Check(name, MaxNameLength) is { } wrong)
            errors.Add(new(nameof(input.Name), wrong));
        else if (kinds.Any(k => k.Id != kind.Id && !k.IsRetired && SearchText.Fold(k.Name) == SearchText.Fold(name)))
            errors.Add(new(nameof(input.Name), ErrorText.KindNameTaken));
        else if (id is null && kinds.Count >= MaxKinds)
            errors.Add(new(nameof(input.Name), ErrorText.FieldTooMany.With(MaxKinds)));
        MentorHours.CheckMinutes(nameof(input.Minutes), input.Minutes, 15, SlotRules.MaxSessionMinutes, errors);
        if (input.Capacity is < 1 or > MaxSeats)
            errors.Add(new(nameof(input.Capacity), ErrorText.NumberRange.With(1, MaxSeats)));
        if (errors.Count > 0)
            return errors;

        (kind.Name, kind.Minutes, kind.Capacity) = (name, input.Minutes, input.Capacity);
        if (id is null)
            db.SessionKinds.Add(kind);
        await db.SaveChangesAsync(cancellationToken);
        return errors;
    }

    /// <summary>False when there is no such kind of this mentor.</summary>
    public async Task<bool> RetireAsync(Guid mentorId, Guid id, bool retired, CancellationToken cancellationToken) =>
        await db.SessionKinds.Where(k => k.MentorId == mentorId && k.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(k => k.IsRetired, retired), cancellationToken) > 0;
}
