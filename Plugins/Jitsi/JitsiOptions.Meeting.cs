using System.ComponentModel;

namespace Plugins.Jitsi;

/// <summary>What holds in meetings. Every switch is off, on, or left to each mentor.</summary>
public sealed partial class JitsiOptions
{
    /// <summary>
    /// Overrides the switches below: encrypted from end to end, nothing recorded or streamed, names required, no lobby chat.
    /// </summary>
    [Category("Privacy")]
    public bool PrivacyPreset { get; set; }

    [Category("Joining")]
    public JitsiChoice PrejoinPage { get; set; } = JitsiChoice.On;

    [Category("Joining")]
    public JitsiChoice RequireDisplayName { get; set; } = JitsiChoice.On;

    [Category("Joining")]
    public JitsiChoice StartAudioMuted { get; set; }

    [Category("Joining")]
    public JitsiChoice StartVideoMuted { get; set; }

    /// <summary>Neither microphone nor loudspeaker, for rooms where people sit together.</summary>
    [Category("Joining")]
    public JitsiChoice StartSilent { get; set; }

    /// <summary>Without pictures, for slow networks.</summary>
    [Category("Joining")]
    public JitsiChoice StartLowBandwidth { get; set; }

    /// <summary>Jitsi's own waiting room; the portal has one already.</summary>
    [Category("Joining")]
    public JitsiChoice Lobby { get; set; }

    [Category("Joining")]
    public JitsiChoice LobbyChat { get; set; }

    /// <summary>A password of the room that the portal sets and answers by itself.</summary>
    [Category("Joining")]
    public JitsiChoice RoomPassword { get; set; }

    [Category("Features")]
    public JitsiChoice Chat { get; set; } = JitsiChoice.On;

    [Category("Features")]
    public JitsiChoice Polls { get; set; } = JitsiChoice.On;

    [Category("Features")]
    public JitsiChoice Reactions { get; set; } = JitsiChoice.On;

    [Category("Features")]
    public JitsiChoice ScreenSharing { get; set; } = JitsiChoice.On;

    [Category("Features")]
    public JitsiChoice VirtualBackgrounds { get; set; } = JitsiChoice.On;

    [Category("Features")]
    public JitsiChoice SharedVideos { get; set; } = JitsiChoice.On;

    [Category("Features")]
    public JitsiChoice Whiteboard { get; set; } = JitsiChoice.On;

    [Category("Features")]
    public JitsiChoice FileSharing { get; set; } = JitsiChoice.On;

    /// <summary>The server has to have them.</summary>
    [Category("Features")]
    public JitsiChoice BreakoutRooms { get; set; }

    /// <summary>Jitsi's own invitations; they lead past the portal.</summary>
    [Category("Features")]
    public JitsiChoice Invitations { get; set; }

    [Category("Features")]
    public JitsiChoice RemoteMute { get; set; } = JitsiChoice.On;

    [Category("Features")]
    public JitsiChoice ShowTopic { get; set; } = JitsiChoice.On;

    [Category("Features")]
    public JitsiChoice ShowTimer { get; set; } = JitsiChoice.On;

    [Category("Privacy")]
    public JitsiChoice E2ee { get; set; }

    [Category("Recording")]
    public JitsiChoice Recording { get; set; }

    [Category("Recording")]
    public JitsiChoice AutoRecording { get; set; }

    [Category("Recording")]
    public JitsiChoice LocalRecording { get; set; }

    [Category("Recording")]
    public JitsiChoice LiveStreaming { get; set; }

    [Category("Recording")]
    public JitsiChoice Transcription { get; set; }

    [Category("Recording")]
    public JitsiChoice AutoTranscription { get; set; }

    [Category("Phone")]
    public JitsiChoice OutboundCalls { get; set; }

    /// <summary>Offers Jitsi's app on phones, which joins with the same token and leaves the page's own room.</summary>
    [Category("Phone")]
    public bool PhoneApp { get; set; } = true;
}
