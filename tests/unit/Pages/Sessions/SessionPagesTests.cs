using System.Net;
using Localization;
using Microsoft.EntityFrameworkCore;
using Portal.Sessions;
using Tests.Support;

namespace Tests.Pages.Sessions;

public sealed class SessionPagesTests(PortalApp app) : IClassFixture<PortalApp>
{
    private readonly Scene _scene = new(app);

    private static Task<HttpResponseMessage> PostAsync(HttpClient browser, Guid id, string form, Dictionary<string, string> fields) =>
        Forms.PostAsync(browser, $"/sessions/{id}", fields, $"/sessions/{id}/{form}");

    [Fact]
    public async Task The_list_shows_a_persons_own_sessions_and_no_others()
    {
        var session = await _scene.BookedAsync(topic: "My own talk");
        await _scene.BookedAsync(session.Mentor, await _scene.PersonAsync(), session.Start.AddHours(1), "Someone else's talk");
        var text = await (await _scene.BrowserAsync(session.Mentee)).GetStringAsync("/sessions");
        Assert.Contains("My own talk", text);
        Assert.DoesNotContain("Someone else", text);
    }

    [Fact]
    public async Task The_details_show_each_their_own_link()
    {
        var session = await _scene.BookedAsync();
        foreach (var (person, own, other) in new[] { (session.Mentor, session.MentorPart, session.MenteePart),
            (session.Mentee, session.MenteePart, session.MentorPart) })
        {
            var text = await (await _scene.BrowserAsync(person)).GetStringAsync($"/sessions/{session.Id}");
            Assert.Contains(await _scene.LinkAsync(own), text);
            Assert.DoesNotContain(await _scene.LinkAsync(other), text);
        }
        var admin = await (await _scene.BrowserAsync(await _scene.AdminAsync())).GetStringAsync($"/sessions/{session.Id}");
        Assert.DoesNotContain("/join/", admin);
    }

    [Theory]
    [InlineData("en", "Samir Haddad⁩ with ⁨Maha Nassar", "Sessions")]
    [InlineData("ar", "Samir Haddad⁩ مع ⁨Maha Nassar", "الجلسات")]
    public async Task An_administrator_reads_whose_session_it_is_and_finds_back(string language, string whose, string back)
    {
        var session = await _scene.BookedAsync();
        var admin = await _scene.PersonAsync("Admin", language, "Asia/Tokyo", Portal.People.Roles.Admin);
        var text = await (await _scene.BrowserAsync(admin)).GetStringAsync($"/sessions/{session.Id}");
        text = WebUtility.HtmlDecode(text);
        Assert.Contains(whose, text);
        Assert.Contains($"<a href=\"/admin/sessions\">{back}</a>", text);
        Assert.Contains("<a href=\"/admin\" aria-current=\"page\">", text);
        Assert.DoesNotContain("<a href=\"/sessions\" aria-current", text);
        // Noon, UTC.
        Assert.Contains(language == "ar" ? "من 21:00 إلى 22:00" : "21:00–22:00", text);
        Assert.DoesNotContain("your meeting", text);
    }

    [Fact]
    public async Task Who_cancels_a_session_that_runs_is_not_told_that_it_will_start()
    {
        var session = await _scene.BookedAsync();
        var began = app.Clock.GetUtcNow().AddMinutes(-5);
        await app.InDatabaseAsync(db => db.Sessions.Where(s => s.Id == session.Id)
            .ExecuteUpdateAsync(u => u.SetProperty(s => s.StartUtc, began)));
        var text = WebUtility.HtmlDecode(await (await _scene.BrowserAsync(session.Mentee)).GetStringAsync($"/sessions/{session.Id}"));
        Assert.Contains(UiText.SessionLateStarted, text);
        Assert.DoesNotContain("starts in less than", text);
    }

    [Fact]
    public async Task The_email_leads_to_an_open_choice_of_calendars()
    {
        var session = await _scene.BookedAsync();
        var browser = await _scene.BrowserAsync(session.Mentee);
        Assert.Contains("id=\"calendar-box\" open", await browser.GetStringAsync($"/sessions/{session.Id}?calendar=true"));
        Assert.DoesNotContain("id=\"calendar-box\" open", await browser.GetStringAsync($"/sessions/{session.Id}"));
    }

    [Fact]
    public async Task A_form_of_a_session_without_a_topic_has_a_way_back_that_can_be_read()
    {
        var session = await _scene.BookedAsync();
        await app.InDatabaseAsync(db => db.Sessions.Where(s => s.Id == session.Id)
            .ExecuteUpdateAsync(u => u.SetProperty(s => s.Topic, "")));
        var text = WebUtility.HtmlDecode(await (await _scene.BrowserAsync(session.Mentor)).GetStringAsync($"/sessions/{session.Id}/move"));
        Assert.Contains($"<a href=\"/sessions/{session.Id}\"><bdi>{UiText.TopicNone}</bdi></a>", text);
    }

    [Fact]
    public async Task Strangers_see_no_session_and_what_is_no_id_is_not_found()
    {
        var session = await _scene.BookedAsync();
        var stranger = await _scene.BrowserAsync(await _scene.PersonAsync());
        foreach (var (id, status) in new[] { (session.Id.ToString(), HttpStatusCode.Forbidden),
            (Guid.NewGuid().ToString(), HttpStatusCode.NotFound), ("no-id", HttpStatusCode.NotFound) })
        {
            using var answer = await stranger.GetAsync($"/sessions/{id}");
            Assert.Equal((id, status), (id, answer.StatusCode));
        }
        using var visitor = await app.Visitor().GetAsync($"/sessions/{session.Id}");
        Assert.Equal((HttpStatusCode.Redirect, $"/account/sign-in?returnUrl=%2Fsessions%2F{session.Id}"),
            (visitor.StatusCode, visitor.Headers.Location?.OriginalString));
    }

    [Fact]
    public async Task A_session_is_cancelled_from_its_page_and_then_says_so()
    {
        var session = await _scene.BookedAsync();
        var browser = await _scene.BrowserAsync(session.Mentee);
        using var cancelled = await PostAsync(browser, session.Id, "cancel", new() { ["Reason"] = "I have a cold" });
        Assert.Equal((HttpStatusCode.Redirect, $"/sessions/{session.Id}"),
            (cancelled.StatusCode, cancelled.Headers.Location?.OriginalString));
        var text = await browser.GetStringAsync($"/sessions/{session.Id}");
        Assert.Contains("I have a cold", text);
        Assert.DoesNotContain("id=\"cancel\"", text);
        Assert.DoesNotContain("/join/", text);
    }

    [Theory]
    [InlineData("", "false")]
    [InlineData("  ", "false")]
    [InlineData("LONG", "false")]
    public async Task A_cancel_without_a_fitting_reason_changes_nothing(string reason, string cancelled)
    {
        var session = await _scene.BookedAsync();
        var browser = await _scene.BrowserAsync(session.Mentee);
        using var answer = await PostAsync(browser, session.Id, "cancel",
            new() { ["Reason"] = reason.Replace("LONG", new string('x', 501)) });
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(cancelled, (await app.InDatabaseAsync(db =>
            db.Sessions.AnyAsync(s => s.Id == session.Id && s.State == SessionState.Cancelled))).ToString().ToLowerInvariant());
    }

    [Fact]
    public async Task A_mentor_withdraws_and_renews_from_the_page_and_a_mentee_does_not()
    {
        var session = await _scene.BookedAsync();
        var person = new Dictionary<string, string> { ["person"] = session.MenteePart.ToString() };
        var mentor = await _scene.BrowserAsync(session.Mentor);
        using (var withdrawn = await PostAsync(mentor, session.Id, "people?handler=Withdraw", new(person)))
            Assert.Equal(HttpStatusCode.Redirect, withdrawn.StatusCode);
        Assert.NotNull(await WithdrawnAsync(session));
        using (var renewed = await PostAsync(mentor, session.Id, "people?handler=Renew", new(person)))
            Assert.Equal(HttpStatusCode.Redirect, renewed.StatusCode);
        Assert.Null(await WithdrawnAsync(session));

        using var refused = await PostAsync(await _scene.BrowserAsync(session.Mentee), session.Id, "people?handler=Withdraw", new(person));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    private Task<DateTimeOffset?> WithdrawnAsync(BookedScene session) =>
        app.InDatabaseAsync(db => db.Participants.Where(p => p.Id == session.MenteePart).Select(p => p.WithdrawnUtc).SingleAsync());

    [Theory]
    [InlineData("people?handler=Withdraw", "no-id", HttpStatusCode.NotFound)]
    [InlineData("people?handler=Withdraw", "", HttpStatusCode.NotFound)]
    [InlineData("people?handler=Renew", "0199d2f0-6a5c-7c3e-9b7e-2f6d8a1b4c5d", HttpStatusCode.NotFound)]
    public async Task A_person_who_is_not_in_the_session_is_not_found(string form, string person, HttpStatusCode status)
    {
        var session = await _scene.BookedAsync();
        using var answer = await PostAsync(await _scene.BrowserAsync(session.Mentor), session.Id, form, new() { ["person"] = person });
        Assert.Equal(status, answer.StatusCode);
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("people?handler=Withdraw")]
    [InlineData("people?handler=Renew")]
    public async Task A_form_without_its_antiforgery_token_changes_nothing(string form)
    {
        var session = await _scene.BookedAsync();
        var browser = await _scene.BrowserAsync(session.Mentor);
        using var answer = await browser.PostAsync($"/sessions/{session.Id}/{form}",
            new FormUrlEncodedContent(new Dictionary<string, string> { ["Reason"] = "x", ["person"] = session.MenteePart.ToString() }));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(1, await app.InDatabaseAsync(db => db.Sessions.Where(s => s.Id == session.Id).Select(s => s.RoomVersion)
            .SingleAsync()));
    }

    [Fact]
    public async Task What_is_over_moves_to_the_past_and_is_cancelled_no_more()
    {
        var session = await _scene.BookedAsync(topic: "An old talk");
        var browser = await _scene.BrowserAsync(session.Mentee);
        var token = await Forms.TokenAsync(browser, $"/sessions/{session.Id}");
        app.Clock.MoveTo(session.End);
        Assert.DoesNotContain("An old talk", await browser.GetStringAsync("/sessions"));
        Assert.Contains("An old talk", await browser.GetStringAsync("/sessions?show=past"));
        using var late = await browser.PostAsync($"/sessions/{session.Id}/cancel",
            new FormUrlEncodedContent(new Dictionary<string, string> { ["Reason"] = "x", ["__RequestVerificationToken"] = token }));
        Assert.Equal(HttpStatusCode.Gone, late.StatusCode);
    }
}
