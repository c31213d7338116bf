using System.Globalization;
using Providers;

namespace Plugins.Jitsi;

/// <summary>The buttons of the room: which there are, and which of them a person has.</summary>
internal static class JitsiToolbar
{
    /// <summary>Every button that Jitsi knows by name.</summary>
    public static readonly string[] Known =
    [
        "audiotranslation", "camera", "chat", "closedcaptions", "custom-panel", "desktop", "download", "embedmeeting", "etherpad",
        "feedback", "filesharing", "filmstrip", "fullscreen", "hangup", "help", "highlight", "invite", "linktosalesforce", "livestreaming",
        "microphone", "mute-everyone", "mute-video-everyone", "noisesuppression", "overflowmenu", "participants-pane", "polls", "profile",
        "raisehand", "reactions", "recording", "security", "select-background", "settings", "shareaudio", "sharedvideo", "shortcuts",
        "stats", "tileview", "toggle-camera", "videoquality", "whiteboard",
    ];

    public static readonly string[] Usual =
    [
        "microphone", "camera", "desktop", "chat", "raisehand", "reactions", "participants-pane", "tileview", "overflowmenu", "hangup",
        "invite", "toggle-camera", "videoquality", "fullscreen", "security", "closedcaptions", "recording", "livestreaming", "polls",
        "sharedvideo", "shareaudio", "noisesuppression", "whiteboard", "filesharing", "select-background", "mute-everyone",
        "mute-video-everyone", "settings", "filmstrip", "shortcuts", "stats",
    ];

    /// <summary>Few enough for a narrow screen; devices and backgrounds are in the settings.</summary>
    public static readonly string[] UsualOnPhones =
    [
        "microphone", "camera", "toggle-camera", "chat", "raisehand", "hangup", "overflowmenu", "participants-pane", "tileview", "recording",
        "select-background", "settings", "whiteboard", "filesharing", "polls", "closedcaptions", "security",
    ];

    private static readonly string[] Needed = ["microphone", "camera", "hangup"];

    public static IReadOnlyList<string> For(string[] chosen, JitsiSwitches on, ParticipantRole role) =>
        [.. (chosen is [] ? Usual : chosen).Where(button => IsThere(button, on, role))];

    public static IReadOnlyList<string> ForPhones(string[] chosen, JitsiSwitches on, ParticipantRole role) =>
        [.. (chosen is [] ? UsualOnPhones : chosen).Where(button => IsThere(button, on, role))];

    public static string? Problem(string setting, string[] chosen)
    {
        if (chosen is [])
            return null;
        if (chosen.Except(Known).FirstOrDefault() is { } unknown)
            return string.Format(CultureInfo.CurrentCulture, Texts.ToolbarUnknown, setting, unknown);
        return Needed.All(chosen.Contains) && chosen.Distinct().Count() == chosen.Length
            ? null : string.Format(CultureInfo.CurrentCulture, Texts.ToolbarIncomplete, setting, string.Join(", ", Needed));
    }

    private static bool IsThere(string button, JitsiSwitches on, ParticipantRole role)
    {
        var (leads, takes) = (role == ParticipantRole.Mentor, role != ParticipantRole.Observer);
        return button switch
        {
            "desktop" or "shareaudio" => takes && on[nameof(JitsiOptions.ScreenSharing)],
            "chat" => on[nameof(JitsiOptions.Chat)],
            "polls" => takes && on[nameof(JitsiOptions.Polls)],
            "reactions" => on[nameof(JitsiOptions.Reactions)],
            "sharedvideo" => takes && on[nameof(JitsiOptions.SharedVideos)],
            "whiteboard" => takes && on[nameof(JitsiOptions.Whiteboard)],
            "filesharing" => takes && on[nameof(JitsiOptions.FileSharing)],
            "select-background" => on[nameof(JitsiOptions.VirtualBackgrounds)],
            "invite" => (takes && on[nameof(JitsiOptions.Invitations)]) || (leads && on[nameof(JitsiOptions.OutboundCalls)]),
            "embedmeeting" => takes && on[nameof(JitsiOptions.Invitations)],
            "recording" => (leads && on[nameof(JitsiOptions.Recording)]) || (takes && on[nameof(JitsiOptions.LocalRecording)]),
            "livestreaming" => leads && on[nameof(JitsiOptions.LiveStreaming)],
            "closedcaptions" => on[nameof(JitsiOptions.Transcription)],
            "mute-everyone" or "mute-video-everyone" => leads && on[nameof(JitsiOptions.RemoteMute)],
            "security" => leads,
            _ => true,
        };
    }
}
