using System.Security.Cryptography;
using Plugins.BigBlueButton;
using Providers;
using Tests.Support;

namespace Tests.Plugins.BigBlueButton;

public sealed class BigBlueButtonJoinTests : IAsyncLifetime
{
    private FakeBigBlueButton server = null!;

    public async Task InitializeAsync() => server = await FakeBigBlueButton.StartAsync();

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Theory]
    [InlineData(ParticipantRole.Mentor, "MODERATOR", null, null)]
    [InlineData(ParticipantRole.Mentee, "VIEWER", null, null)]
    [InlineData(ParticipantRole.Observer, "VIEWER", null, "true")]
    [InlineData(ParticipantRole.Guest, "VIEWER", "true", null)]
    public async Task Each_person_comes_in_by_a_signed_link_of_their_own(
        ParticipantRole role, string asRole, string? guest, string? listens)
    {
        var url = await BigBlueButtonBench.Provider(server.Handler).JoinAsync(role);

        var query = server.Open(url);
        var room = Assert.Single(server.Rooms).Value;
        Assert.StartsWith("https://bbb.example.org/bigbluebutton/api/join?", url.AbsoluteUri);
        Assert.Equal((asRole, guest, listens), (query["role"], query.GetValueOrDefault("guest"),
            query.GetValueOrDefault("userdata-bbb_force_listen_only")));
        Assert.Equal(("Maha Nassar", "0199d2f0-0000-7000-8000-00000000000a", room.CreateTime),
            (query["fullName"], query["userID"], query["createTime"]));
        Assert.Equal($"{Meetings.SessionId:n}-3", query["meetingID"]);
        Assert.Equal(role is ParticipantRole.Guest or ParticipantRole.Observer
            ? "https://portal.example/" : $"https://portal.example/sessions/{Meetings.SessionId}", query["errorRedirectUrl"]);
        Assert.DoesNotContain(FakeBigBlueButton.Secret, url.AbsoluteUri);
    }

    [Theory]
    [InlineData("Maha&role=MODERATOR")]
    [InlineData("Maha&checksum=0&role=MODERATOR#")]
    [InlineData("%26role%3DMODERATOR")]
    [InlineData("a=b?c+d %00 \r\n ليلى 👩‍👩‍👧")]
    [InlineData("\uD800&role=MODERATOR")]
    public async Task Nobodys_name_or_topic_adds_a_parameter(string typed)
    {
        var url = await BigBlueButtonBench.Provider(server.Handler).JoinAsync(name: typed, title: typed);

        var query = server.Open(url);
        var made = Assert.Single(server.Rooms).Value.Made;
        Assert.Equal(["createTime", "errorRedirectUrl", "fullName", "meetingID", "role", "userID", "userdata-bbb_override_default_locale"],
            query.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("VIEWER", query["role"]);
        Assert.False(made.ContainsKey("role"));
        Assert.Equal(typed.Replace('\r', ' ').Replace('\n', ' ').Replace('\uD800', '\uFFFD'), query["fullName"]);
        Assert.Equal(query["fullName"], made["name"]);
    }

    [Theory]
    [InlineData("", "Guest", "Session")]
    [InlineData(" \r\n ", "Guest", "Session")]
    [InlineData("x", "x", "Session")]
    public async Task What_the_server_would_refuse_as_too_short_has_a_name_in_its_place(string typed, string name, string title)
    {
        using var _ = new Language("en");
        var query = server.Open(await BigBlueButtonBench.Provider(server.Handler).JoinAsync(name: typed, title: typed));

        Assert.Equal((name, title), (query["fullName"], Assert.Single(server.Rooms).Value.Made["name"]));
    }

    [Fact]
    public async Task The_second_to_come_is_led_to_the_room_of_the_first_and_a_room_that_died_is_made_again()
    {
        var provider = BigBlueButtonBench.Provider(server.Handler);
        var first = server.Open(await provider.JoinAsync(ParticipantRole.Mentor));
        var second = server.Open(await provider.JoinAsync());
        server.Forget(first["meetingID"]);
        var later = server.Open(await provider.JoinAsync());

        Assert.Equal(first["createTime"], second["createTime"]);
        Assert.NotEqual(first["createTime"], later["createTime"]);
    }

    [Fact]
    public async Task Who_comes_after_the_secret_was_changed_still_finds_the_room_that_runs()
    {
        var provider = BigBlueButtonBench.Provider(server.Handler);
        var first = server.Open(await provider.JoinAsync());
        server.Rooms[first["meetingID"]].Made["moderatorPW"] = "of before";

        Assert.Equal(first["createTime"], server.Open(await provider.JoinAsync())["createTime"]);
    }

    [Fact]
    public async Task The_settings_reach_the_server()
    {
        await BigBlueButtonBench.Provider(server.Handler, o =>
        {
            (o.Guests, o.MuteOnStart, o.WebcamsOnlyForModerator, o.MaxParticipants) = (GuestPolicy.AskModerator, true, true, 12);
            (o.Recording, o.EndWhenNoModerator, o.MaxMinutes, o.Welcome) = (RecordingRule.Always, true, 90, "أهلًا & welcome");
            o.DialNumber = "+20 2 1234567";
        }).JoinAsync();

        var made = Assert.Single(server.Rooms).Value.Made;
        string[] names =
        [
            "guestPolicy", "muteOnStart", "webcamsOnlyForModerator", "maxParticipants", "record", "autoStartRecording",
            "allowStartStopRecording", "endWhenNoModerator", "duration", "welcome", "logoutURL", "dialNumber",
            "meta_bbb-recording-ready-url",
        ];
        Assert.Equal(["ASK_MODERATOR", "true", "true", "12", "true", "true", "false", "true", "90", "أهلًا & welcome",
            "https://portal.example/", "+20 2 1234567", "https://portal.example/webhooks/bigbluebutton"], names.Select(n => made[n]));
        Assert.Matches("^[1-9][0-9]{4}$", made["voiceBridge"]);
    }

    [Fact]
    public async Task Left_alone_the_settings_record_nothing_and_limit_nothing()
    {
        await BigBlueButtonBench.Provider(server.Handler).JoinAsync();

        var made = Assert.Single(server.Rooms).Value.Made;
        Assert.Equal(["allowStartStopRecording", "attendeePW", "guestPolicy", "logoutURL", "meetingID", "meta_endCallbackUrl",
            "moderatorPW", "name"], made.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("false", "ALWAYS_ACCEPT"), (made["allowStartStopRecording"], made["guestPolicy"]));
    }

    [Theory]
    [InlineData(ChecksumAlgorithm.Sha1, "SHA1")]
    [InlineData(ChecksumAlgorithm.Sha256, "SHA256")]
    [InlineData(ChecksumAlgorithm.Sha384, "SHA384")]
    [InlineData(ChecksumAlgorithm.Sha512, "SHA512")]
    public async Task Each_way_to_sign_is_understood_by_a_server_that_knows_no_other(ChecksumAlgorithm setting, string theirs)
    {
        server.Algorithm = new HashAlgorithmName(theirs);
        var provider = BigBlueButtonBench.Provider(server.Handler, o => o.Checksum = setting);

        Assert.Equal("VIEWER", server.Open(await provider.JoinAsync())["role"]);
        Assert.True((await provider.CheckAsync(default)).Healthy);
    }

    [Fact]
    public async Task A_PIN_is_told_beforehand_and_holds_when_the_room_is_made()
    {
        var provider = BigBlueButtonBench.Provider(server.Handler, o => o.DialNumber = "+20 2 1234567");
        var told = await provider.GetDialInAsync(await provider.CreateMeetingAsync(Meetings.Request(), default), default);
        await provider.JoinAsync();

        Assert.Equal(("+20 2 1234567", Assert.Single(server.Rooms).Value.Made["voiceBridge"]), (told!.Numbers.Single().Number, told.Pin));
    }

    [Fact]
    public void Administrators_are_told_that_two_meetings_may_have_one_PIN()
    {
        using var _ = new Language("en");
        Assert.Contains(Limits(o => o.DialNumber = "+20 2 1234567"), l => l.Contains("same PIN"));
        Assert.DoesNotContain(Limits(_ => { }), l => l.Contains("PIN"));

        IReadOnlyList<string> Limits(Action<BigBlueButtonOptions> change) =>
            BigBlueButtonBench.Provider(server.Handler, change).Descriptor.KnownLimits;
    }

    [Fact]
    public async Task A_PIN_that_another_meeting_has_keeps_nobody_out()
    {
        server.Instead = async (call, http) =>
        {
            if (call != "create" || !http.Request.Query.ContainsKey("voiceBridge"))
                return false;
            await http.Response.Body.WriteAsync(System.Text.Encoding.UTF8.GetBytes(FakeBigBlueButton.Failed("nonUniqueVoiceBridge")));
            return true;
        };

        var url = await BigBlueButtonBench.Provider(server.Handler, o => o.DialNumber = "+20 2 1234567").JoinAsync();

        Assert.Equal("VIEWER", server.Open(url)["role"]);
    }

    [Fact]
    public async Task The_servers_own_number_is_told_once_the_room_is_there_and_its_placeholder_never()
    {
        var provider = BigBlueButtonBench.Provider(server.Handler);
        var handle = await provider.CreateMeetingAsync(Meetings.Request(), default);
        Assert.Null(await provider.GetDialInAsync(handle, default));

        await provider.JoinAsync();
        Assert.Null(await provider.GetDialInAsync(handle, default));

        server.Rooms[handle.Value].Made["dialNumber"] = "+20 2 7654321";
        var told = await provider.GetDialInAsync(handle, default);
        Assert.Equal(("+20 2 7654321", "70757"), (told!.Numbers.Single().Number, told.Pin));
    }
}
