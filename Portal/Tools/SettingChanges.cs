using System.Text.Json;
using System.Text.Json.Serialization;
using Portal.ProviderHost;

namespace Portal.Tools;

/// <summary>What one save changed, as the audit trail keeps it: before and after by the setting's name, secrets masked.</summary>
/// <param name="From">The version that it was laid over.</param>
public sealed record SettingChanges(
    [property: JsonPropertyName("from")] Guid From, [property: JsonPropertyName("changed")] Dictionary<string, string[]> Changed)
{
    public const string Masked = "•••";
    private const int MaxDetails = 2000;
    private const int MaxValue = 60;

    public static SettingChanges Of(
        Guid from, IEnumerable<SettingField> fields, IReadOnlyDictionary<string, string> before,
        IReadOnlyDictionary<string, string> after) =>
        new(from, fields.Where(f => before.GetValueOrDefault(f.Name) != after.GetValueOrDefault(f.Name)).ToDictionary(f => f.Name, f =>
            new[] { Shown(f, before.GetValueOrDefault(f.Name)), Shown(f, after.GetValueOrDefault(f.Name)) }));

    /// <summary>Where all of it is too long for the trail, the names alone.</summary>
    public string Write()
    {
        var text = JsonSerializer.Serialize(this);
        if (text.Length <= MaxDetails)
            return text;
        text = JsonSerializer.Serialize(this with { Changed = Changed.Keys.ToDictionary(k => k, _ => Array.Empty<string>()) });
        return text.Length <= MaxDetails ? text : JsonSerializer.Serialize(this with { Changed = [] });
    }

    /// <summary>Null for an entry that is about something else.</summary>
    public static SettingChanges? Read(string? details)
    {
        try
        {
            return details is null ? null : JsonSerializer.Deserialize<SettingChanges>(details);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Shown(SettingField field, string? value) =>
        value is null or "" ? "" : field.IsSecret ? Masked : value.Length > MaxValue ? value[..MaxValue] + "…" : value;
}
