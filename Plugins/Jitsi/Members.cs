using System.Text.Json;

namespace Plugins.Jitsi;

/// <summary>
/// Members of JSON that somebody else wrote. Half a character (\ud800) passes for JSON, and is an InvalidOperationException once it is
/// read.
/// </summary>
internal static class Members
{
    public static string Text(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String
            ? found.GetString()! : "";

    /// <summary>A number as it stands there; null for anything else that is no text.</summary>
    public static string? TextOrNumber(this JsonElement json, string name) => json.Inner(name) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    public static JsonElement Inner(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var found) ? found : default;

    /// <summary>A boolean, or the word for it: both are sent.</summary>
    public static bool IsTrue(this JsonElement json, string name) =>
        json.Inner(name).ValueKind == JsonValueKind.True || json.Text(name) == "true";

    /// <param name="json">The object.</param>
    /// <param name="name">The member, a time since 1970.</param>
    /// <param name="unit">How many make a second.</param>
    public static DateTimeOffset? Moment(this JsonElement json, string name, double unit)
    {
        var found = json.Inner(name);
        return found.ValueKind == JsonValueKind.Number && found.TryGetDouble(out var number) && number / unit is > 0 and < 253_402_300_799
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)(number / unit * 1000)) : null;
    }

    public static Guid? Person(this JsonElement json, string name) => Guid.TryParse(json.Text(name), out var id) ? id : null;
}
