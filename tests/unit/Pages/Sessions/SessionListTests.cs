using System.Net;
using Portal.Pages.Sessions;
using Portal.Pages.Shared;
using Tests.Support;

namespace Tests.Pages.Sessions;

/// <summary>What comes first in the list of sessions, and how the others are told apart.</summary>
public sealed class SessionListTests(PortalApp app) : IClassFixture<PortalApp>
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 22, 30, 0, TimeSpan.Zero);

    private readonly Scene _scene = new(app);

    private static (SessionRow, string) Row(int hours, string zone = "Etc/UTC", Guid? series = null) =>
        (new(Guid.NewGuid(), Now.AddHours(hours), "", "", $"{hours}", [], null, Tone.Plain) { SeriesId = series }, zone);

    private static string Shape(params (SessionRow, string)[] rows)
    {
        using var english = new Language("en");
        return string.Join("; ", SessionGroups.Of(rows, Now).Select(g =>
            $"{g.Title}: {string.Join(' ', g.Rows.Select(r => r.First.Topic + string.Concat(r.Others.Select(o => "+" + o.Topic))))}"));
    }

    [Fact]
    public void Days_are_those_of_the_readers_zone()
    {
        Assert.Equal("Today: 1; This week: 2 100; Later: 168", Shape(Row(1), Row(2), Row(100), Row(168)));
        // Two hours later it is tomorrow in Greenwich, and still today in New York.
        Assert.Equal("Today: 1 2; This week: 100", Shape(Row(1, "America/New_York"), Row(2, "America/New_York"), Row(100)));
    }

    [Fact]
    public void A_series_is_one_row_with_its_later_sessions_folded()
    {
        var series = Guid.NewGuid();
        Assert.Equal("Today: 1+169+337; This week: 24; Later: 200",
            Shape(Row(1, series: series), Row(24), Row(169, series: series), Row(200), Row(337, series: series)));
        Assert.Equal("", Shape());
    }

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
