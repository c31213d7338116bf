using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Portal.ProviderHost;
using Portal.Sessions.Live;
using Tests.Support;

namespace Tests.Api;

/// <summary>The one address without a sign-in that writes: whatever comes is proven by the plugin, and written once.</summary>
public sealed class WebhookTests(RemoteApp remote) : IClassFixture<RemoteApp>
{
    [Fact]
    public async Task What_a_tool_tells_twice_and_out_of_order_is_written_once()
    {
        var session = await MadeAsync();
        var (left, joined) = (Line(session, "w2", "Left", 20), Line(session, "w1", "Joined", 2));
        Assert.Equal(HttpStatusCode.OK, await TellAsync(left));
        Assert.Equal(HttpStatusCode.OK, await TellAsync(joined + "\n" + left));
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => TellAsync(joined)));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a));
        Assert.Equal([MeetingEventKind.ToolJoined, MeetingEventKind.ToolLeft], (await ToldAsync(session)).Select(e => e.Kind));
    }

    [Fact]
    public async Task What_is_not_proven_is_refused_and_leaves_nothing()
    {
        var session = await MadeAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, await TellAsync(Line(session, "f1", "Joined", 1), "?proof=bad"));
        Assert.Equal(HttpStatusCode.Unauthorized, await TellAsync(Line(session, "f1", "Joined", 1), ""));
        Assert.Empty(await ToldAsync(session));
    }

    [Fact]
    public async Task What_is_of_another_installation_or_cannot_be_read_does_no_harm()
    {
        Assert.Equal(HttpStatusCode.OK, await TellAsync("x1|Joined|unheard-of|2026-12-01T09:00:00Z"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await TellAsync("garbage"));
        // What a stranger sends does not say that the tool is broken, nor that it is well again.
        var providers = remote.App.Services.GetRequiredService<MeetingProviders>();
        Assert.True(providers.CanBeChosen("remote"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await TellAsync(new string('x', 10_000_000)));
    }

    [Theory]
    [InlineData("/webhooks/nobody")]
    [InlineData("/webhooks/manual")]
    public async Task A_tool_that_does_not_call_back_has_no_such_address(string address)
    {
        using var answer = await remote.App.Visitor().PostAsync(address, new StringContent("{}"));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_clock_that_runs_ahead_does_not_write_the_future()
    {
        var session = await MadeAsync();
        await TellAsync($"c1|Joined|{session.Id:n}-1|{remote.App.Clock.GetUtcNow().AddDays(3):O}|{session.Mentee.Id}");
        Assert.Equal(remote.App.Clock.GetUtcNow(), Assert.Single(await ToldAsync(session)).AtUtc);
    }

    private async Task<BookedScene> MadeAsync()
    {
        var session = await remote.BookedAsync();
        await remote.WorkAsync();
        remote.Scene.GoTo(session, 30);
        return session;
    }

    private static string Line(BookedScene session, string id, string kind, int minute) =>
        $"{session.Id:n}-{id}|{kind}|{session.Id:n}-1|{session.Start.AddMinutes(minute):O}|{session.Mentee.Id}";

    private async Task<HttpStatusCode> TellAsync(string body, string query = "?proof=good")
    {
        using var answer = await remote.App.Visitor().PostAsync("/webhooks/remote" + query, new StringContent(body, Encoding.UTF8));
        return answer.StatusCode;
    }

    private async Task<List<MeetingEvent>> ToldAsync(BookedScene session) =>
        [.. (await remote.Scene.EventsAsync(session.Id)).Where(e => e.SignId is not null)];
}
