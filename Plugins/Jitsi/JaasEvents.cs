using System.Text.Json;
using System.Text.Json.Nodes;
using Providers;

namespace Plugins.Jitsi;

/// <summary>The webhooks of JaaS. They may come twice and in any order.</summary>
internal static class JaasEvents
{
    private const double Milliseconds = 1000;

    public static WebhookReply Read(JitsiOptions options, byte[]? secret, JsonElement json)
    {
        var fqn = json.Text("fqn");
        // JaaS knows rooms by the application and the name.
        var room = fqn.StartsWith(options.AppId + "/", StringComparison.Ordinal) ? fqn[(options.AppId.Length + 1)..] : "";
        var type = json.Text("eventType");
        if (type == "SETTINGS_PROVISIONING" || (type is "" && RoomName.IsValid(room)))
            return new(200, Settings(options, secret, room));
        return Kind(type, json.Inner("data")) is { } kind && RoomName.IsValid(room)
            && json.Text("idempotencyKey") is { Length: > 0 and <= 200 } id && json.Moment("timestamp", Milliseconds) is { } at
            ? new(200) { Signs = [new(id, kind, room, at) { Participant = json.Inner("data").Person("id") }] }
            : new(200);
    }

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
