using System.Net;
using Portal.People;
using Portal.Sessions.Changes;
using Portal.Sessions.Live;
using Portal.Sessions.Rooms;
using Tests.Support;

namespace Tests.Pages.Join;

/// <summary>What becomes of links that are in people's mailboxes when something changes.</summary>
public sealed class JoinLinkLifeTests(PortalApp app) : IClassFixture<PortalApp>
{
    private static readonly Caller Admin = new(null, true);

    private readonly Scene _scene = new(app);

    private async Task<(HttpStatusCode Status, string? Room)> JoinAsync(string link)
    {
        using var answer = await app.Visitor().PostAsync(link, null);
        return (answer.StatusCode, answer.Headers.Location?.GetLeftPart(UriPartial.Path));
    }

    private async Task<string> RoomAsync(string link)
    {
        var (status, room) = await JoinAsync(link);
        Assert.Equal(HttpStatusCode.SeeOther, status);
        return room!;
    }

    private Task<SessionOutcome> DoAsync<T>(Func<T, Task<SessionOutcome>> what) where T : notnull => app.InScopeAsync(what);

    [Fact]
    public async Task Links_go_on_working_in_the_new_room_after_the_meeting_was_made_anew()
    {
        var session = await _scene.BookedAsync();
        var (mentor, mentee) = (await _scene.LinkAsync(session.MentorPart), await _scene.LinkAsync(session.MenteePart));
        _scene.GoTo(session);
        var old = await RoomAsync(mentee);
        Assert.Equal(SessionOutcome.Done, await DoAsync<SessionRooms>(s => s.RemakeLinkAsync(session.Id, Admin, default)));

        var room = await RoomAsync(mentee);
        Assert.NotEqual(old, room);
        Assert.Equal(room, await RoomAsync(mentor));
    }

    [Fact]
    public async Task A_withdrawn_person_is_out_and_the_other_meets_in_a_room_that_person_does_not_know()
    {
        var session = await _scene.BookedAsync();
        var (mentor, mentee) = (await _scene.LinkAsync(session.MentorPart), await _scene.LinkAsync(session.MenteePart));
        _scene.GoTo(session);
        var old = await RoomAsync(mentee);
        Assert.Equal(SessionOutcome.Done,
            await DoAsync<PersonalLinks>(s => s.WithdrawLinkAsync(session.Id, session.MenteePart, Admin, default)));

        Assert.Equal((HttpStatusCode.Gone, null), await JoinAsync(mentee));
        Assert.Equal((HttpStatusCode.Gone, null), await JoinAsync(await _scene.LinkAsync(session.MenteePart)));
        Assert.NotEqual(old, await RoomAsync(mentor));
        Assert.Contains(await _scene.EventsAsync(session.Id),
            e => e.Kind == MeetingEventKind.LinkWithdrawn && e.ParticipantId == session.MenteePart);
        Assert.Single(await _scene.MailsAsync(session.Id), m => m.Kind == "LinkWithdrawn" && m.ParticipantId == session.MenteePart);
    }

    [Fact]
    public async Task A_renewed_link_works_and_the_one_before_it_is_gone()
    {
        var session = await _scene.BookedAsync();
        var (mentor, old) = (await _scene.LinkAsync(session.MentorPart), await _scene.LinkAsync(session.MenteePart));
        Assert.Equal(SessionOutcome.Done,
            await DoAsync<PersonalLinks>(s => s.RenewLinkAsync(session.Id, session.MenteePart, Admin, default)));
        _scene.GoTo(session);

        Assert.Equal(HttpStatusCode.Gone, (await JoinAsync(old)).Status);
        Assert.Equal(await RoomAsync(mentor), await RoomAsync(await _scene.LinkAsync(session.MenteePart)));
    }

    [Fact]
    public async Task Renewing_takes_a_withdrawal_back()
    {
        var session = await _scene.BookedAsync();
        await DoAsync<PersonalLinks>(s => s.WithdrawLinkAsync(session.Id, session.MenteePart, Admin, default));
        await DoAsync<PersonalLinks>(s => s.RenewLinkAsync(session.Id, session.MenteePart, Admin, default));
        _scene.GoTo(session);
        await RoomAsync(await _scene.LinkAsync(session.MenteePart));
    }

    [Fact]
    public async Task Nothing_can_be_done_about_links_once_the_session_is_cancelled_or_over()
    {
        var (cancelled, over) = (await _scene.BookedAsync(), await _scene.BookedAsync());
        await DoAsync<Cancellation>(s => s.CancelAsync(cancelled.Id, Admin, "Ill", default));
        foreach (var session in new[] { cancelled, over })
        {
            app.Clock.MoveTo(over.End);
            Assert.Equal(
                (SessionOutcome.TooLate, SessionOutcome.TooLate, SessionOutcome.TooLate),
                (await DoAsync<SessionRooms>(s => s.RemakeLinkAsync(session.Id, Admin, default)),
                 await DoAsync<PersonalLinks>(s => s.WithdrawLinkAsync(session.Id, session.MenteePart, Admin, default)),
                 await DoAsync<PersonalLinks>(s => s.RenewLinkAsync(session.Id, session.MenteePart, Admin, default))));
        }
    }

    [Fact]
    public async Task A_link_works_for_whoever_holds_it_also_in_a_browser_of_somebody_else()
    {
        var session = await _scene.BookedAsync();
        var browser = await _scene.BrowserAsync(await _scene.PersonAsync("Somebody Else"));
        _scene.GoTo(session);
        using var answer = await browser.PostAsync(await _scene.LinkAsync(session.MenteePart), null);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }

    [Theory]
    [InlineData("?returnUrl=https://evil.example/")]
    [InlineData("?url=https://evil.example/&target=//evil.example&next=/evil&redirect_uri=https:evil.example&provider=manual")]
    public async Task Nothing_in_a_request_chooses_where_it_leads(string query)
    {
        var session = await _scene.BookedAsync();
        var link = await _scene.LinkAsync(session.MenteePart);
        _scene.GoTo(session);
        var room = await RoomAsync(link);

        var browser = app.Visitor();
        browser.DefaultRequestHeaders.Host = "evil.example";
        browser.DefaultRequestHeaders.Add("X-Forwarded-Host", "evil.example");
        using var answer = await browser.PostAsync(link + query,
            new FormUrlEncodedContent(new Dictionary<string, string> { ["returnUrl"] = "https://evil.example/", ["room"] = "evil" }));
        Assert.Equal(room, answer.Headers.Location!.GetLeftPart(UriPartial.Path));
        Assert.DoesNotContain("evil", answer.Headers.Location.AbsoluteUri);
        using var shown = await browser.GetAsync(link + query);
        // (The switch of languages comes back to this address, query and all: a path of ours.)
        Assert.DoesNotMatch("(href|src|action|content)=\"[^\"/?]*(:|//)[^\"]*evil", await shown.Content.ReadAsStringAsync());
    }
}
