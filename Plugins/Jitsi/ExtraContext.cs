using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Plugins.Jitsi;

/// <summary>What an operator adds to a token's context.</summary>
internal static class ExtraContext
{
    private const int MaxBytes = 600;
    private static readonly string[] Ours = ["user", "group", "features"];

    public static string? Problem(string json) =>
        IsGood(json) ? null : string.Format(CultureInfo.CurrentCulture, Texts.ExtraContextInvalid, MaxBytes);

    public static void Write(Utf8JsonWriter writer, string json)
    {
        if (string.IsNullOrWhiteSpace(json))
            return;
        using var document = JsonDocument.Parse(json);
        foreach (var member in document.RootElement.EnumerateObject())
            member.WriteTo(writer);
    }

    private static bool IsGood(string json)
    {
        if (string.IsNullOrWhiteSpace(json))
            return true;
        if (Encoding.UTF8.GetByteCount(json) > MaxBytes)
            return false;
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && !document.RootElement.EnumerateObject().Any(m => Ours.Contains(m.Name))
                && !HoldsNull(document.RootElement);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // A null in a token leaves the server's login without an answer.
    public static bool HoldsNull(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null => true,
        JsonValueKind.Object => json.EnumerateObject().Any(m => HoldsNull(m.Value)),
        JsonValueKind.Array => json.EnumerateArray().Any(HoldsNull),
        _ => false,
    };
}
