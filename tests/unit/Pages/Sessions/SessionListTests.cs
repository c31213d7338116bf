using System.Net;
using Tests.Support;

namespace Tests.Pages.Sessions;

/// <summary>What comes first in the list of sessions.</summary>
public sealed class SessionListTests(PortalApp app) : IClassFixture<PortalApp>
{
    private readonly Scene _scene = new(app);

    [Fact, Trait("Clock", "moves")]
    public async Task The_next_session_stands_on_top_and_one_press_joins_it_once_it_is_open()
    {
        var session = await _scene.BookedAsync(topic: "Next talk");
        var browser = await _scene.BrowserAsync(session.Mentee);
        var before = await browser.GetStringAsync("/sessions");
        Assert.Contains("id=\"next\"", before);
        Assert.DoesNotContain("id=\"join\"", before);

        _scene.GoTo(session, -10);
        using var open = await browser.GetAsync("/sessions");
        var link = await _scene.LinkAsync(session.MenteePart);
        Assert.Contains($"action=\"{link}\"", await open.Content.ReadAsStringAsync());
        Assert.Contains("form-action 'self' https:", string.Join(' ', open.Headers.GetValues("Content-Security-Policy")));
        using var joined = await browser.PostAsync(link, null);
        Assert.Equal(HttpStatusCode.SeeOther, joined.StatusCode);
    }

    [Fact]
    public async Task A_request_waits_on_top_for_the_mentor_and_is_counted_in_the_navigation()
    {
        var session = await _scene.BookedAsync(topic: "Asked talk", profile: m => m.ConfirmsByHand = true);
        var mentor = await _scene.BrowserAsync(session.Mentor);
        var page = await mentor.GetStringAsync("/sessions");
        Assert.Contains("id=\"requests\"", page);
        Assert.Contains("id=\"waiting-count\"", await mentor.GetStringAsync("/settings"));
        Assert.DoesNotContain("waiting-count", await (await _scene.BrowserAsync(session.Mentee)).GetStringAsync("/sessions"));

        using var confirmed = await Forms.PostAsync(mentor, "/sessions", [], $"/sessions/{session.Id}/request?handler=Approve");
        var said = await mentor.GetStringAsync(confirmed.Headers.Location);
        Assert.Contains("id=\"notice\"", said);
        Assert.Contains($"\u2068{session.Mentee.DisplayName}\u2069", WebUtility.HtmlDecode(said));
        Assert.DoesNotContain("waiting-count", await mentor.GetStringAsync("/sessions"));
    }
}
