using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Providers;

namespace Plugins.BigBlueButton;

/// <summary>
/// What the server calls back with. It does not sign the end of a meeting, so the address that it is given carries a token of ours; a
/// recording that is ready it signs with the shared secret (JWT, HS256). Done here in a few lines: libraries refuse short secrets,
/// which servers have.
/// </summary>
internal sealed partial class Callbacks(string portal, string secret, TimeProvider clock)
{
    private readonly byte[] key = Encoding.UTF8.GetBytes(secret);

    [GeneratedRegex(@"^[0-9a-f]{32}-[0-9]{1,9}\z")]
    private static partial Regex MeetingShape { get; }

    public string RecordingUrl => portal.TrimEnd('/') + "/webhooks/bigbluebutton";

    /// <param name="meetingId">The meeting.</param>
    /// <param name="made">When it was made: a room that died and is made again ends a second time.</param>
    public string EndUrl(string meetingId, DateTimeOffset made)
    {
        var at = made.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"{RecordingUrl}?meeting={meetingId}&made={at}&token={TokenOf(meetingId, at)}";
    }

    public WebhookReply Receive(WebhookCall call) => call.Method switch
    {
        "GET" => Ended(Form(call.Query)),
        "POST" when call.Body.Length <= 64 * 1024 => Recorded(Form(Encoding.UTF8.GetString(call.Body.Span))),
        _ => new(400),
    };

    private WebhookReply Ended(Dictionary<string, string> query)
    {
        if (!query.TryGetValue("meeting", out var meeting) || !query.TryGetValue("made", out var made)
            || !query.TryGetValue("token", out var token))
            return new(400);
        if (!MeetingShape.IsMatch(meeting) || !Same(token, TokenOf(meeting, made)))
            return new(401);
        // The server names no time; it calls within seconds.
        return new(200) { Signs = [new($"end-{meeting}-{made}", MeetingSignKind.Ended, meeting, clock.GetUtcNow())] };
    }

    /// <summary>Nothing is to be done for it: recordings stay at the server. Other answers would make it call again.</summary>
    private WebhookReply Recorded(Dictionary<string, string> form)
    {
        if (!form.TryGetValue("signed_parameters", out var text))
            return new(400);
        if (Claims(text) is not { } claims)
            return new(401);
        return claims.TryGetValue("meeting_id", out var meeting) && MeetingShape.IsMatch(meeting) ? new(200) : new(410);
    }

    /// <summary>The texts of a token that the server has signed; null for any other.</summary>
    internal Dictionary<string, string>? Claims(string token)
    {
        if (token.Split('.') is not [var head, var body, var signature])
            return null;
        var expected = System.Buffers.Text.Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{head}.{body}")));
        if (!Same(signature.TrimEnd('='), expected))
            return null;
        return Members(head) is { } header && header.GetValueOrDefault("alg") == "HS256" ? Members(body) : null;
    }

    private static Dictionary<string, string>? Members(string part)
    {
        try
        {
            using var json = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(part));
            return json.RootElement.ValueKind != JsonValueKind.Object ? null : json.RootElement.EnumerateObject()
                .Where(p => p.Value.ValueKind == JsonValueKind.String).DistinctBy(p => p.Name)
                .ToDictionary(p => p.Name, p => p.Value.GetString()!);
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private string TokenOf(string meetingId, string made) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"end\n{meetingId}\n{made}")));

    private static bool Same(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));

    /// <summary>Of several of one name the first counts: ours come before what the server adds.</summary>
    private static Dictionary<string, string> Form(string text) => text.Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(p => p.Split('=', 2)).Where(p => p.Length == 2)
        .Select(p => (Name: Decoded(p[0]), Value: Decoded(p[1]))).DistinctBy(p => p.Name).ToDictionary(p => p.Name, p => p.Value);

    private static string Decoded(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
