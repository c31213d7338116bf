using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Sessions;
using Tests.Support;

namespace Tests.Pages.Sessions;

/// <summary>The forms of a session have pages of their own, where what does not fit is mended.</summary>
public sealed class SessionFormsTests(PortalApp app) : IClassFixture<PortalApp>
{
    private readonly Scene _scene = new(app);

    private async Task<(int Mentor, int Mentee, int Stranger)> SeenAsync(BookedScene session, string form)
    {
        async Task<int> StatusAsync(Portal.People.PortalUser person)
        {
            using var answer = await (await _scene.BrowserAsync(person)).GetAsync($"/sessions/{session.Id}/{form}");
            return (int)answer.StatusCode;
        }
        return (await StatusAsync(session.Mentor), await StatusAsync(session.Mentee), await StatusAsync(await _scene.PersonAsync()));
    }

    [Theory]
    [InlineData("cancel", 200, 200)]
    [InlineData("people", 200, 200)]
    [InlineData("room", 200, 403)]
    [InlineData("extend", 200, 403)]
    [InlineData("presence", 200, 200)]
    [InlineData("proposal", 410, 410)]
    [InlineData("request", 410, 403)]
    public async Task A_form_is_shown_to_who_may_use_it(string form, int mentor, int mentee)
    {
        var session = await _scene.BookedAsync();
        Assert.Equal((mentor, mentee, 403), await SeenAsync(session, form));
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("people")]
    [InlineData("room")]
    [InlineData("extend")]
    [InlineData("presence")]
    public async Task When_the_session_is_closed_its_page_says_so_and_offers_no_form(string form)
    {
        var session = await _scene.BookedAsync();
        app.Clock.MoveTo(session.End.AddMinutes(30));
        using var answer = await (await _scene.BrowserAsync(session.Mentor)).GetAsync($"/sessions/{session.Id}/{form}");
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
        Assert.Contains("error-summary", page);
        Assert.DoesNotContain($"action=\"/sessions/{session.Id}", page);
    }

    [Fact]
    public async Task Every_form_on_the_sessions_page_goes_to_a_page_of_its_own()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session, -10);
        var page = await (await _scene.BrowserAsync(session.Mentor)).GetStringAsync($"/sessions/{session.Id}");
        foreach (var form in new[] { "cancel", "room", "extend", "people?handler=Withdraw", "people?handler=Invite",
            "presence?handler=Late" })
            Assert.Contains($"action=\"/sessions/{session.Id}/{form}\"", page);
        Assert.DoesNotContain("action=\"?handler=", page);
    }

    [Theory]
    [InlineData("cancel", "Reason", "  ", "id=\"cancel\"")]
    [InlineData("room", "RoomUrl", "nowhere", "id=\"switch-room\"")]
    [InlineData("people?handler=Invite", "Guest.Email", "no address", "id=\"invite\"")]
    [InlineData("extend", "minutes", "7", "id=\"extend\"")]
    [InlineData("presence?handler=Late", "minutes", "7", "data-id=\"late-5\"")]
    public async Task What_does_not_fit_comes_back_with_its_form(string form, string field, string typed, string button)
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session, -10);
        var browser = await _scene.BrowserAsync(session.Mentor);
        using var answer = await Forms.PostAsync(browser, $"/sessions/{session.Id}", new() { [field] = typed },
            $"/sessions/{session.Id}/{form}");
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("error-summary", page);
        Assert.Contains(button, page);
        Assert.Equal(0, await app.InDatabaseAsync(db => db.Sessions.Where(s => s.Id == session.Id).Select(s => s.Sequence).SingleAsync()));
    }

    [Fact]
    public async Task A_request_is_answered_from_its_own_page_and_a_long_reason_comes_back()
    {
        var session = await _scene.BookedAsync(profile: m => m.ConfirmsByHand = true);
        var mentor = await _scene.BrowserAsync(session.Mentor);
        var path = $"/sessions/{session.Id}/request";
        Assert.Contains("id=\"approve\"", await mentor.GetStringAsync($"/sessions/{session.Id}"));
        var reason = new Dictionary<string, string> { ["DeclineReason"] = new('x', 501) };
        using (var tooLong = await Forms.PostAsync(mentor, path, reason, path + "?handler=Decline"))
            Assert.Equal(HttpStatusCode.BadRequest, tooLong.StatusCode);
        using var approved = await Forms.PostAsync(mentor, path, [], path + "?handler=Approve");
        Assert.Equal((HttpStatusCode.Redirect, $"/sessions/{session.Id}"),
            (approved.StatusCode, approved.Headers.Location?.OriginalString));
        Assert.Equal(SessionState.Confirmed,
            await app.InDatabaseAsync(db => db.Sessions.Where(s => s.Id == session.Id).Select(s => s.State).SingleAsync()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?handler=Cancel")]
    [InlineData("/people")]
    public async Task A_form_that_no_page_takes_is_refused(string to)
    {
        var session = await _scene.BookedAsync();
        var browser = await _scene.BrowserAsync(session.Mentor);
        using var answer = await Forms.PostAsync(browser, $"/sessions/{session.Id}", [], $"/sessions/{session.Id}{to}");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }
}
