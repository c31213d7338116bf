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

    /// <summary>Who has it and, where the settings have a say, by which switch.</summary>
    public static readonly IReadOnlyDictionary<string, (string Who, string? Switch)> Allowed = new Dictionary<string, (string, string?)>
    {
        ["branding"] = (Nobody, null),
        ["calendar"] = (Nobody, null),
        ["create-polls"] = (Takers, nameof(JitsiOptions.Polls)),
        ["file-upload"] = (Takers, nameof(JitsiOptions.FileSharing)),
        ["flip"] = (Takers, null),
        ["inbound-call"] = (Nobody, null),
        ["list-visitors"] = (Mentor, null),
        ["live-translation"] = (Mentor, nameof(JitsiOptions.Transcription)),
        ["live-translation-subscribe"] = (Everyone, null),
        ["livestreaming"] = (Mentor, nameof(JitsiOptions.LiveStreaming)),
        ["lobby"] = (Mentor, null),
        ["moderation"] = (Mentor, null),
        // People bring the name the portal knows them by.
        ["name-readonly"] = (Everyone, null),
        ["outbound-call"] = (Mentor, nameof(JitsiOptions.OutboundCalls)),
        ["recording"] = (Mentor, nameof(JitsiOptions.Recording)),
        ["room"] = (Mentor, null),
        ["screen-sharing"] = (Takers, nameof(JitsiOptions.ScreenSharing)),
        ["send-groupchat"] = (Everyone, nameof(JitsiOptions.Chat)),
        ["send-private-message"] = (Takers, nameof(JitsiOptions.Chat)),
        ["sip-inbound-call"] = (Nobody, null),
        ["sip-outbound-call"] = (Mentor, nameof(JitsiOptions.OutboundCalls)),
        ["transcription"] = (Mentor, nameof(JitsiOptions.Transcription)),
    };

    public static void Write(Utf8JsonWriter writer, ParticipantRole role, JitsiSwitches on)
    {
        writer.WriteStartObject("features");
        foreach (var (key, (who, by)) in Allowed)
            writer.WriteBoolean(key, IsFor(who, role) && (by is null || on[by]));
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
