using System.Text.Json;
using Plugins.Jitsi;
using Providers;
using Tests.Support;
using static Tests.Plugins.Jitsi.JitsiBench;

namespace Tests.Plugins.Jitsi;

/// <summary>Every switch of the settings, and where Jitsi's page or server finds it.</summary>
public sealed class JitsiSwitchTests
{
    /// <summary>Option, path in the room's data, what stands there when it is on and when it is off.</summary>
    public static TheoryData<string, string, string, string> Keys => new()
    {
        { "PrejoinPage", "config.prejoinConfig.enabled", "true", "false" },
        { "RequireDisplayName", "config.requireDisplayName", "true", "false" },
        { "StartAudioMuted", "config.startWithAudioMuted", "true", "false" },
        { "StartVideoMuted", "config.startWithVideoMuted", "true", "false" },
        { "StartSilent", "config.startSilent", "true", "false" },
        { "StartLowBandwidth", "config.startAudioOnly", "true", "false" }, // before 13.2
        { "StartLowBandwidth", "config.startLowBandwidthMode", "true", "false" }, // since 13.2
        { "Lobby", "config.securityUi.hideLobbyButton", "false", "true" },
        { "Lobby", "acts.lobby", "true", "false" },
        { "RoomPassword", "config.securityUi.disableLobbyPassword", "true", "false" },
        { "Chat", "config.disableChat", "false", "true" },
        { "Polls", "config.disablePolls", "false", "true" },
        { "Reactions", "config.disableReactions", "false", "true" },
        { "VirtualBackgrounds", "config.virtualBackground.disabled", "false", "true" },
        { "VirtualBackgrounds", "config.disableVirtualBackground", "false", "true" },
        { "Whiteboard", "config.whiteboard.enabled", "true", "false" },
        { "FileSharing", "config.fileSharing.enabled", "true", "false" },
        { "BreakoutRooms", "config.breakoutRooms.hideAddRoomButton", "false", "true" },
        { "BreakoutRooms", "acts.groups", "true", "false" },
        { "Invitations", "config.disableInviteFunctions", "false", "true" },
        { "OutboundCalls", "config.disableInviteFunctions", "false", "true" },
        { "RemoteMute", "config.disableRemoteMute", "false", "true" },
        { "ShowTopic", "config.hideConferenceSubject", "false", "true" },
        { "ShowTimer", "config.hideConferenceTimer", "false", "true" },
        { "E2ee", "config.e2ee.disabled", "false", "true" },
        { "E2ee", "acts.encrypt", "true", "false" },
        { "Recording", "config.recordingService.enabled", "true", "false" },
        { "LocalRecording", "config.localRecording.disable", "false", "true" },
        { "LiveStreaming", "config.liveStreaming.enabled", "true", "false" },
        { "Transcription", "config.transcription.enabled", "true", "false" },
        { "Transcription", "config.transcription.disableClosedCaptions", "false", "true" },
    };

    /// <summary>Those that need another one.</summary>
    public static TheoryData<string, string, string, string> Dependent => new()
    {
        { "Lobby LobbyChat", "config.lobby.enableChat", "true", "false" },
        { "Recording AutoRecording", "acts.record", "true", "false" },
        { "Recording AutoRecording", "config.recordings.suggestRecording", "true", "false" },
        { "Transcription AutoTranscription", "config.transcription.autoTranscribeOnRecord", "true", "false" },
        { "Transcription AutoTranscription", "acts.transcribe", "true", "false" },
    };

    /// <summary>Option and the token's feature that the mentor has by it.</summary>
    public static TheoryData<string, string> Features => new()
    {
        { "Polls", "create-polls" },
        { "FileSharing", "file-upload" },
        { "LiveStreaming", "livestreaming" },
        { "OutboundCalls", "outbound-call" },
        { "OutboundCalls", "sip-outbound-call" },
        { "Recording", "recording" },
        { "ScreenSharing", "screen-sharing" },
        { "Chat", "send-groupchat" },
        { "Chat", "send-private-message" },
        { "Transcription", "transcription" },
        { "Transcription", "live-translation" },
    };

    /// <summary>Option and the buttons that go with it.</summary>
    public static TheoryData<string, string> Buttons => new()
    {
        { "ScreenSharing", "desktop shareaudio" },
        { "Chat", "chat" },
        { "Polls", "polls" },
        { "Reactions", "reactions" },
        { "SharedVideos", "sharedvideo" },
        { "Whiteboard", "whiteboard" },
        { "FileSharing", "filesharing" },
        { "VirtualBackgrounds", "select-background" },
        { "Invitations", "invite" },
        { "OutboundCalls", "invite" },
        { "Recording", "recording" },
        { "LocalRecording", "recording" },
        { "LiveStreaming", "livestreaming" },
        { "Transcription", "closedcaptions" },
        { "RemoteMute", "mute-everyone mute-video-everyone" },
    };

    private static IEnumerable<string> All =>
        typeof(JitsiOptions).GetProperties().Where(p => p.PropertyType == typeof(JitsiChoice)).Select(p => p.Name);

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_switch_reaches_the_page_under_the_key_that_it_reads(string option, string path, string on, string off)
    {
        Assert.Equal(on, At(Room(Only(option, JitsiChoice.On)), path));
        Assert.Equal(off, At(Room(Only(option, JitsiChoice.Off)), path));
    }

    [Theory]
    [MemberData(nameof(Dependent))]
    public void What_needs_another_switch_is_on_only_with_it(string options, string path, string on, string off)
    {
        var both = options.Split(' ');
        Assert.Equal(on, At(Room(Only(both[1], JitsiChoice.On, both[0])), path));
        Assert.Equal(off, At(Room(Only(both[1], JitsiChoice.On)), path));
        Assert.Equal(off, At(Room(Only(both[0], JitsiChoice.On)), path));
    }

    [Theory]
    [MemberData(nameof(Features))]
    public void A_switch_is_in_the_token_as_well_for_the_server_to_enforce(string option, string feature)
    {
        Assert.True(Feature(Only(option, JitsiChoice.On), feature));
        Assert.False(Feature(Only(option, JitsiChoice.Off), feature));
        Assert.False(Feature(Only(option, JitsiChoice.On), feature, ParticipantRole.Observer) && feature is not "send-groupchat");
    }

    [Theory]
    [MemberData(nameof(Buttons))]
    public void What_is_off_has_no_button(string option, string buttons)
    {
        foreach (var list in new[] { "config.toolbarButtons", "phoneConfig.toolbarButtons" })
        {
            var (on, off) = (List(Only(option, JitsiChoice.On), list), List(Only(option, JitsiChoice.Off), list));
            foreach (var button in buttons.Split(' ').Where(b => list[0] == 'c' || JitsiToolbar.UsualOnPhones.Contains(b)))
            {
                Assert.Contains(button, on);
                Assert.DoesNotContain(button, off);
            }
        }
    }

    [Fact]
    public void No_switch_is_without_effect()
    {
        var covered = Keys.Concat(Dependent).SelectMany(row => ((string)row[0]).Split(' ')).Concat(Features.Select(r => (string)r[0]))
            .Concat(Buttons.Select(r => (string)r[0])).ToHashSet();
        Assert.Empty(All.Except(covered));
    }

    // As jitsi-meet's whitelists have them; written here a second time on purpose.
    private const string Whitelist =
        "prejoinConfig.enabled requireDisplayName startWithAudioMuted startWithVideoMuted startSilent startAudioOnly startLowBandwidthMode "
        + "securityUi.hideLobbyButton securityUi.disableLobbyPassword lobby.autoKnock lobby.enableChat disableChat disablePolls "
        + "disableReactions virtualBackground.disabled disableVirtualBackground whiteboard.enabled fileSharing.enabled "
        + "breakoutRooms.hideAddRoomButton breakoutRooms.hideAutoAssignButton breakoutRooms.hideJoinRoomButton disableInviteFunctions "
        + "disableRemoteMute hideConferenceSubject hideConferenceTimer e2ee.disabled recordingService.enabled recordings.suggestRecording "
        + "localRecording.disable liveStreaming.enabled transcription.enabled transcription.disableClosedCaptions "
        + "transcription.autoTranscribeOnRecord toolbarButtons buttonsWithNotifyClick deeplinking.disabled pip.disabled notifyOnConferenceDestruction "
        + "defaultLogoUrl localSubject";

    [Fact]
    public void Nothing_is_sent_that_the_page_would_drop()
    {
        var options = SelfHosted();
        options.LogoUrl = "https://portal.example/logo.svg";
        var sent = Room(options).GetProperty("config").EnumerateObject().SelectMany(p => p.Value.ValueKind == JsonValueKind.Object
            ? p.Value.EnumerateObject().Select(inner => $"{p.Name}.{inner.Name}") : [p.Name]);
        Assert.Equal(Whitelist.Split(' ').Order(StringComparer.Ordinal), sent.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_mentor_decides_what_is_left_to_mentors_and_nothing_else()
    {
        var options = Only("Recording", JitsiChoice.Mentor);
        var choices = new Dictionary<string, bool> { ["recording"] = true, ["live-streaming"] = true, ["chat"] = false };
        Assert.Equal("false", At(Room(options), "config.recordingService.enabled"));
        Assert.Equal("true", At(Room(options, choices), "config.recordingService.enabled"));
        Assert.Equal("false", At(Room(options, choices), "config.liveStreaming.enabled"));
        Assert.True(Feature(options, "recording", choices: choices));
        Assert.False(Feature(options, "livestreaming", choices: choices));

        options.Chat = JitsiChoice.Mentor;
        Assert.Equal("false", At(Room(options), "config.disableChat")); // as usual, while a mentor has not said
        Assert.Equal("true", At(Room(options, choices), "config.disableChat"));
    }

    [Fact]
    public void Mentors_are_asked_in_their_language()
    {
        var options = SelfHosted();
        options.Recording = options.RequireDisplayName = JitsiChoice.Mentor;
        using (new Language("en"))
            Assert.Equal(
                [new MentorChoice("recording", "Recording", false), new MentorChoice("require-display-name", "Require a display name", true)],
                Provider(options).Descriptor.Choices.OrderBy(c => c.Key));
        using (new Language("ar"))
            Assert.All(Provider(options).Descriptor.Choices, c => Assert.Matches(@"\p{IsArabic}", c.Label));
        Assert.Empty(Provider(SelfHosted()).Descriptor.Choices);
    }

    [Fact]
    public void Every_key_of_a_choice_is_fit_for_the_contract() =>
        Assert.All(All, name => Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", JitsiSwitches.KeyOf(name)));

    [Fact]
    public void Privacy_in_one_click_overrides_what_is_set_and_what_mentors_chose()
    {
        var options = SelfHosted();
        options.PrivacyPreset = true;
        options.RequireDisplayName = JitsiChoice.Off;
        options.Recording = options.LocalRecording = options.LiveStreaming = options.Transcription = JitsiChoice.On;
        options.AutoRecording = options.Lobby = options.LobbyChat = JitsiChoice.On;
        options.E2ee = JitsiChoice.Mentor;
        Assert.Empty(Problems(options));

        var room = Room(options, new Dictionary<string, bool> { ["e2ee"] = false, ["recording"] = true });
        Assert.Equal("true", At(room, "acts.encrypt"));
        Assert.Equal("false", At(room, "config.e2ee.disabled"));
        Assert.Equal("true", At(room, "config.requireDisplayName"));
        Assert.Equal("false", At(room, "config.lobby.enableChat"));
        Assert.Equal("false", At(room, "config.recordingService.enabled"));
        Assert.Equal("true", At(room, "config.localRecording.disable"));
        Assert.Equal("false", At(room, "config.liveStreaming.enabled"));
        Assert.Equal("false", At(room, "config.transcription.enabled"));
        Assert.Equal("false", At(room, "acts.record"));
        Assert.DoesNotContain("recording", room.GetProperty("config").GetProperty("toolbarButtons").GetRawText());
        Assert.False(Feature(options, "recording") || Feature(options, "livestreaming") || Feature(options, "transcription"));
        Assert.DoesNotContain(Provider(options).Descriptor.Choices, c => c.Key is "e2ee" or "recording");
    }

    [Fact]
    public void What_is_encrypted_end_to_end_cannot_be_recorded_by_a_mentors_choice()
    {
        var options = Only("E2ee", JitsiChoice.Mentor, "Recording");
        var room = Room(options, new Dictionary<string, bool> { ["e2ee"] = true });
        Assert.Equal("false", At(room, "config.recordingService.enabled"));
        Assert.Equal("true", At(Room(options), "config.recordingService.enabled"));
    }

    [Fact]
    public void Buttons_stand_as_they_were_ordered_and_phones_have_their_own()
    {
        var options = SelfHosted();
        options.Toolbar = ["hangup", "camera", "microphone", "recording", "fullscreen"];
        options.PhoneToolbar = ["microphone", "hangup", "camera"];
        Assert.Empty(Problems(options));
        Assert.Equal(["hangup", "camera", "microphone", "fullscreen"], List(options, "config.toolbarButtons"));
        Assert.Equal(["microphone", "hangup", "camera"], List(options, "phoneConfig.toolbarButtons"));
    }

    [Theory]
    [InlineData("microphone camera desktop select-background settings fullscreen hangup")]
    public void The_usual_buttons_reach_devices_backgrounds_screen_and_full_screen(string buttons) =>
        Assert.Empty(buttons.Split(' ').Except(List(SelfHosted(), "config.toolbarButtons")));

    [Fact]
    public void Only_the_mentor_has_the_moderators_buttons_and_acts()
    {
        var options = Only("Recording", JitsiChoice.On, "RoomPassword");
        var mentee = Room(options, role: ParticipantRole.Mentee);
        foreach (var button in new[] { "recording", "mute-everyone", "security" })
            Assert.DoesNotContain($"\"{button}\"", mentee.GetRawText());
        Assert.False(mentee.GetProperty("acts").TryGetProperty("leads", out _));
        Assert.Equal("true", At(Room(options), "acts.leads"));
    }

    [Fact]
    public async Task On_a_public_server_the_switches_travel_behind_the_hash()
    {
        var options = new JitsiOptions { Chat = JitsiChoice.Off, StartLowBandwidth = JitsiChoice.On };
        var target = Assert.IsType<RedirectTarget>(await Provider(options).GetJoinAsync(
            Meetings.Join(new MeetingHandle("quiet-river"), ParticipantRole.Mentor), default));
        Assert.Contains("config.disableChat=true&", target.Url.Fragment);
        Assert.Contains("config.startLowBandwidthMode=true&", target.Url.Fragment);
        Assert.DoesNotContain("%22chat%22", target.Url.Fragment);
        Assert.DoesNotContain("deeplinking", target.Url.Fragment); // a phone may take its app there
        Assert.Equal("?lang=en", target.Url.Query);
    }

    internal static JitsiOptions Only(string option, JitsiChoice choice, string? alsoOn = null)
    {
        var options = SelfHosted();
        foreach (var name in All)
            Set(options, name, name == option ? choice : name == alsoOn ? JitsiChoice.On : JitsiChoice.Off);
        return options;
    }

    internal static void Set(JitsiOptions options, string name, JitsiChoice choice) =>
        typeof(JitsiOptions).GetProperty(name)!.SetValue(options, choice);

    internal static JsonElement Room(
        JitsiOptions options, Dictionary<string, bool>? choices = null, ParticipantRole role = ParticipantRole.Mentor)
    {
        var request = Meetings.Join(new MeetingHandle("quiet-river"), role);
        request = request with { Meeting = request.Meeting with { Choices = choices ?? [] } };
        var target = Assert.IsType<EmbedTarget>(Provider(options).GetJoinAsync(request, default).Result);
        return JsonDocument.Parse(target.Data).RootElement;
    }

    private static string At(JsonElement room, string path) =>
        path.Split('.').Aggregate(room, (json, name) => json.GetProperty(name)).GetRawText();

    private static List<string> List(JitsiOptions options, string path) =>
        JsonSerializer.Deserialize<List<string>>(At(Room(options), path))!;

    private static bool Feature(
        JitsiOptions options, string feature, ParticipantRole role = ParticipantRole.Mentor, Dictionary<string, bool>? choices = null) =>
        Part(Room(options, choices, role).GetProperty("jwt").GetString()!, 1).GetProperty("context").GetProperty("features")
            .GetProperty(feature).GetBoolean();
}
