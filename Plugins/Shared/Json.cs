using System.Globalization;
using System.Text.Json;

namespace Plugins.Shared;

/// <summary>Reads an answer leniently: what is not there, or is something else, is null.</summary>
internal static class Json
{
    public static JsonElement? At(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var found) && found.ValueKind != JsonValueKind.Null
            ? found
            : null;

    public static string? Text(this JsonElement json, string name) =>
        json.At(name) is { ValueKind: JsonValueKind.String } found ? found.GetString() : null;

    public static IEnumerable<JsonElement> List(this JsonElement json, string name) =>
        json.At(name) is { ValueKind: JsonValueKind.Array } found ? found.EnumerateArray() : [];

    public static DateTimeOffset? Time(this JsonElement json, string name) =>
        DateTimeOffset.TryParse(json.Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUniversalTime()
            : null;
}
