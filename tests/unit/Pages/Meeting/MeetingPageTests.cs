using System.Net;
using Portal.Sessions.Changes;
using Portal.Sessions.Live;
using Tests.Pages.Join;
using Tests.Support;

namespace Tests.Pages.Meeting;

/// <summary>The embedded room of a self-hosted server.</summary>
[Trait("Clock", "moves")]
public sealed class MeetingPageTests(SelfHostedApp selfHosted) : IClassFixture<SelfHostedApp>
{
    private readonly PortalApp _app = selfHosted.App;
    private readonly Scene _scene = new(selfHosted.App);

    private async Task<(BookedScene Session, HttpClient Browser, string Cookie)> LetInAsync()
    {
        var session = await _scene.BookedAsync(topic: "Leaving my employer");
        _scene.GoTo(session);
        var browser = _app.Visitor();
        using var answer = await browser.PostAsync(await _scene.LinkAsync(session.MenteePart), null);
        Assert.Equal((HttpStatusCode.SeeOther, $"/meeting/{session.Id}"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
        return (session, browser, Assert.Single(answer.Headers.GetValues("Set-Cookie")));
    }

    private static async Task<(HttpStatusCode Status, string Text)> GetAsync(HttpClient browser, string path)
    {
        using var answer = await browser.GetAsync(path);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_cookie_is_for_this_room_alone_out_of_reach_of_scripts_and_outlives_the_meeting_by_a_day()
    {
        var (session, _, cookie) = await LetInAsync();
        Assert.Contains($"path=/meeting/{session.Id}", cookie);
        Assert.Contains("httponly", cookie);
        Assert.Contains("samesite=lax", cookie);
        Assert.Contains($"expires={session.End.AddMinutes(30).AddDays(1):R}", cookie);
        Assert.DoesNotContain(session.MenteePart.ToString(), cookie);
    }

    [Fact]
    public async Task Who_was_let_in_sees_the_room_of_that_server_and_of_no_other()
    {
        var (session, browser, _) = await LetInAsync();
        using var answer = await browser.GetAsync($"/meeting/{session.Id}");
        var text = await answer.Content.ReadAsStringAsync();
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain("src=\"https:", text);
        Assert.Contains("frame-src 'self' https://meet.example.org;", policy);
        // Nothing of the server's runs in a page of ours.
        Assert.Contains("script-src 'self';", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.DoesNotContain("jit.si", policy);
        Assert.Contains("camera=(self \"https://meet.example.org\")", answer.Headers.GetValues("Permissions-Policy").Single());
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
    }

    [Fact]
    public async Task Opening_the_room_again_counts_no_second_join()
    {
        var (session, browser, _) = await LetInAsync();
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.OK, (await GetAsync(browser, $"/meeting/{session.Id}")).Status);
        Assert.Single(await _scene.EventsAsync(session.Id), e => e.Kind == MeetingEventKind.Joined);
    }

    [Fact]
    public async Task Without_the_cookie_nothing_is_said_not_even_whether_the_meeting_exists()
    {
        var (session, _, _) = await LetInAsync();
        var exists = await GetAsync(_app.Visitor(), $"/meeting/{session.Id}");
        var none = await GetAsync(_app.Visitor(), $"/meeting/{Guid.NewGuid()}");
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (exists.Status, none.Status));
        Assert.Equal(Faceless(none.Text), Faceless(exists.Text));
        Assert.DoesNotContain("meet.example.org", exists.Text);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(_app.Visitor(), "/meeting/no-id")).Status);
    }

    /// <summary>Without what names the page itself.</summary>
    private static string Faceless(string html) => System.Text.RegularExpressions.Regex.Replace(html,
        "[0-9a-f]{8}-[0-9a-f-]{27}|name=\"__RequestVerificationToken\"[^>]*>", "");

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("AAAA")]
    [InlineData("%00%ff")]
    public async Task A_cookie_that_we_did_not_write_opens_nothing(string value)
    {
        var (session, _, _) = await LetInAsync();
        Assert.Equal(HttpStatusCode.NotFound, await WithCookieAsync(session.Id, value));
        Assert.Equal(HttpStatusCode.NotFound, await WithCookieAsync(session.Id, new string('A', 5_000)));
    }

    [Fact]
    public async Task The_cookie_of_one_room_opens_no_other()
    {
        var (_, _, cookie) = await LetInAsync();
        var other = await _scene.BookedAsync();
        _scene.GoTo(other);
        var (again, _, fresh) = await LetInAsync();
        Assert.Equal(HttpStatusCode.NotFound, await WithCookieAsync(other.Id, Value(cookie)));
        Assert.Equal(HttpStatusCode.NotFound, await WithCookieAsync(other.Id, Value(fresh)));
        Assert.Equal(HttpStatusCode.OK, await WithCookieAsync(again.Id, Value(fresh)));
    }

    private static string Value(string cookie) => cookie.Split(';')[0]["room=".Length..];

    private async Task<HttpStatusCode> WithCookieAsync(Guid id, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/meeting/{id}");
        request.Headers.TryAddWithoutValidation("Cookie", $"room={value}");
        using var answer = await _app.Visitor().SendAsync(request);
        return answer.StatusCode;
    }

    [Fact]
    public async Task The_room_closes_for_who_is_inside_when_the_link_is_withdrawn_or_the_session_cancelled()
    {
        var (first, firstBrowser, _) = await LetInAsync();
        await _app.InScopeAsync<PersonalLinks>(s => s.WithdrawLinkAsync(first.Id, first.MenteePart, new(null, true), default));
        Assert.Equal(HttpStatusCode.Gone, (await GetAsync(firstBrowser, $"/meeting/{first.Id}")).Status);

        var (second, secondBrowser, _) = await LetInAsync();
        await _app.InScopeAsync<Cancellation>(s => s.CancelAsync(second.Id, new(null, true), "Ill", default));
        Assert.Equal(HttpStatusCode.Gone, (await GetAsync(secondBrowser, $"/meeting/{second.Id}")).Status);
    }

    [Fact]
    public async Task Who_lost_the_connection_gets_a_fresh_token_and_a_cookie_until_the_present_end()
    {
        var (session, browser, _) = await LetInAsync();
        var again = $"/meeting/{session.Id}?handler=Again&room=1";
        var first = TokenOf((await GetAsync(browser, $"/meeting/{session.Id}")).Text);
        _app.Clock.Advance(TimeSpan.FromMinutes(1));
        using var answer = await browser.GetAsync(again);
        var said = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Contains($"path=/meeting/{session.Id}", Assert.Single(answer.Headers.GetValues("Set-Cookie")));
        Assert.NotEqual(first, TokenOf(said));
        Assert.Single(await _scene.EventsAsync(session.Id), e => e.Kind == MeetingEventKind.Joined);

        // Another room since then, a session without a room, a link that was withdrawn, a stranger.
        Assert.Equal("""{"go":true}""", (await GetAsync(browser, $"/meeting/{session.Id}?handler=Again&room=2")).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(_app.Visitor(), again)).Status);
        Assert.Equal("""{"go":true}""", (await GetAsync(browser, $"/meeting/{session.Id}?handler=Again&room=x")).Text);
        await _app.InScopeAsync<PersonalLinks>(s => s.WithdrawLinkAsync(session.Id, session.MenteePart, new(null, true), default));
        var withdrawn = await GetAsync(browser, again);
        Assert.DoesNotContain("eyJ", withdrawn.Text);
        Assert.Equal("""{"go":true}""", withdrawn.Text);
    }

    [Fact]
    public async Task A_room_that_fails_in_a_browser_is_in_the_records_once_in_ten_minutes()
    {
        var (session, browser, _) = await LetInAsync();
        var trouble = $"/meeting/{session.Id}?handler=Trouble";
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.NoContent, await PostAsync(browser, trouble));
        _app.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(browser, trouble));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(_app.Visitor(), trouble));
        var failed = (await _scene.EventsAsync(session.Id)).Where(e => e.Kind == MeetingEventKind.ProviderFailed).ToList();
        Assert.Equal(2, failed.Count);
        Assert.All(failed, e => Assert.Equal(session.MenteePart, e.ParticipantId));
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient browser, string path)
    {
        using var answer = await browser.PostAsync(path, null);
        return answer.StatusCode;
    }

    private static string TokenOf(string text) =>
        System.Text.RegularExpressions.Regex.Match(text, "eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+").Value;

    [Fact]
    public async Task The_token_is_in_the_page_and_nowhere_in_the_log()
    {
        var (session, browser, cookie) = await LetInAsync();
        var (_, text) = await GetAsync(browser, $"/meeting/{session.Id}");
        var token = TokenOf(text);
        var ticket = (await _scene.LinkAsync(session.MenteePart)).Split('/')[^1];
        Assert.True(token.Length > 100, "The page holds no token.");
        Assert.All(new[] { token, ticket, Value(cookie), session.Mentee.Email!, "Leaving my employer", "a-secret-of-forty" },
            secret => Assert.DoesNotContain(secret, _app.Log.Text));
    }
}
