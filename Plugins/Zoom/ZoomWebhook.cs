using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Providers;

namespace Plugins.Zoom;

/// <summary>Proves and reads Zoom's webhooks.</summary>
internal sealed class ZoomWebhook(string secret, ZoomRegistrants registrants, TimeProvider clock)
{
    private const int MaxText = 500;
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);

    public WebhookReply Receive(WebhookCall call)
    {
        if (call.Method != "POST" || !IsProven(call))
            return new(401);
        try
        {
            using var json = JsonDocument.Parse(call.Body);
            return Read(json.RootElement) ?? new(400);
        }
        // Text that is no UTF-8 shows only when it is read.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return new(400);
        }
    }

    private bool IsProven(WebhookCall call)
    {
        if (secret is "" || !call.Headers.TryGetValue("x-zm-request-timestamp", out var stamp)
            || !call.Headers.TryGetValue("x-zm-signature", out var signature)
            || !long.TryParse(stamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(clock.GetUtcNow().ToUnixTimeSeconds() - (decimal)seconds) > (decimal)MaxAge.TotalSeconds)
            return false;
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hash.AppendData(Encoding.UTF8.GetBytes($"v0:{stamp}:"));
        hash.AppendData(call.Body.Span);
        var expected = "v0=" + Convert.ToHexStringLower(hash.GetHashAndReset());
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(signature));
    }

    /// <summary>Null for what cannot be read.</summary>
    private WebhookReply? Read(JsonElement json)
    {
        if (Text(json, "event") is not { } name || Inner(json, "payload") is not { } payload)
            return null;
        return name switch
        {
            "endpoint.url_validation" => Validate(payload),
            "meeting.started" => OfMeeting(MeetingSignKind.Started, json, payload, "start_time"),
            "meeting.ended" => OfMeeting(MeetingSignKind.Ended, json, payload, "end_time"),
            "meeting.participant_joined" => OfParticipant(MeetingSignKind.Joined, json, payload, "join_time"),
            "meeting.participant_left" => OfParticipant(MeetingSignKind.Left, json, payload, "leave_time"),
            _ => new(200),
        };
    }

    private WebhookReply? Validate(JsonElement payload) => Text(payload, "plainToken") is not { } token ? null
        : new(200, JsonSerializer.Serialize(new
        {
            plainToken = token,
            encryptedToken = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(token))),
        }));

    private static WebhookReply? OfMeeting(MeetingSignKind kind, JsonElement json, JsonElement payload, string time) =>
        Inner(payload, "object") is { } meeting && Key(meeting) is { } key && At(meeting, time, json) is { } at
            ? new(200) { Signs = [ZoomSigns.Make(kind, key, Text(meeting, "uuid"), null, at)] }
            : null;

    private WebhookReply? OfParticipant(MeetingSignKind kind, JsonElement json, JsonElement payload, string time)
    {
        if (Inner(payload, "object") is not { } meeting || Key(meeting) is not { } key
            || Inner(meeting, "participant") is not { } participant || At(participant, time, json) is not { } at)
            return null;
        var email = Text(participant, "email");
        var person = registrants.PersonOf(Text(participant, "registrant_id"), email);
        var sign = ZoomSigns.Make(kind, key, Text(meeting, "uuid"), Text(participant, "user_id"), at);
        return new(200)
        {
            Signs = [sign with { Participant = person, Email = ZoomSigns.Proven(Text(participant, "id"), email, person) }],
        };
    }

    private static DateTimeOffset? At(JsonElement of, string time, JsonElement json)
    {
        if (ZoomJson.Time(Text(of, time)) is { } told)
            return told;
        return long.TryParse(Text(json, "event_ts"), NumberStyles.None, CultureInfo.InvariantCulture, out var stamp)
            && stamp <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
                ? DateTimeOffset.FromUnixTimeMilliseconds(stamp) : null;
    }

    private static string? Key(JsonElement meeting) =>
        Text(meeting, "id") is { Length: <= 20 } id && id.All(char.IsAsciiDigit) ? id : null;

    private static JsonElement? Inner(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var inner) && inner.ValueKind == JsonValueKind.Object
            ? inner : null;

    /// <summary>A text, or a number as it is written; null for others, and for what is empty or too long.</summary>
    private static string? Text(JsonElement json, string name)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out var value))
            return null;
        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
        return text is { Length: > 0 and <= MaxText } ? text : null;
    }
}
