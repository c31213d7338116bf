using System.Net;
using System.Text;
using System.Text.Json;
using Plugins.Jitsi;
using Providers;
using Tests.Support;
using static Tests.Plugins.Jitsi.JitsiBench;

namespace Tests.Plugins.Jitsi;

public class JitsiProviderTests
{
    [Fact]
    public async Task On_a_public_server_people_are_sent_to_its_own_page_with_the_settings()
    {
        var target = await JoinAsync(new JitsiOptions { StartVideoMuted = JitsiChoice.On }, ParticipantRole.Mentee, "مها \"M\" & co");

        var url = Assert.IsType<RedirectTarget>(target).Url;
        Assert.Equal("https://meet.jit.si/quiet-river?lang=en", url.GetLeftPart(UriPartial.Query));
        var values = url.Fragment[1..].Split('&')
            .ToDictionary(p => p.Split('=')[0], p => JsonDocument.Parse(Uri.UnescapeDataString(p.Split('=')[1])).RootElement.ToString());
        Assert.Equal("True", values["config.prejoinConfig.enabled"]);
        Assert.Equal("True", values["config.requireDisplayName"]);
        Assert.Equal("False", values["config.startWithAudioMuted"]);
        Assert.Equal("True", values["config.startWithVideoMuted"]);
        Assert.Equal("مها \"M\" & co", values["userInfo.displayName"]);
    }

    [Fact]
    public async Task An_observer_comes_in_muted_and_without_camera()
    {
        var redirect = Assert.IsType<RedirectTarget>(await JoinAsync(new JitsiOptions(), ParticipantRole.Observer));
        var config = Data(await JoinAsync(SelfHosted(), ParticipantRole.Observer)).GetProperty("config");
        var mentee = Data(await JoinAsync(SelfHosted(), ParticipantRole.Mentee)).GetProperty("config");

        Assert.Contains("config.startWithAudioMuted=true&config.startWithVideoMuted=true&", redirect.Url.Fragment);
        Assert.True(config.GetProperty("startWithAudioMuted").GetBoolean() && config.GetProperty("startWithVideoMuted").GetBoolean());
        Assert.False(mentee.GetProperty("startWithAudioMuted").GetBoolean() || mentee.GetProperty("startWithVideoMuted").GetBoolean());
    }

    [Theory]
    [InlineData("meet.example.org", "meet.example.org")]
    [InlineData("https://Meet.Example.org/", "meet.example.org")]
    [InlineData("meet.example.org:8443/school", "meet.example.org:8443/school")]
    public async Task A_self_hosted_room_is_embedded_with_a_token_for_that_room(string domain, string apiDomain)
    {
        var options = SelfHosted();
        options.Domain = domain;

        var target = Assert.IsType<EmbedTarget>(await JoinAsync(options, ParticipantRole.Mentor));

        Assert.Equal(apiDomain, Data(target).GetProperty("domain").GetString());
        Assert.Equal("quiet-river", Data(target).GetProperty("roomName").GetString());
        Assert.Equal("quiet-river", Part(Data(target).GetProperty("jwt").GetString()!, 1).GetProperty("room").GetString());
    }

    [Fact]
    public async Task A_JaaS_room_has_the_application_before_it_and_its_token_has_not()
    {
        var target = Assert.IsType<EmbedTarget>(await JoinAsync(Jaas(), ParticipantRole.Mentor));

        Assert.Equal("8x8.vc", Data(target).GetProperty("domain").GetString());
        Assert.Equal($"{JaasApp}/quiet-river", Data(target).GetProperty("roomName").GetString());
        Assert.Equal("quiet-river", Part(Data(target).GetProperty("jwt").GetString()!, 1).GetProperty("room").GetString());
    }

    [Fact]
    public async Task A_stored_name_that_is_no_room_leads_nowhere()
    {
        var refusal = await Assert.ThrowsAsync<ProviderException>(async () =>
            await Provider(new JitsiOptions()).GetJoinAsync(Meetings.Join(new MeetingHandle("../evil?x#y")), default));

        Assert.Equal(ProviderFailure.NotFound, refusal.Failure);
    }

    [Fact]
    public void Administrators_are_told_what_a_server_cannot_do()
    {
        Assert.Contains(Provider(new JitsiOptions()).Descriptor.KnownLimits, l => l.Contains("five minutes"));
        Assert.Contains(Provider(new JitsiOptions()).Descriptor.KnownLimits, l => l.Contains("first person to join"));
        Assert.Contains(Provider(SelfHosted()).Descriptor.KnownLimits, l => l.Contains("token_affiliation"));
        Assert.Empty(Provider(new JitsiOptions()).Embedding.Origins);
        Assert.Equal(["https://meet.example.org"], Provider(SelfHosted()).Embedding.Origins);
    }

    [Theory]
    [InlineData("<html>Welcome to nginx</html>", "doesn’t run Jitsi")]
    [InlineData("", "doesn’t run Jitsi")]
    public async Task Testing_the_connection_fetches_the_servers_script(string body, string says)
    {
        var http = new Network(_ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body) });

        var check = await Provider(SelfHosted(), http).CheckAsync(default);

        Assert.Equal("https://meet.example.org/external_api.js", http.Asked);
        Assert.False(check.Healthy);
        Assert.Contains(says, check.Message);
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, "can’t be found")]
    [InlineData(HttpRequestError.ConnectionError, "can’t be reached")]
    [InlineData(HttpRequestError.SecureConnectionError, "certificate")]
    public async Task Testing_the_connection_says_what_failed(HttpRequestError error, string says)
    {
        var check = await Provider(SelfHosted(), new Network(_ => throw new HttpRequestException(error))).CheckAsync(default);

        Assert.False(check.Healthy);
        Assert.Contains(says, check.Message);
    }

    [Theory]
    [InlineData(JitsiMode.Public, "first person to join", true)]
    [InlineData(JitsiMode.SelfHosted, "XMPP_MUC_MODULES=token_affiliation, JICOFO_ENABLE_AUTH=0 and ENABLE_AUTO_OWNER=0", true)]
    [InlineData(JitsiMode.SelfHosted, "filter_iq_jibri", true)]
    [InlineData(JitsiMode.SelfHosted, "muc_max_occupants", true)]
    [InlineData(JitsiMode.Jaas, "token_affiliation", false)]
    [InlineData(JitsiMode.Jaas, "muc_max_occupants", true)]
    [InlineData(JitsiMode.Public, "room password, the lobby", true)]
    [InlineData(JitsiMode.SelfHosted, "room password, the lobby", false)]
    public void What_only_the_server_can_do_is_said_with_its_setting(JitsiMode mode, string says, bool said)
    {
        var options = mode switch { JitsiMode.SelfHosted => SelfHosted(), JitsiMode.Jaas => Jaas(), _ => new JitsiOptions() };
        (options.Recording, options.RoomPassword, options.MaxParticipants) = (JitsiChoice.On, JitsiChoice.On, 12);

        Assert.Equal(said, Provider(options).Descriptor.KnownLimits.Any(l => l.Contains(says)));
    }

    [Fact]
    public async Task While_an_own_server_is_set_up_people_meet_on_the_public_one()
    {
        var options = new JitsiOptions { Mode = JitsiMode.SelfHosted, PublicWhileSettingUp = true };
        Assert.Empty(Problems(options));
        Assert.Equal("meet.jit.si", Assert.IsType<RedirectTarget>(await JoinAsync(options, ParticipantRole.Mentor)).Url.Host);
        Assert.Equal(["meet.jit.si"], Provider(options).Descriptor.JoinHosts);
        Assert.Contains(Provider(options).Descriptor.KnownLimits, l => l.Contains("PublicWhileSettingUp"));

        options.RoomPattern = "itcom-session-{sessionId}"; // good enough for tokens, not for there
        Assert.Contains("{random}", Assert.Single(Problems(options)));
    }

    [Fact]
    public async Task A_rooms_password_is_the_same_for_everyone_in_it_and_for_nobody_else()
    {
        var options = SelfHosted();
        options.RoomPassword = JitsiChoice.On;
        var mentor = Password(await JoinAsync(options, ParticipantRole.Mentor));

        Assert.Matches("^[0-9]{10}$", mentor);
        Assert.Equal(mentor, Password(await JoinAsync(options, ParticipantRole.Guest)));
        Assert.NotEqual(mentor, RoomPassword.Of(Encoding.UTF8.GetBytes(Secret), "other-river"));
        Assert.Equal(mentor, RoomPassword.Of(Encoding.UTF8.GetBytes(Secret), "quiet-river"));
        options.AppSecret = Secret + "2";
        Assert.NotEqual(mentor, Password(await JoinAsync(options, ParticipantRole.Mentor)));

        // On a page that is not ours, nobody would enter it.
        var open = new JitsiOptions { RoomPassword = JitsiChoice.On };
        var elsewhere = Assert.IsType<RedirectTarget>(await JoinAsync(open, ParticipantRole.Mentor));
        Assert.DoesNotMatch("[0-9]{10}", elsewhere.Url.AbsoluteUri);
        options.RoomPassword = JitsiChoice.Off;
        Assert.False(Data(await JoinAsync(options, ParticipantRole.Mentor)).GetProperty("acts").TryGetProperty("password", out _));

        static string Password(JoinTarget target) => Data(target).GetProperty("acts").GetProperty("password").GetString()!;
    }

    [Fact]
    public async Task A_key_that_is_a_file_is_read_once_and_not_for_each_person()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, PrivatePem);
        var options = Jaas();
        (options.PrivateKey, options.RoomPassword) = (file, JitsiChoice.On);
        var provider = Provider(options);
        File.Delete(file);

        var target = await provider.GetJoinAsync(Meetings.Join(new MeetingHandle("quiet-river")), default);

        Assert.Matches("^[0-9]{10}$", Data(target).GetProperty("acts").GetProperty("password").GetString());
    }

    private static async Task<JoinTarget> JoinAsync(JitsiOptions options, ParticipantRole role, string name = "Maha") =>
        await Provider(options).GetJoinAsync(Meetings.Join(new MeetingHandle("quiet-river"), role, name), default);

    private static JsonElement Data(JoinTarget target) => JsonDocument.Parse(Assert.IsType<EmbedTarget>(target).Data).RootElement;

    private sealed class Network(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        public string? Asked { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked = request.RequestUri!.AbsoluteUri;
            return Task.FromResult(answer(request));
        }
    }
}
