using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Providers;

namespace Plugins.Jitsi;

/// <summary>How a person's room is set up, as an address to go to or as data for room.js.</summary>
/// <param name="options">The settings.</param>
/// <param name="server">Where it is.</param>
/// <param name="secret">What its password is made of; null where the page could not set one.</param>
internal sealed class JitsiRoom(JitsiOptions options, JitsiServer server, byte[]? secret)
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The settings travel behind the #, which browsers send to no server.</summary>
    public Uri Address(string room, JoinRequest request, string? token = null)
    {
        var values = JitsiConfig.Of(options, Switches(request), request.Participant.Role, embedded: false)
            .Select(o => ($"config.{o.Key}", o.Value.ToJsonString(Compact)))
            .Append(("userInfo.displayName", JsonSerializer.Serialize(PersonText.Clean(request.Participant.Name), Compact)));
        var hash = string.Join('&', values.Select(v => $"{v.Item1}={Uri.EscapeDataString(v.Item2)}"));
        var jwt = token is null ? "" : $"&jwt={token}";
        return new Uri($"{server.RoomUrl(room)}?lang={Language(request)}{jwt}#{hash}");
    }

    public string Data(string room, string token, JoinRequest request)
    {
        var (on, role) = (Switches(request), request.Participant.Role);
        return new JsonObject
        {
            ["domain"] = server.ApiDomain,
            ["roomName"] = server.ApiRoom(room),
            ["jwt"] = token,
            ["lang"] = Language(request),
            ["config"] = Nested(JitsiConfig.Of(options, on, role, embedded: true), request.Meeting.Title),
            ["phoneConfig"] = new JsonObject
            {
                ["toolbarButtons"] = JitsiConfig.Array(JitsiToolbar.ForPhones(options.PhoneToolbar, on, role)),
            },
            ["userInfo"] = new JsonObject { ["displayName"] = PersonText.Clean(request.Participant.Name) },
            ["acts"] = Acts(room, on, request),
        }.ToJsonString();
    }

    /// <summary>What has no key: the room module does it once it is in the room, some of it only as moderator.</summary>
    private JsonObject Acts(string room, JitsiSwitches on, JoinRequest request)
    {
        var acts = new JsonObject { ["encrypt"] = on[nameof(JitsiOptions.E2ee)] };
        if (on[nameof(JitsiOptions.RoomPassword)] && secret is not null)
            acts["password"] = RoomPassword.Of(secret, room);
        acts["app"] = options.PhoneApp;
        if (request.Participant.Role != ParticipantRole.Mentor)
            return acts;
        acts["groups"] = on[nameof(JitsiOptions.BreakoutRooms)];
        acts["leads"] = true;
        acts["mayRecord"] = on[nameof(JitsiOptions.Recording)];
        acts["lobby"] = on[nameof(JitsiOptions.Lobby)];
        acts["record"] = on[nameof(JitsiOptions.AutoRecording)] && !request.Meeting.IsNotToBeRecorded;
        acts["transcribe"] = on[nameof(JitsiOptions.AutoTranscription)];
        return acts;
    }

    private JitsiSwitches Switches(JoinRequest request) => JitsiSwitches.For(options, request.Meeting.Choices);

    private static JsonObject Nested(IEnumerable<KeyValuePair<string, JsonNode>> overrides, string title)
    {
        var config = new JsonObject { ["localSubject"] = PersonText.Clean(title) };
        foreach (var (key, value) in overrides)
        {
            if (key.Split('.') is not [var group, var name])
                config[key] = value;
            else
                (config[group] ??= new JsonObject()).AsObject()[name] = value;
        }
        return config;
    }

    private static string Language(JoinRequest request) => request.Culture == "ar" ? "ar" : "en";
}
