using System.Globalization;

namespace Portal.Sessions.Reminders;

/// <summary>
/// When a reminder is due. Only instants are compared, so that a change of clocks between now and the session changes nothing.
/// </summary>
public static class ReminderRules
{
    /// <summary>What a person may choose from, besides what the installation does.</summary>
    public static readonly IReadOnlyList<int> Choices = [2880, 1440, 720, 180, 60, 30, 15, 5];

    /// <summary>
    /// The reminder that a sweep over (after, now] owes: of several the one nearest to the start, and none that was due before
    /// people were told this time, nor one for a session that has begun.
    /// </summary>
    /// <returns>Minutes before the start; null when nothing is due.</returns>
    public static int? Due(IEnumerable<int> minutes, DateTimeOffset start, DateTimeOffset timeSet, DateTimeOffset after, DateTimeOffset now)
    {
        if (start <= now)
            return null;
        var nearest = minutes.Where(m => start.AddMinutes(-m) <= now).DefaultIfEmpty(0).Min();
        var due = start.AddMinutes(-nearest);
        return nearest > 0 && due > after && due > timeSet ? nearest : null;
    }

    /// <summary>A person's own choice, or what the installation does.</summary>
    public static IReadOnlyList<int> Of(string? own, IReadOnlyList<int> installation) => own is null ? installation : Read(own);

    /// <summary>Farthest first.</summary>
    public static IReadOnlyList<int> Read(string stored) =>
    [
        .. stored.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(t => int.TryParse(t, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) ? minutes : 0)
            .Where(m => m is > 0 and <= ReminderOptions.MaxMinutes).Distinct().OrderDescending(),
    ];

    public static string Write(IEnumerable<int> minutes) => string.Join(',', minutes.Distinct().OrderDescending());
}
