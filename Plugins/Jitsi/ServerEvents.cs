using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Providers;

namespace Plugins.Jitsi;

/// <summary>What event_sync sends. The end of a room may come before the last person's leaving, and nothing has an id.</summary>
internal static class ServerEvents
{
    private const double Seconds = 1;

    public static IEnumerable<MeetingSign> Read(JsonElement json)
    {
        var name = json.Text("event_name");
        var room = RoomOf(json.Text("room_name"));
        if (json.IsTrue("is_breakout") || !RoomName.IsValid(room))
            yield break;
        var person = json.Inner("occupant");
        (MeetingSignKind Kind, DateTimeOffset? At)? found = name switch
        {
            "muc-room-created" => (MeetingSignKind.Started, json.Moment("created_at", Seconds)),
            "muc-room-destroyed" => (MeetingSignKind.Ended, json.Moment("destroyed_at", Seconds)),
            "muc-occupant-joined" => (MeetingSignKind.Joined, person.Moment("joined_at", Seconds)),
            "muc-occupant-left" => (MeetingSignKind.Left, person.Moment("left_at", Seconds)),
            _ => null,
        };
        if (found is not (var kind, { } at))
            yield break;
        // Recorders come and go as well; they carry no token, so they have no id.
        var isRoom = kind is MeetingSignKind.Started or MeetingSignKind.Ended;
        if (!isRoom && person.Text("id") is "")
            yield break;
        yield return new(IdOf(json, name, person, at), kind, room, at) { Participant = isRoom ? null : person.Person("id") };
    }

    /// <summary>With tenants, a room is called [tenant]room.</summary>
    private static string RoomOf(string node) => node is ['[', ..] && node.IndexOf(']') is > 0 and var end ? node[(end + 1)..] : node;

    private static string IdOf(JsonElement json, string name, JsonElement person, DateTimeOffset at)
    {
        var all = $"{json.Text("room_jid")}\n{person.Text("occupant_jid")}\n{at.ToUnixTimeMilliseconds()}";
        return $"{name}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)))}";
    }
}
