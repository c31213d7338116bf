using System.Text.Json;
using Providers;

namespace Plugins.Jitsi;

/// <summary>
/// What a person may use. Every key that Jitsi knows is written out: once a token has features, a key that is missing
/// is denied, to moderators too.
/// </summary>
internal static class JitsiFeatures
{
    private const string Mentor = "mentor";
    private const string Everyone = "everyone";
    private const string Takers = "mentor, mentee, guest";
    private const string Nobody = "nobody";

    public static readonly IReadOnlyDictionary<string, string> Allowed = new Dictionary<string, string>
    {
        ["branding"] = Nobody,
        ["calendar"] = Nobody,
        ["create-polls"] = Takers,
        ["file-upload"] = Takers,
        ["flip"] = Takers,
        ["inbound-call"] = Nobody,
        ["list-visitors"] = Mentor,
        ["live-translation"] = Mentor,
        ["live-translation-subscribe"] = Everyone,
        ["livestreaming"] = Nobody,
        ["lobby"] = Mentor,
        ["moderation"] = Mentor,
        // People bring the name the portal knows them by.
        ["name-readonly"] = Everyone,
        ["outbound-call"] = Nobody,
        ["recording"] = Mentor,
        ["room"] = Mentor,
        ["screen-sharing"] = Takers,
        ["send-groupchat"] = Everyone,
        ["send-private-message"] = Takers,
        ["sip-inbound-call"] = Nobody,
        ["sip-outbound-call"] = Nobody,
        ["transcription"] = Mentor,
    };

    public static void Write(Utf8JsonWriter writer, ParticipantRole role)
    {
        writer.WriteStartObject("features");
        foreach (var (key, who) in Allowed)
            writer.WriteBoolean(key, IsFor(who, role));
        writer.WriteEndObject();
    }

    private static bool IsFor(string who, ParticipantRole role) => who switch
    {
        Everyone => true,
        Takers => role != ParticipantRole.Observer,
        Mentor => role == ParticipantRole.Mentor,
        _ => false,
    };
}
