using System.Net;
using Portal.Tickets;
using Tests.Support;

namespace Tests.Pages.Join;

/// <summary>The pass that a program without cookies hands to a browser, and the embedded room behind it.</summary>
public sealed class SelfHostedApp : IAsyncLifetime
{
    public PortalApp App { get; private set; } = null!;

    public async Task InitializeAsync() => App = await PortalApp.StartAsync(a => Set(a));

    /// <summary>For a portal that needs other settings beside these.</summary>
    public static PortalApp Set(PortalApp app) => app
        .With("Providers:jitsi:Mode", "SelfHosted")
        .With("Providers:jitsi:Domain", "meet.example.org")
        .With("Providers:jitsi:AppId", "portal")
        .With("Providers:jitsi:AppSecret", "a-secret-of-forty-characters-for-testing");

    public async Task DisposeAsync() => await App.DisposeAsync();
}

[Trait("Clock", "moves")]
public sealed class OncePageTests(SelfHostedApp selfHosted) : IClassFixture<SelfHostedApp>
{
    private readonly PortalApp _app = selfHosted.App;
    private readonly Scene _scene = new(selfHosted.App);

    private async Task<(BookedScene Session, string Path)> PassAsync(int minute = 0)
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session, minute);
        var program = await _scene.ProgramAsync(session.Mentee);
        program.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        using var answer = await program.PostAsync($"/api/mentoring/session/{session.Id}/join", null);
        var json = await answer.JsonAsync(HttpStatusCode.OK);
        Assert.Equal("room", json.GetProperty("kind").GetString());
        return (session, new Uri(json.GetProperty("url").GetString()!).AbsolutePath);
    }

    private async Task<HttpStatusCode> TryAsync(string path, HttpMethod method)
    {
        using var answer = await _app.Visitor().SendAsync(new(method, path));
        return answer.StatusCode;
    }

    [Fact]
    public async Task A_pass_opens_the_room_once()
    {
        var (session, path) = await PassAsync();
        Assert.StartsWith("/join/once/", path);
        Assert.Equal(HttpStatusCode.OK, await TryAsync(path, HttpMethod.Get));
        Assert.Equal(HttpStatusCode.OK, await TryAsync(path, HttpMethod.Get));

        var browser = _app.Visitor();
        using var entered = await browser.PostAsync(path, null);
        Assert.Equal((HttpStatusCode.SeeOther, $"/meeting/{session.Id}"), (entered.StatusCode, entered.Headers.Location?.OriginalString));
        using var room = await browser.GetAsync(entered.Headers.Location);
        Assert.Equal(HttpStatusCode.OK, room.StatusCode);

        Assert.Equal(HttpStatusCode.Gone, await TryAsync(path, HttpMethod.Post));
        Assert.Equal(HttpStatusCode.Gone, await TryAsync(path, HttpMethod.Get));
    }

    [Fact]
    public async Task Of_many_who_use_a_pass_at_the_same_moment_one_gets_in()
    {
        for (var round = 0; round < 3; round++)
        {
            var (_, path) = await PassAsync();
            var found = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => TryAsync(path, HttpMethod.Post)));
            Assert.Equal((1, 7), (found.Count(s => s == HttpStatusCode.SeeOther), found.Count(s => s == HttpStatusCode.Gone)));
        }
    }

    [Theory]
    [InlineData(299, HttpStatusCode.SeeOther)]
    [InlineData(300, HttpStatusCode.Gone)]
    public async Task A_pass_lives_for_five_minutes(int seconds, HttpStatusCode expected)
    {
        var (_, path) = await PassAsync();
        _app.Clock.Advance(TimeSpan.FromSeconds(seconds));
        Assert.Equal(expected, await TryAsync(path, HttpMethod.Post));
    }

    [Fact]
    public async Task A_pass_dies_with_the_link_of_its_person()
    {
        var (session, path) = await PassAsync();
        await _app.InScopeAsync<Portal.Sessions.Changes.PersonalLinks>(s =>
            s.WithdrawLinkAsync(session.Id, session.MenteePart, new(null, true), default));
        Assert.Equal(HttpStatusCode.Gone, await TryAsync(path, HttpMethod.Post));
    }

    [Fact]
    public async Task A_pass_is_no_ticket_and_a_ticket_is_no_pass()
    {
        var (session, path) = await PassAsync();
        var ticket = (await _scene.LinkAsync(session.MenteePart)).Split('/')[^1];
        Assert.Equal(HttpStatusCode.NotFound, await TryAsync("/join/" + path.Split('/')[^1], HttpMethod.Post));
        Assert.Equal(HttpStatusCode.NotFound, await TryAsync("/join/once/" + ticket, HttpMethod.Post));
        Assert.Equal(HttpStatusCode.NotFound, await TryAsync(path[..^2] + "zz", HttpMethod.Post));
    }

    [Fact]
    public async Task A_pass_is_for_its_session_and_its_person_alone()
    {
        var (session, other) = (await _scene.BookedAsync(), await _scene.BookedAsync());
        _scene.GoTo(session);
        var pass = new JoinPass(session.Id, session.Mentee.Id, session.MenteePart, 1, _app.Clock.GetUtcNow().AddMinutes(5), Guid.NewGuid());
        var (id, key) = await _app.InScopeAsync<TicketKeys, (byte, byte[])>(async k => await k.CurrentAsync(default));

        Task<HttpStatusCode> PostAsync(JoinPass p) => TryAsync("/join/once/" + p.Write(id, key), HttpMethod.Post);

        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(pass with { SessionId = other.Id }));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(pass with { UserId = session.Mentor.Id }));
        Assert.Equal(HttpStatusCode.SeeOther, await PostAsync(pass));
    }

    [Fact]
    public async Task A_browser_with_a_cookie_is_led_to_the_room_itself()
    {
        var session = await _scene.BookedAsync();
        var browser = await _scene.BrowserAsync(session.Mentee);
        _scene.GoTo(session);
        using var answer = await browser.PostAsync($"/api/mentoring/session/{session.Id}/join", null);
        Assert.Equal((HttpStatusCode.SeeOther, $"/meeting/{session.Id}"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
        using var room = await browser.GetAsync(answer.Headers.Location);
        Assert.Equal(HttpStatusCode.OK, room.StatusCode);
    }
}
