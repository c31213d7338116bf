using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Sessions.Live;
using Tests.Pages.Join;
using Tests.Support;

namespace Tests.Joining;

/// <summary>What happens to people who are in the room already.</summary>
[Trait("Clock", "moves")]
public sealed class RunningMeetingTests(SelfHostedApp selfHosted) : IClassFixture<SelfHostedApp>
{
    private readonly PortalApp _app = selfHosted.App;
    private readonly Scene _scene = new(selfHosted.App);

    private async Task<HttpClient> EnterAsync(Guid participant)
    {
        var browser = _app.Visitor();
        using var answer = await browser.PostAsync(await _scene.LinkAsync(participant), null);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        using var room = await browser.GetAsync(answer.Headers.Location);
        Assert.Equal(HttpStatusCode.OK, room.StatusCode);
        return browser;
    }

    private async Task<int> RoomAsync(Guid session) =>
        await _app.InDatabaseAsync(db => db.Sessions.Where(s => s.Id == session).Select(s => s.RoomVersion).SingleAsync());

    private static async Task<bool> MustGoAsync(HttpClient browser, Guid session, int room) =>
        (await (await browser.GetAsync($"/meeting/{session}?handler=State&room={room}")).JsonAsync(HttpStatusCode.OK))
            .GetProperty("go").GetBoolean();

    [Fact]
    public async Task A_meeting_that_was_extended_can_be_opened_again_after_its_old_end_and_not_after_the_new_one()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session, 50);
        var browser = await EnterAsync(session.MenteePart);
        using var extended = await (await _scene.ProgramAsync(session.Mentor)).PostAsJsonAsync($"/api/v1/sessions/{session.Id}/extend",
            new { minutes = 15 });
        Assert.Equal(HttpStatusCode.OK, extended.StatusCode);
        foreach (var (minute, status) in new[] { (95, HttpStatusCode.OK), (104, HttpStatusCode.OK), (105, HttpStatusCode.Gone) })
        {
            _scene.GoTo(session, minute);
            using var again = await browser.GetAsync($"/meeting/{session.Id}");
            Assert.Equal(status, again.StatusCode);
        }
        Assert.Single(await _scene.EventsAsync(session.Id), e => e.Kind == MeetingEventKind.Joined);
    }

    [Fact]
    public async Task A_link_that_is_withdrawn_meanwhile_leaves_the_others_in_one_room_and_its_owner_is_told()
    {
        var session = await _scene.BookedAsync();
        var mentor = await _scene.ProgramAsync(session.Mentor);
        var guest = (await (await mentor.PostAsJsonAsync($"/api/v1/sessions/{session.Id}/invite",
            new { email = "inside@people.example", name = "Huda" })).JsonAsync(HttpStatusCode.Created)).GetProperty("id").GetGuid();
        _scene.GoTo(session);
        var (inside, other, room) = (await EnterAsync(guest), await EnterAsync(session.MenteePart), await RoomAsync(session.Id));
        Assert.False(await MustGoAsync(inside, session.Id, room));

        mentor = await _scene.ProgramAsync(session.Mentor); // the token's hour is over
        (await mentor.PostAsync($"/api/mentoring/session/{session.Id}/participants/{guest}/withdraw-link", null)).EnsureSuccessStatusCode();
        Assert.Equal(room, await RoomAsync(session.Id));
        Assert.True(await MustGoAsync(inside, session.Id, room));
        Assert.False(await MustGoAsync(other, session.Id, room));
        using var gone = await inside.GetAsync($"/meeting/{session.Id}");
        using var stays = await other.GetAsync($"/meeting/{session.Id}");
        Assert.Equal((HttpStatusCode.Gone, HttpStatusCode.OK), (gone.StatusCode, stays.StatusCode));
    }

    [Fact]
    public async Task A_link_that_is_withdrawn_before_anybody_came_changes_the_room()
    {
        var session = await _scene.BookedAsync();
        var mentor = await _scene.ProgramAsync(session.Mentor);
        using var invited = await mentor.PostAsJsonAsync($"/api/v1/sessions/{session.Id}/invite", new { });
        var guest = (await invited.JsonAsync(HttpStatusCode.Created)).GetProperty("id").GetGuid();
        var room = await RoomAsync(session.Id);
        (await mentor.PostAsync($"/api/mentoring/session/{session.Id}/participants/{guest}/withdraw-link", null)).EnsureSuccessStatusCode();
        Assert.Equal(room + 1, await RoomAsync(session.Id));
    }

    [Fact]
    public async Task A_room_that_is_made_anew_takes_those_along_who_are_in_it_and_all_are_told()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session);
        var (browser, room) = (await EnterAsync(session.MenteePart), await RoomAsync(session.Id));
        (await (await _scene.ProgramAsync(session.Mentor)).PostAsync($"/api/mentoring/session/{session.Id}/generate-link", null))
            .EnsureSuccessStatusCode();
        Assert.Equal(room + 1, await RoomAsync(session.Id));
        Assert.True(await MustGoAsync(browser, session.Id, room));
        Assert.False(await MustGoAsync(browser, session.Id, room + 1));
        Assert.Equal(2, (await _scene.MailsAsync(session.Id)).Count(m => m.Kind == "RoomChanged"));
    }

    [Fact]
    public async Task Nobody_else_learns_anything_of_a_room()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session);
        using var state = await _app.Visitor().GetAsync($"/meeting/{session.Id}?handler=State&room=1");
        using var left = await _app.Visitor().PostAsync($"/meeting/{session.Id}?handler=Report", null);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (state.StatusCode, left.StatusCode));
    }

    [Fact]
    public async Task Who_leaves_is_written_down_once_and_a_page_that_is_loaded_anew_has_not_left()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session);
        var browser = await EnterAsync(session.MenteePart);
        async Task<string> KindsAsync() =>
            string.Join(' ', (await _scene.EventsAsync(session.Id)).Where(e => e.ParticipantId == session.MenteePart).Select(e => e.Kind));
        async Task LeaveAsync()
        {
            _app.Clock.Advance(TimeSpan.FromSeconds(10));
            using var left = await browser.PostAsJsonAsync(
                $"/meeting/{session.Id}?handler=Report", new { page = Guid.NewGuid(), @in = false, end = "closed" });
            Assert.Equal(HttpStatusCode.NoContent, left.StatusCode);
        }
        await LeaveAsync();
        await LeaveAsync();
        Assert.Equal("Joined Left", await KindsAsync());
        _app.Clock.Advance(TimeSpan.FromSeconds(10));
        using (await browser.GetAsync($"/meeting/{session.Id}")) { }
        Assert.Equal("Joined", await KindsAsync());
        await LeaveAsync();
        _app.Clock.Advance(TimeSpan.FromMinutes(5));
        using (await browser.GetAsync($"/meeting/{session.Id}")) { }
        Assert.Equal("Joined Left Joined", await KindsAsync());
    }

    [Fact]
    public async Task A_join_that_a_program_hands_to_a_browser_counts_once_and_a_failed_provider_spends_no_pass()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session);
        var program = await _scene.ProgramAsync(session.Mentee);
        program.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        var answer = await (await program.PostAsync($"/api/mentoring/session/{session.Id}/join", null)).JsonAsync(HttpStatusCode.OK);
        Assert.DoesNotContain(await _scene.EventsAsync(session.Id), e => e.Kind == MeetingEventKind.Joined);
        var path = new Uri(answer.GetProperty("url").GetString()!).AbsolutePath;

        var handle = "";
        await _scene.ChangeLinkAsync(session.Id, l => (handle, l.Handle) = (l.Handle!, "no room/at all"));
        using var failed = await _app.Visitor().PostAsync(path, null);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, failed.StatusCode);
        await _scene.ChangeLinkAsync(session.Id, l => l.Handle = handle);
        var browser = _app.Visitor();
        using var entered = await browser.PostAsync(path, null);
        Assert.Equal(HttpStatusCode.SeeOther, entered.StatusCode);
        using (await browser.GetAsync(entered.Headers.Location)) { }
        Assert.Single(await _scene.EventsAsync(session.Id), e => e.Kind == MeetingEventKind.Joined);
        using var spent = await _app.Visitor().PostAsync(path, null);
        Assert.Equal(HttpStatusCode.Gone, spent.StatusCode);
    }

    [Fact]
    public async Task A_stranger_at_the_door_is_written_down_once()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session);
        var stranger = await _scene.ProgramAsync(await _scene.PersonAsync());
        for (var i = 0; i < 3; i++)
        {
            using var answer = await stranger.PostAsync($"/api/mentoring/session/{session.Id}/join", null);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
        Assert.Single(await _scene.EventsAsync(session.Id), e => e.Decision == JoinDecision.NotParticipant && e.ParticipantId == null);
    }

    [Theory]
    [InlineData("same-origin", "document", null, true), InlineData("none", "document", null, true)]
    [InlineData("cross-site", "document", null, false), InlineData("same-site", "document", null, false)]
    [InlineData(null, null, null, false)]
    [InlineData("same-origin", "image", null, false), InlineData("same-origin", "empty", null, false)]
    [InlineData("none", "document", "prefetch;prerender", false)]
    public async Task A_link_is_followed_into_the_room_only_by_a_person_who_goes_there(
        string? site, string? dest, string? purpose, bool enters)
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session);
        var browser = await _scene.BrowserAsync(session.Mentee);
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/mentoring/session/{session.Id}/join");
        foreach (var (name, value) in new[] { ("Sec-Fetch-Site", site), ("Sec-Fetch-Dest", dest), ("Sec-Purpose", purpose) })
            if (value is not null)
                request.Headers.Add(name, value);
        using var answer = await browser.SendAsync(request);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var to = enters ? $"/meeting/{session.Id}" : await _scene.LinkAsync(session.MenteePart);
        Assert.Equal(to, answer.Headers.Location?.OriginalString);
        Assert.Equal(enters ? 1 : 0, (await _scene.EventsAsync(session.Id)).Count(e => e.Kind == MeetingEventKind.Joined));
    }
}
