using System.Text.Json;

namespace Portal.Sessions.Trouble;

/// <summary>How the last try of camera, microphone and line went in this browser, as its page kept it.</summary>
/// <param name="Camera"><c>good</c>, <c>warn</c> (nothing heard yet) or <c>bad</c>; null for what was not tried.</param>
/// <param name="Portal">Likewise, of the way to the portal.</param>
/// <param name="Server">Of the way to the meeting server.</param>
/// <param name="AtUtc">When.</param>
public sealed record DeviceCheck(string? Camera, string? Microphone, string? Portal, string? Server, DateTimeOffset? AtUtc)
{
    private const int MaxLength = 500;
    private static readonly string?[] Tones = [null, "good", "warn", "bad"];
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { MaxDepth = 2 };

    /// <summary>Null for what our page did not write: it may have been made by hand.</summary>
    public static DeviceCheck? Read(string? text)
    {
        if (text is not { Length: > 0 and <= MaxLength })
            return null;
        try
        {
            return JsonSerializer.Deserialize<DeviceCheck>(text, Json) is { } check
                && new[] { check.Camera, check.Microphone, check.Portal, check.Server }.All(Tones.Contains)
                && check != new DeviceCheck(null, null, null, null, check.AtUtc)
                ? check with { AtUtc = check.AtUtc?.ToUniversalTime() } : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
