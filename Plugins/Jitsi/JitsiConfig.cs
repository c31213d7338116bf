using System.Text.Json.Nodes;
using Providers;

namespace Plugins.Jitsi;

/// <summary>
/// The switches as Jitsi's own settings of one room. Only keys that its page takes from outside are here: others are dropped without
/// a word. All of it is what the page shows; what the server enforces, the token says.
/// </summary>
internal static class JitsiConfig
{
    public static IEnumerable<KeyValuePair<string, JsonNode>> Of(
        JitsiOptions options, JitsiSwitches on, ParticipantRole role, bool embedded)
    {
        foreach (var (key, value) in Joining(on, role).Concat(Features(on)).Concat(Recording(on)))
            yield return new(key, value);
        yield return new("toolbarButtons", Array(JitsiToolbar.For(options.Toolbar, on, role)));
        if (!embedded)
            yield break;
        // On phones Jitsi's page about its app would come first, inside the frame.
        yield return new("deeplinking.disabled", true);
        // Since version 13.2 it opens windows in the page around the frame, whose policy forbids it.
        yield return new("pip.disabled", true);
        // Jitsi's own entry would end it for all without a question, and the session would not know.
        yield return new("buttonsWithNotifyClick", new JsonArray(new JsonObject { ["key"] = "end-meeting", ["preventExecution"] = true }));
        // Our page says that the meeting is over; the frame's own dialog would wait for a press before it says so to us.
        yield return new("notifyOnConferenceDestruction", false);
        if (options.LogoUrl is not "")
            yield return new("defaultLogoUrl", options.LogoUrl);
    }

    public static JsonArray Array(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode)t)]);

    private static IEnumerable<(string Key, bool Value)> Joining(JitsiSwitches on, ParticipantRole role)
    {
        var observes = role == ParticipantRole.Observer;
        yield return ("prejoinConfig.enabled", on[nameof(JitsiOptions.PrejoinPage)]);
        yield return ("requireDisplayName", on[nameof(JitsiOptions.RequireDisplayName)]);
        yield return ("startWithAudioMuted", on[nameof(JitsiOptions.StartAudioMuted)] || observes);
        yield return ("startWithVideoMuted", on[nameof(JitsiOptions.StartVideoMuted)] || observes);
        yield return ("startSilent", on[nameof(JitsiOptions.StartSilent)]);
        // One setting under two names: before version 13.2, and since.
        yield return ("startAudioOnly", on[nameof(JitsiOptions.StartLowBandwidth)]);
        yield return ("startLowBandwidthMode", on[nameof(JitsiOptions.StartLowBandwidth)]);
        yield return ("securityUi.hideLobbyButton", !on[nameof(JitsiOptions.Lobby)]);
        // With the portal's own password on the room, nobody is to set another.
        yield return ("securityUi.disableLobbyPassword", on[nameof(JitsiOptions.RoomPassword)]);
        yield return ("lobby.autoKnock", on[nameof(JitsiOptions.Lobby)]);
        yield return ("lobby.enableChat", on[nameof(JitsiOptions.LobbyChat)]);
    }

    private static IEnumerable<(string Key, bool Value)> Features(JitsiSwitches on)
    {
        yield return ("disableChat", !on[nameof(JitsiOptions.Chat)]);
        yield return ("disablePolls", !on[nameof(JitsiOptions.Polls)]);
        yield return ("disableReactions", !on[nameof(JitsiOptions.Reactions)]);
        yield return ("virtualBackground.disabled", !on[nameof(JitsiOptions.VirtualBackgrounds)]);
        yield return ("disableVirtualBackground", !on[nameof(JitsiOptions.VirtualBackgrounds)]);
        yield return ("whiteboard.enabled", on[nameof(JitsiOptions.Whiteboard)]);
        yield return ("fileSharing.enabled", on[nameof(JitsiOptions.FileSharing)]);
        yield return ("breakoutRooms.hideAddRoomButton", !on[nameof(JitsiOptions.BreakoutRooms)]);
        yield return ("breakoutRooms.hideAutoAssignButton", !on[nameof(JitsiOptions.BreakoutRooms)]);
        yield return ("breakoutRooms.hideJoinRoomButton", !on[nameof(JitsiOptions.BreakoutRooms)]);
        yield return ("disableInviteFunctions", !on[nameof(JitsiOptions.Invitations)] && !on[nameof(JitsiOptions.OutboundCalls)]);
        yield return ("disableRemoteMute", !on[nameof(JitsiOptions.RemoteMute)]);
        yield return ("hideConferenceSubject", !on[nameof(JitsiOptions.ShowTopic)]);
        yield return ("hideConferenceTimer", !on[nameof(JitsiOptions.ShowTimer)]);
        yield return ("e2ee.disabled", !on[nameof(JitsiOptions.E2ee)]);
    }

    private static IEnumerable<(string Key, bool Value)> Recording(JitsiSwitches on)
    {
        // There is no key "no recording": all three ways are closed, and the buttons are left out.
        yield return ("recordingService.enabled", on[nameof(JitsiOptions.Recording)]);
        yield return ("recordings.suggestRecording", on[nameof(JitsiOptions.AutoRecording)]);
        yield return ("localRecording.disable", !on[nameof(JitsiOptions.LocalRecording)]);
        yield return ("liveStreaming.enabled", on[nameof(JitsiOptions.LiveStreaming)]);
        yield return ("transcription.enabled", on[nameof(JitsiOptions.Transcription)]);
        yield return ("transcription.disableClosedCaptions", !on[nameof(JitsiOptions.Transcription)]);
        yield return ("transcription.autoTranscribeOnRecord", on[nameof(JitsiOptions.AutoTranscription)]);
    }
}
