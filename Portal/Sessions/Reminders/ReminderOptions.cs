using System.ComponentModel.DataAnnotations;

namespace Portal.Sessions.Reminders;

public sealed class ReminderOptions : IValidatableObject
{
    public const string Section = "Reminders";
    public const int MaxMinutes = 28 * 24 * 60;
    private const int Max = 10;

    /// <summary>When people are reminded who have not chosen anything themselves. Empty: not at all.</summary>
    public int[] MinutesBefore { get; set; } = [1440, 60, 15];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MinutesBefore.Any(m => m is < 1 or > MaxMinutes))
            yield return new($"{Section}:{nameof(MinutesBefore)} holds minutes from 1 to {MaxMinutes} (four weeks).",
            [nameof(MinutesBefore)]);
        if (MinutesBefore.Length > Max || MinutesBefore.Distinct().Count() != MinutesBefore.Length)
            yield return new($"{Section}:{nameof(MinutesBefore)} holds at most {Max} different numbers.", [nameof(MinutesBefore)]);
    }
}
