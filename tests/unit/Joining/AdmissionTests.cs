using System.Net;
using System.Net.Http.Json;
using Portal.Sessions.Live;
using Tests.Support;

namespace Tests.Joining;

/// <summary>The waiting room, from the door, the meeting's page, the session's page and the API.</summary>
[Trait("Clock", "moves")]
public sealed class AdmissionTests : IAsyncLifetime
{
    private PortalApp _app = null!;
    private Scene _scene = null!;

    public async Task InitializeAsync()
    {
        _app = await StartAsync();
        _scene = new(_app);
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    private static Task<PortalApp> StartAsync(int automatic = 0) => PortalApp.StartAsync(a => a
        .With("Providers:jitsi:Mode", "SelfHosted").With("Providers:jitsi:Domain", "meet.example.org")
        .With("Providers:jitsi:AppId", "portal").With("Providers:jitsi:AppSecret", "a-secret-of-forty-characters-for-testing")
        .With("Join:WaitingRoom", "MentorAdmits").With("Join:AdmitsAfterMinutes", $"{automatic}"));

    private async Task<(HttpClient Browser, HttpStatusCode Status, string Text)> KnockAsync(Guid participant, HttpClient? browser = null)
    {
        browser ??= _app.Visitor();
        using var answer = await browser.PostAsync(await _scene.LinkAsync(participant), null);
        return (browser, answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task<bool> MayEnterAsync(Guid participant) => (await KnockAsync(participant)).Status == HttpStatusCode.SeeOther;

    private async Task<BookedScene> WaitingAsync(int minute = 0)
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session, minute);
        var (_, status, text) = await KnockAsync(session.MenteePart);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("data-decision=\"WaitingForMentor\"", text);
        Assert.Contains("data-live=\"/join/", text);
        return session;
    }

    private async Task<HttpStatusCode> AdmitAsync(BookedScene session, HttpClient program, Guid? person = null)
    {
        using var answer = await program.PostAsJsonAsync($"/api/v1/sessions/{session.Id}/admit", new { participantId = person });
        return answer.StatusCode;
    }

    [Fact]
    public async Task The_mentor_is_there_and_the_mentee_waits_until_let_in_by_the_API_and_a_reload_changes_nothing()
    {
        var session = await WaitingAsync();
        Assert.True(await MayEnterAsync(session.MentorPart));
        Assert.False(await MayEnterAsync(session.MenteePart));
        var mentor = await _scene.ProgramAsync(session.Mentor);
        Assert.Equal(HttpStatusCode.NotFound, await AdmitAsync(session, mentor, Guid.NewGuid()));
        Assert.False(await MayEnterAsync(session.MenteePart));
        Assert.Equal(HttpStatusCode.NoContent, await AdmitAsync(session, mentor, session.MenteePart));
        Assert.Equal(HttpStatusCode.NoContent, await AdmitAsync(session, mentor, session.MenteePart));
        var (browser, status, _) = await KnockAsync(session.MenteePart);
        Assert.Equal(HttpStatusCode.SeeOther, status);
        for (var i = 0; i < 2; i++)
        {
            using var room = await browser.GetAsync($"/meeting/{session.Id}");
            Assert.Equal(HttpStatusCode.OK, room.StatusCode);
        }
        Assert.Equal([session.MenteePart], (await _scene.EventsAsync(session.Id))
            .Where(e => e.Kind == MeetingEventKind.Admitted).Select(e => e.ParticipantId!.Value));
    }

    [Fact]
    public async Task Nobody_but_the_mentor_lets_people_in_and_not_before_the_door_opens_nor_after_it_has_closed()
    {
        var session = await WaitingAsync();
        Assert.Equal(HttpStatusCode.Forbidden, await AdmitAsync(session, await _scene.ProgramAsync(session.Mentee)));
        Assert.Equal(HttpStatusCode.Forbidden, await AdmitAsync(session, await _scene.ProgramAsync(await _scene.MentorAsync("Another"))));
        (int, HttpStatusCode)[] times = [(-16, HttpStatusCode.Conflict), (89, HttpStatusCode.NoContent), (90, HttpStatusCode.Gone)];
        foreach (var (minute, status) in times)
        {
            _scene.GoTo(session, minute);
            Assert.Equal(status, await AdmitAsync(session, await _scene.ProgramAsync(session.Mentor)));
        }
    }

    [Fact]
    public async Task A_move_closes_the_waiting_room_again()
    {
        var session = await WaitingAsync(-10);
        var mentor = await _scene.ProgramAsync(session.Mentor);
        Assert.Equal(HttpStatusCode.NoContent, await AdmitAsync(session, mentor));
        Assert.True(await MayEnterAsync(session.MenteePart));
        _app.Clock.Advance(TimeSpan.FromMinutes(1));
        using var moved = await mentor.PostAsJsonAsync($"/api/v1/sessions/{session.Id}/move", new { start = session.Start.AddHours(1) });
        Assert.True(moved.IsSuccessStatusCode);
        _scene.GoTo(session, 60);
        Assert.False(await MayEnterAsync(session.MenteePart));
    }

    [Fact]
    public async Task The_portal_lets_in_by_itself_after_so_many_minutes_and_it_lasts()
    {
        await _app.DisposeAsync();
        _app = await StartAsync(automatic: 10);
        _scene = new(_app);
        var session = await WaitingAsync(-5);
        foreach (var (minute, open) in new[] { (9, false), (10, true), (40, true) })
        {
            _scene.GoTo(session, minute);
            Assert.Equal(open, await MayEnterAsync(session.MenteePart));
        }
    }

    [Fact]
    public async Task On_the_sessions_page_the_mentor_sees_who_waits_and_lets_them_in_without_a_script()
    {
        var session = await WaitingAsync();
        var page = $"/sessions/{session.Id}";
        Assert.DoesNotContain("id=\"waiting\"", await (await _scene.BrowserAsync(session.Mentee)).GetStringAsync(page));
        var mentor = await _scene.BrowserAsync(session.Mentor);
        Assert.Contains($"data-person=\"{session.MenteePart}\"", await mentor.GetStringAsync(page));
        using var unproven = await mentor.PostAsync($"{page}/admit", new FormUrlEncodedContent([]));
        Assert.Equal(HttpStatusCode.BadRequest, unproven.StatusCode);
        using var answer = await Forms.PostAsync(mentor, page, new() { ["person"] = $"{session.MenteePart}" }, $"{page}/admit");
        Assert.Equal(page, answer.Headers.Location?.OriginalString);
        var after = await mentor.GetStringAsync(page);
        Assert.Contains("can join now", after);
        Assert.DoesNotContain("id=\"waiting\"", after);
        Assert.True(await MayEnterAsync(session.MenteePart));
        Assert.Contains("Nobody is waiting", await mentor.GetStringAsync($"{page}/admit"));
        using var broken = await Forms.PostAsync(mentor, page, new() { ["person"] = "x" }, $"{page}/admit");
        Assert.Equal(HttpStatusCode.NotFound, broken.StatusCode);
    }

    [Fact]
    public async Task In_the_meeting_only_the_mentors_page_sees_who_waits_and_lets_them_in()
    {
        var session = await WaitingAsync();
        var page = $"/meeting/{session.Id}/waiting";
        var mentor = (await KnockAsync(session.MentorPart)).Browser;
        var seen = await mentor.GetStringAsync(page);
        Assert.Contains($"data-admit=\"{session.MenteePart}\"", seen);
        using (var admitted = await mentor.PostAsync(page, new FormUrlEncodedContent([])))
            Assert.Equal(HttpStatusCode.NoContent, admitted.StatusCode);
        var mentee = (await KnockAsync(session.MenteePart)).Browser;
        seen = await mentee.GetStringAsync(page);
        Assert.Contains($"data-inside=\"{session.MentorPart}\"", seen);
        Assert.DoesNotContain("data-admit", seen);
        using (var refused = await mentee.PostAsync(page, new FormUrlEncodedContent([])))
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using (var stranger = await _app.Visitor().GetAsync(page))
            Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
        using (var stranger = await _app.Visitor().PostAsync(page, new FormUrlEncodedContent([])))
            Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
    }

    [Fact]
    public async Task A_mentor_alone_in_the_meeting_reads_for_whom_they_wait()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session);
        var mentor = (await KnockAsync(session.MentorPart)).Browser;
        Assert.Contains("Waiting for your mentee", await mentor.GetStringAsync($"/meeting/{session.Id}/waiting"));
    }

    [Fact]
    public async Task A_waiting_page_leaves_one_entry_and_all_who_wait_are_let_in_at_once()
    {
        var session = await WaitingAsync();
        var mentor = await _scene.ProgramAsync(session.Mentor);
        using var invited = await mentor.PostAsJsonAsync($"/api/v1/sessions/{session.Id}/invite",
            new { email = "huda@people.example", name = "Huda" });
        var guest = (await invited.JsonAsync(HttpStatusCode.Created)).GetProperty("id").GetGuid();
        Assert.False(await MayEnterAsync(guest));
        Assert.False(await MayEnterAsync(guest));
        Assert.Equal(HttpStatusCode.NoContent, await AdmitAsync(session, mentor));
        Assert.True(await MayEnterAsync(guest));
        Assert.True(await MayEnterAsync(session.MenteePart));
        var events = await _scene.EventsAsync(session.Id);
        Assert.Equal(2, events.Count(e => e.Kind == MeetingEventKind.Admitted));
        Assert.Equal(2, events.Count(e => e.Decision == JoinDecision.WaitingForMentor));
    }
}
