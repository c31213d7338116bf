using System.Net;
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
        var target = await JoinAsync(new JitsiOptions { StartVideoMuted = true }, ParticipantRole.Mentee, "مها \"M\" & co");

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

        Assert.Contains("config.startWithAudioMuted=true&config.startWithVideoMuted=true", redirect.Url.Fragment);
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

        Assert.Null(target.Script); // the page runs nothing of the server's
        Assert.Equal(apiDomain, Data(target).GetProperty("domain").GetString());
        Assert.Equal("quiet-river", Data(target).GetProperty("roomName").GetString());
        Assert.Equal("quiet-river", Part(Data(target).GetProperty("jwt").GetString()!, 1).GetProperty("room").GetString());
    }

    [Fact]
    public async Task A_JaaS_room_has_the_application_before_it_and_its_token_has_not()
    {
        var target = Assert.IsType<EmbedTarget>(await JoinAsync(Jaas(), ParticipantRole.Mentor));

        Assert.Null(target.Script);
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
    [InlineData(HttpStatusCode.OK, "window.JitsiMeetExternalAPI = 1", true, "is responding and runs")]
    [InlineData(HttpStatusCode.OK, "<html>Welcome to nginx</html>", false, "doesn’t run Jitsi")]
    [InlineData(HttpStatusCode.NotFound, "", false, "404")]
    public async Task Testing_the_connection_fetches_the_servers_script(HttpStatusCode status, string body, bool healthy, string says)
    {
        var http = new Network(_ => new HttpResponseMessage(status) { Content = new StringContent(body) });

        var check = await Provider(SelfHosted(), http).CheckAsync(default);

        Assert.Equal("https://meet.example.org/external_api.js", http.Asked);
        Assert.Equal(healthy, check.Healthy);
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
