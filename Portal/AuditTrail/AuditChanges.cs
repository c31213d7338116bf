using System.Text.Json;

namespace Portal.AuditTrail;

/// <param name="Name">Of a property or a setting; a few have words in the readers' languages.</param>
/// <param name="Before">"" for nothing.</param>
/// <param name="After">"" for nothing.</param>
public sealed record AuditChange(string Name, string Before, string After);

/// <summary>
/// Before and after, as the trail keeps them: <c>{"changed":{"State":["Confirmed","Cancelled"]},"person":"…"}</c>. Secrets, and
/// what people wrote, are masked by who writes.
/// </summary>
/// <param name="Changes">Empty where names alone, or nothing, was kept.</param>
/// <param name="Participant">Whom of a session it is about.</param>
public sealed record AuditChanges(IReadOnlyList<AuditChange> Changes, Guid? Participant = null)
{
    public const string Masked = "•••";
    private const int MaxDetails = 2000;
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private sealed record Kept(Dictionary<string, string[]>? Changed, Guid? Person);

    public static string Write(string name, string before, string after) => new AuditChanges([new(name, before, after)]).Write()!;

    /// <summary>Null when there is nothing to say.</summary>
    public string? Write()
    {
        if (Changes.Count == 0 && Participant is null)
            return null;
        var text = Text(Changes.ToDictionary(c => c.Name, c => new[] { c.Before, c.After }));
        return text.Length <= MaxDetails ? text : Text(Changes.Take(20).ToDictionary(c => c.Name, _ => Array.Empty<string>()));
    }

    /// <summary>Null for details that are words.</summary>
    public static AuditChanges? Read(string? details)
    {
        if (details is not ['{', ..])
            return null;
        try
        {
            var kept = JsonSerializer.Deserialize<Kept>(details, Web)!;
            return new(
                [.. (kept.Changed ?? []).Select(c => new AuditChange(c.Key, At(c.Value, 0), At(c.Value, 1)))],
                kept.Person);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string At(string[]? values, int index) => values?.ElementAtOrDefault(index) ?? "";

    private string Text(Dictionary<string, string[]> changed) => JsonSerializer.Serialize(new Kept(changed, Participant), Web);
}
