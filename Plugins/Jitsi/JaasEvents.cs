using System.Text.Json;
using System.Text.Json.Nodes;
using Providers;

namespace Plugins.Jitsi;

/// <summary>The webhooks of JaaS. They may come twice and in any order.</summary>
internal static class JaasEvents
{
    private const double Milliseconds = 1000;

    /// <summary>So long JaaS keeps a recording.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    public static WebhookReply Read(JitsiOptions options, byte[]? secret, JsonElement json)
    {
        var fqn = json.Text("fqn");
        // JaaS knows rooms by the application and the name.
        var room = fqn.StartsWith(options.AppId + "/", StringComparison.Ordinal) ? fqn[(options.AppId.Length + 1)..] : "";
        var type = json.Text("eventType");
        if (type == "SETTINGS_PROVISIONING" || (type is "" && RoomName.IsValid(room)))
            return new(200, Settings(options, secret, room));
        var data = json.Inner("data");
        if (!RoomName.IsValid(room) || json.Text("idempotencyKey") is not { Length: > 0 and <= 200 } id
            || json.Moment("timestamp", Milliseconds) is not { } at)
            return new(200);
        if (type == "RECORDING_UPLOADED")
            return Recording(data, at) is { } recording
                ? new(200) { Signs = [new(id, MeetingSignKind.Recorded, room, at) { Recording = recording }] } : new(200);
        return Kind(type, data) is { } kind
            ? new(200) { Signs = [new(id, kind, room, at) { Participant = data.Person("id") }] }
            : new(200);
    }

    private static MeetingRecording? Recording(JsonElement data, DateTimeOffset at) =>
        Uri.TryCreate(data.Text("preAuthenticatedLink"), UriKind.Absolute, out var link) && link.Scheme == Uri.UriSchemeHttps
            ? new(link, at + Kept)
            {
                Start = Around(at, data.Moment("startTimestamp", Milliseconds)) ?? Around(at, data.Moment("startTimestamp", 1)),
                Length = data.TryGetProperty("durationSec", out var length) && length.ValueKind == JsonValueKind.Number
                    && length.TryGetDouble(out var seconds) && seconds is > 0 and < 1_000_000 ? TimeSpan.FromSeconds(seconds) : null,
            }
            : null;

    /// <summary>Both seconds and milliseconds are sent; the wrong one is another year.</summary>
    private static DateTimeOffset? Around(DateTimeOffset at, DateTimeOffset? moment) =>
        moment is { } found && (at - found).Duration() < 2 * Kept ? found : null;

    private static MeetingSignKind? Kind(string type, JsonElement data) => type switch
    {
        "ROOM_CREATED" => MeetingSignKind.Started,
        "ROOM_DESTROYED" => MeetingSignKind.Ended,
        "PARTICIPANT_JOINED" when !data.IsTrue("isBreakout") => MeetingSignKind.Joined,
        // Whoever moves to a breakout room is still there.
        "PARTICIPANT_LEFT" when !data.IsTrue("isBreakout") && data.Text("disconnectReason") != "switch_room" => MeetingSignKind.Left,
        _ => null,
    };

    /// <summary>Asked before a meeting begins; what one mentor chose is not known here.</summary>
    private static string Settings(JitsiOptions options, byte[]? secret, string room)
    {
        var settings = new JsonObject { ["lobbyEnabled"] = options.Lobby == JitsiChoice.On };
        if (options.MaxParticipants > 0)
            settings["maxOccupants"] = options.MaxParticipants;
        if (options.RoomPassword == JitsiChoice.On && secret is not null)
            settings["passcode"] = RoomPassword.Of(secret, room);
        return settings.ToJsonString();
    }
}
