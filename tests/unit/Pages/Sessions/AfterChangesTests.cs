using System.Net;
using System.Text.RegularExpressions;
using Tests.Support;

namespace Tests.Pages.Sessions;

/// <summary>After every change the page says what was done and who was told; before one that concerns others it asks.</summary>
public sealed class AfterChangesTests(PortalApp app) : IClassFixture<PortalApp>
{
    private readonly Scene _scene = new(app);

    private static string Notice(string page) =>
        WebUtility.HtmlDecode(Regex.Match(page, "<div class=\"notice good\" role=\"status\" id=\"notice\">.*?</div>\\s*</div>",
            RegexOptions.Singleline).Value);

    [Theory]
    [InlineData("cancel", "Reason", "A cold", true)]
    [InlineData("room", "RoomUrl", "https://meet.google.com/abc-defg-hij", true)]
    [InlineData("extend", "minutes", "15", true)]
    [InlineData("presence?handler=Late", "minutes", "5", false)]
    [InlineData("people?handler=GuestLink", "x", "", false)]
    [InlineData("people?handler=Renew", "person", "MENTEE", true)]
    [InlineData("people?handler=Withdraw", "person", "MENTEE", true)]
    public async Task What_was_done_is_said_with_whom_it_concerns(string form, string field, string value, bool names)
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session, -10);
        var mentor = await _scene.BrowserAsync(session.Mentor);
        using var done = await Forms.PostAsync(mentor, $"/sessions/{session.Id}",
            new() { [field] = value.Replace("MENTEE", session.MenteePart.ToString()) }, $"/sessions/{session.Id}/{form}");
        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        var notice = Notice(await mentor.GetStringAsync(done.Headers.Location));
        Assert.Matches("<strong>[^<]{10,}</strong>", notice);
        Assert.Equal(names, notice.Contains(session.Mentee.DisplayName));
        // Said once.
        Assert.Equal("", Notice(await mentor.GetStringAsync($"/sessions/{session.Id}")));
    }

    [Fact]
    public async Task Whoever_takes_a_link_away_reads_whose_it_is_and_what_happens()
    {
        var session = await _scene.BookedAsync();
        var page = WebUtility.HtmlDecode(await (await _scene.BrowserAsync(session.Mentor)).GetStringAsync($"/sessions/{session.Id}"));
        foreach (var button in new[] { "renew", "withdraw" })
        {
            var fold = Regex.Matches(page, "<details class=\"confirm\">.*?</details>", RegexOptions.Singleline)
                .Single(m => m.Value.Contains($"data-id=\"{button}\"")).Value;
            Assert.Contains(session.Mentee.DisplayName, Regex.Match(fold, "<p>(.*?)</p>", RegexOptions.Singleline).Value);
        }
    }

    [Fact]
    public async Task A_booked_session_goes_into_a_calendar_of_ones_own_and_into_nobody_elses()
    {
        var session = await _scene.BookedAsync(topic: "Calendar talk");
        var mentee = await _scene.BrowserAsync(session.Mentee);
        var page = WebUtility.HtmlDecode(await mentee.GetStringAsync($"/sessions/{session.Id}?booked=true"));
        var booked = page[page.IndexOf("id=\"booked\"", StringComparison.Ordinal)..];
        foreach (var way in new[] { "https://calendar.google.com/", "https://outlook.live.com/", $"/sessions/{session.Id}?handler=Calendar" })
            Assert.Contains($"href=\"{way}", booked);

        using var file = await mentee.GetAsync($"/sessions/{session.Id}?handler=Calendar");
        var text = (await file.Content.ReadAsStringAsync()).ReplaceLineEndings("\n").Replace("\n ", "");
        Assert.Equal("text/calendar", file.Content.Headers.ContentType?.MediaType);
        Assert.Contains($"UID:{session.Id}", text);
        Assert.Contains(await _scene.LinkAsync(session.MenteePart), text);
        using var stranger = await (await _scene.BrowserAsync(await _scene.PersonAsync())).GetAsync($"/sessions/{session.Id}?handler=Calendar");
        Assert.Equal(HttpStatusCode.Forbidden, stranger.StatusCode);
        using var admin = await (await _scene.BrowserAsync(await _scene.AdminAsync())).GetAsync($"/sessions/{session.Id}?handler=Calendar");
        Assert.Equal(HttpStatusCode.NotFound, admin.StatusCode);
    }

    [Fact]
    public async Task A_meeting_opened_at_once_needs_no_topic_and_has_its_link_at_hand()
    {
        var mentor = await _scene.BrowserAsync(await _scene.MentorAsync());
        using var opened = await Forms.PostAsync(mentor, "/sessions/now", new() { ["Minutes"] = "30" });
        var page = await mentor.GetStringAsync(opened.Headers.Location);
        Assert.Contains("id=\"opened\"", page);
        Assert.Matches("<input id=\"opened-[^\"]+\" readonly dir=\"ltr\" value=\"[^\"]+/join/[^\"]+\"", page);

        using var again = await Forms.PostAsync(mentor, "/sessions/now", new() { ["Minutes"] = "30" });
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Contains($"href=\"{opened.Headers.Location!.OriginalString.Split('?')[0]}\"", await again.Content.ReadAsStringAsync());
    }
}
