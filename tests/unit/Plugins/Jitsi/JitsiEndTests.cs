using Plugins.Jitsi;
using Providers;
using static Tests.Plugins.Jitsi.JitsiBench;

namespace Tests.Plugins.Jitsi;

public sealed class JitsiEndTests
{
    [Fact]
    public async Task The_server_is_told_which_room_to_end_and_by_whom()
    {
        await using var server = new FakeJitsi { Pages = { ["/end-meeting"] = "{}" } };
        await EndAsync(server, o => o.MucDomain = "muc.meet.jitsi");
        Assert.Contains(server.Asked, a => a.Contains("POST") && a.Contains("/end-meeting?conference=quiet-river%40muc.meet.jitsi"));
    }

    [Theory]
    [InlineData("401", ProviderFailure.Unauthorized), InlineData("400", ProviderFailure.Rejected)]
    [InlineData("503", ProviderFailure.Unavailable), InlineData("429", ProviderFailure.RateLimited)]
    public async Task What_the_server_does_not_do_is_tried_again_by_the_reason(string answer, ProviderFailure failure)
    {
        await using var server = new FakeJitsi { Odd = { ["/end-meeting"] = answer } };
        var refused = await Assert.ThrowsAsync<ProviderException>(() => EndAsync(server));
        Assert.Equal(failure, refused.Failure);
        Assert.DoesNotContain("quiet-river", refused.Message);
    }

    [Fact]
    public async Task A_room_that_is_gone_is_ended()
    {
        await using var server = new FakeJitsi { Odd = { ["/end-meeting"] = "404" } };
        await EndAsync(server);
        Assert.Single(server.Asked, a => a.Contains("/end-meeting"));
    }

    [Fact]
    public async Task Without_the_setting_nobody_is_asked()
    {
        await using var server = new FakeJitsi();
        await EndAsync(server, o => o.EndMeetingUrl = "");
        Assert.Empty(server.Asked);
    }

    private static async Task EndAsync(FakeJitsi server, Action<JitsiOptions>? change = null)
    {
        var options = SelfHosted();
        options.EndMeetingUrl = "https://meet.example.org/end-meeting";
        change?.Invoke(options);
        Assert.Empty(Problems(options));
        await Provider(options, server.Way()).EndMeetingAsync(new MeetingHandle("quiet-river"), default);
    }
}
