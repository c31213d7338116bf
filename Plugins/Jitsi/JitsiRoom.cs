using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Providers;

namespace Plugins.Jitsi;

/// <summary>How a person's room is set up, as an address to go to or as data for room.js.</summary>
internal sealed class JitsiRoom(JitsiOptions options, JitsiServer server)
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The settings travel behind the #, which browsers send to no server.</summary>
    public Uri Address(string room, JoinRequest request)
    {
        var values = Overrides(request.Participant.Role)
            .Select(o => ($"config.{o.Key}", JsonSerializer.Serialize(o.Value)))
            .Append(("userInfo.displayName", JsonSerializer.Serialize(PersonText.Clean(request.Participant.Name), Compact)));
        var hash = string.Join('&', values.Select(v => $"{v.Item1}={Uri.EscapeDataString(v.Item2)}"));
        return new Uri($"{server.RoomUrl(room)}?lang={Language(request)}#{hash}");
    }

    public string Data(string room, string token, JoinRequest request) => new JsonObject
    {
        ["domain"] = server.ApiDomain,
        ["roomName"] = server.ApiRoom(room),
        ["jwt"] = token,
        ["lang"] = Language(request),
        ["config"] = Nested(Overrides(request.Participant.Role), request.Meeting.Title),
        ["userInfo"] = new JsonObject { ["displayName"] = PersonText.Clean(request.Participant.Name) },
    }.ToJsonString();

    private IEnumerable<KeyValuePair<string, bool>> Overrides(ParticipantRole role)
    {
        var observes = role == ParticipantRole.Observer;
        yield return new("prejoinConfig.enabled", options.PrejoinPage);
        yield return new("requireDisplayName", options.RequireDisplayName);
        yield return new("startWithAudioMuted", options.StartAudioMuted || observes);
        yield return new("startWithVideoMuted", options.StartVideoMuted || observes);
    }

    private static JsonObject Nested(IEnumerable<KeyValuePair<string, bool>> overrides, string title)
    {
        var config = new JsonObject { ["localSubject"] = PersonText.Clean(title) };
        foreach (var (key, value) in overrides)
        {
            var parts = key.Split('.');
            if (parts.Length == 1)
                config[key] = value;
            else
                config[parts[0]] = new JsonObject { [parts[1]] = value };
        }
        return config;
    }

    private static string Language(JoinRequest request) => request.Culture == "ar" ? "ar" : "en";
}
