using System.Net;
using System.Net.Http.Json;
using System.Text;
using Portal.Calendar;
using Portal.People;
using Tests.Support;

namespace Tests.Calendar;

[Trait("Clock", "moves")]
public sealed class CalendarFeedTests(PortalApp app) : IClassFixture<PortalApp>
{
    private readonly Scene _scene = new(app);

    private Task<string> AddressAsync(PortalUser user) =>
        app.InScopeAsync<CalendarFeed, string>(f => Task.FromResult(f.AddressOf(user).AbsolutePath));

    [Fact]
    public async Task A_feed_holds_the_own_sessions_with_the_own_links_and_follows_every_change()
    {
        var session = await _scene.BookedAsync(topic: "Plans; goals, \"and\" more\\");
        var address = await AddressAsync(session.Mentee);
        var visitor = app.Visitor();
        using var answer = await visitor.GetAsync(address);
        Assert.Equal("text/calendar", answer.Content.Headers.ContentType!.MediaType);
        var text = Unfold(await answer.Content.ReadAsStringAsync());
        Assert.Contains("SUMMARY:Plans\\; goals\\, \"and\" more\\\\: Samir Haddad\r\n", text);
        Assert.Contains($"DTSTART:{session.Start:yyyyMMdd'T'HHmmss'Z'}\r\n", text);
        Assert.Contains(await _scene.LinkAsync(session.MenteePart), text);
        Assert.DoesNotContain(await _scene.LinkAsync(session.MentorPart), text);

        (await (await _scene.ProgramAsync(session.Mentee)).PostAsJsonAsync($"/api/v1/sessions/{session.Id}/cancel", new { reason = "ill" }))
            .Dispose();
        text = Unfold(await visitor.GetStringAsync(address));
        Assert.Contains("STATUS:CANCELLED\r\n", text);
        Assert.Contains("SEQUENCE:1\r\n", text);
        Assert.DoesNotContain("/join/", text);
    }

    [Fact]
    public async Task Programs_that_ask_first_are_answered_and_an_empty_feed_is_a_calendar()
    {
        var address = await AddressAsync(await _scene.PersonAsync());
        using var head = await app.Visitor().SendAsync(new(HttpMethod.Head, address));
        Assert.Equal((HttpStatusCode.OK, "text/calendar"), (head.StatusCode, head.Content.Headers.ContentType?.MediaType));
        using var options = await app.Visitor().SendAsync(new(HttpMethod.Options, address));
        Assert.Equal(HttpStatusCode.NoContent, options.StatusCode);
        Assert.Contains("HEAD", options.Content.Headers.Allow);
        Assert.Contains("BEGIN:VTIMEZONE\r\n", await app.Visitor().GetStringAsync(address));
    }

    [Fact]
    public async Task A_renewed_address_ends_the_old_one_and_nothing_else_opens()
    {
        var user = await _scene.PersonAsync();
        var old = await AddressAsync(user);
        var browser = await _scene.BrowserAsync(user);
        using var renewed = await Forms.PostAsync(browser, "/account/calendar", []);
        Assert.Equal(HttpStatusCode.Redirect, renewed.StatusCode);
        foreach (var dead in new[] { old, "/calendar/x.ics", $"{old[..^8]}AAAA.ics", "/calendar/" + new string('A', 5000) + ".ics" })
        {
            using var answer = await app.Visitor().GetAsync(dead);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
        Assert.Contains("/calendar/", await browser.GetStringAsync("/account/calendar"));
    }

    [Fact]
    public void Lines_are_folded_at_75_octets_and_no_character_is_cut()
    {
        var text = new CalendarWriter().Text("SUMMARY", string.Concat(Enumerable.Repeat("جلسة 👩🏽‍🏫 ", 30))).ToString();
        Assert.All(text.Split("\r\n"), line => Assert.True(Encoding.UTF8.GetByteCount(line) <= 75, line));
        Assert.Contains(string.Concat(Enumerable.Repeat("جلسة 👩🏽‍🏫 ", 30)), Unfold(text));
        Assert.DoesNotContain('\uFFFD', text);
    }

    private static string Unfold(string text) => text.Replace("\r\n ", "", StringComparison.Ordinal);
}
