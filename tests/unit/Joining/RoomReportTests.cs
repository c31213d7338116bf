using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Portal.Sessions;
using Portal.Sessions.Attending;
using Portal.Sessions.Live;
using Tests.Pages.Join;
using Tests.Support;

namespace Tests.Joining;

/// <summary>What the room's page reports, and what becomes of it.</summary>
[Trait("Clock", "moves")]
public sealed class RoomReportTests(SelfHostedApp selfHosted) : IClassFixture<SelfHostedApp>
{
    private readonly PortalApp _app = selfHosted.App;
    private readonly Scene _scene = new(selfHosted.App);

    private async Task<HttpClient> EnterAsync(Guid participant)
    {
        var browser = _app.Visitor();
        using var answer = await browser.PostAsync(await _scene.LinkAsync(participant), null);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return browser;
    }

    private static async Task<HttpStatusCode> ReportAsync(HttpClient browser, Guid session, object report)
    {
        using var answer = await browser.PostAsJsonAsync($"/meeting/{session}?handler=Report", report);
        return answer.StatusCode;
    }

    private Task<List<RoomStay>> StaysAsync(Guid session) => _app.InDatabaseAsync(db =>
        db.RoomStays.Where(s => s.SessionId == session).OrderBy(s => s.FromUtc).ToListAsync());

    /// <summary>Half a minute between two reports, as the page has it.</summary>
    private async Task StayAsync(HttpClient browser, Guid session, Guid page, int minutes)
    {
        for (var i = 0; i <= minutes * 2; i++)
        {
            Assert.Equal(HttpStatusCode.NoContent, await ReportAsync(browser, session, new { page, @in = true }));
            if (i < minutes * 2)
                _app.Clock.Advance(TimeSpan.FromSeconds(30));
        }
    }

    [Fact]
    public async Task A_lesson_with_a_lost_line_and_a_crash_is_recorded_to_the_minute()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session, 2);
        var (browser, first, second) = (await EnterAsync(session.MenteePart), Guid.NewGuid(), Guid.NewGuid());
        await StayAsync(browser, session.Id, first, 10);
        Assert.Equal(HttpStatusCode.NoContent, await ReportAsync(browser, session.Id, new { page = first, @in = false, end = "dropped" }));
        _app.Clock.Advance(TimeSpan.FromMinutes(3));
        await StayAsync(browser, session.Id, first, 10);
        // The browser crashed; its person comes back with another page five minutes later, and closes it in the end.
        _app.Clock.Advance(TimeSpan.FromMinutes(5));
        await StayAsync(browser, session.Id, second, 10);
        Assert.Equal(HttpStatusCode.NoContent, await ReportAsync(browser, session.Id, new { page = second, @in = false, end = "closed" }));

        var stays = await StaysAsync(session.Id);
        Assert.Equal([(StayEnd?)StayEnd.Dropped, null, StayEnd.Closed], stays.Select(s => s.End));
        Assert.All(stays, s => Assert.Equal(10, (s.UntilUtc - s.FromUtc).TotalMinutes));
        var kinds = (await _scene.EventsAsync(session.Id)).Where(e => e.ParticipantId == session.MenteePart).Select(e => e.Kind);
        Assert.Equal([MeetingEventKind.Joined, MeetingEventKind.Dropped, MeetingEventKind.Rejoined, MeetingEventKind.Left], kinds);

        var seen = await (await (await _scene.ProgramAsync(session.Mentor)).GetAsync($"/api/v1/sessions/{session.Id}/attendance"))
            .JsonAsync(HttpStatusCode.OK);
        var mentee = seen.GetProperty("people").EnumerateArray().Single(p => p.GetProperty("id").GetGuid() == session.MenteePart);
        Assert.Equal(("room", 30, 2, 1), (mentee.GetProperty("evidence").GetString(), mentee.GetProperty("minutes").GetDouble(),
            mentee.GetProperty("lateMinutes").GetDouble(), mentee.GetProperty("drops").GetInt32()));
        Assert.Equal(0, seen.GetProperty("togetherMinutes").GetDouble());
    }

    [Fact]
    public async Task Who_was_not_in_drops_nothing_and_a_dropped_line_is_written_once()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session);
        var (browser, page) = (await EnterAsync(session.MenteePart), Guid.NewGuid());
        var dropped = new { page, @in = false, end = "dropped" };
        await ReportAsync(browser, session.Id, dropped);
        await ReportAsync(browser, session.Id, new { page, @in = true });
        for (var i = 0; i < 3; i++)
            await ReportAsync(browser, session.Id, dropped);
        Assert.Single(await _scene.EventsAsync(session.Id), e => e.Kind == MeetingEventKind.Dropped);
    }

    [Fact]
    public async Task A_page_that_says_to_be_another_one_each_time_leaves_so_many_stays_and_then_prolongs_the_newest()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session);
        var (browser, start) = (await EnterAsync(session.MenteePart), _app.Clock.GetUtcNow());
        await _app.InDatabaseAsync(async db =>
        {
            db.RoomStays.AddRange(Enumerable.Range(0, RoomStays.MaxStays - 1).Select(_ => new RoomStay
            {
                SessionId = session.Id,
                ParticipantId = session.MenteePart,
                PageId = Guid.NewGuid(),
                FromUtc = start,
                UntilUtc = start,
                End = StayEnd.Closed,
            }));
            await db.SaveChangesAsync();
        });
        for (var i = 0; i < 3; i++)
        {
            _app.Clock.Advance(TimeSpan.FromSeconds(30));
            Assert.Equal(HttpStatusCode.NoContent, await ReportAsync(browser, session.Id, new { page = Guid.NewGuid(), @in = true }));
        }
        var stays = await StaysAsync(session.Id);
        Assert.Equal(RoomStays.MaxStays, stays.Count);
        Assert.Equal(TimeSpan.FromMinutes(1), stays[^1].UntilUtc - stays[^1].FromUtc);
        Assert.Null(stays[^1].End);
    }

    [Fact]
    public async Task One_persons_pages_tell_so_much_in_a_minute_and_the_others_behind_the_same_address_none_the_less()
    {
        await using var app = await PortalApp.StartAsync(a => a.With("RateLimits:Enabled", "true").With("RateLimits:RoomPerMinute", "10")
            .With("Providers:jitsi:Mode", "SelfHosted").With("Providers:jitsi:Domain", "meet.example.org")
            .With("Providers:jitsi:AppId", "portal").With("Providers:jitsi:AppSecret", "a-secret-of-forty-characters-for-testing"));
        var scene = new Scene(app);
        var session = await scene.BookedAsync();
        scene.GoTo(session);
        var (mentor, mentee) = (app.Visitor(), app.Visitor());
        foreach (var (browser, part) in new[] { (mentor, session.MentorPart), (mentee, session.MenteePart) })
            using (var answer = await browser.PostAsync(await scene.LinkAsync(part), null))
                Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        for (var i = 0; i < 10; i++)
            Assert.Equal(HttpStatusCode.NoContent, await ReportAsync(mentee, session.Id, new { page = Guid.NewGuid(), @in = true }));
        Assert.Equal(HttpStatusCode.TooManyRequests, await ReportAsync(mentee, session.Id, new { page = Guid.NewGuid(), @in = true }));
        Assert.Equal(HttpStatusCode.NoContent, await ReportAsync(mentor, session.Id, new { page = Guid.NewGuid(), @in = true }));
        // Looking whether the room changed is no report.
        using var look = await mentee.GetAsync($"/meeting/{session.Id}?handler=State&room=1");
        Assert.Equal(HttpStatusCode.OK, look.StatusCode);
    }

    [Fact]
    public async Task A_laptop_that_slept_was_away_and_a_moment_of_silence_is_nothing()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session);
        var (browser, page) = (await EnterAsync(session.MenteePart), Guid.NewGuid());
        foreach (var wait in new[] { 0, 99, 101, 30 })
        {
            _app.Clock.Advance(TimeSpan.FromSeconds(wait));
            await ReportAsync(browser, session.Id, new { page, @in = true });
        }
        Assert.Equal([99d, 30d], (await StaysAsync(session.Id)).Select(s => (s.UntilUtc - s.FromUtc).TotalSeconds));
    }

    [Fact]
    public async Task What_was_used_is_counted_and_never_what_was_said()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session);
        var (browser, page) = (await EnterAsync(session.MenteePart), Guid.NewGuid());
        await ReportAsync(browser, session.Id, new { page, @in = true });
        await ReportAsync(browser, session.Id,
            new { page, @in = true, used = new { mutes = 2, shares = 1, messages = 3, hands = 1, poor = 20 } });
        await ReportAsync(browser, session.Id, new { page, @in = false, end = "left", used = new { mutes = 1 } });
        var stay = Assert.Single(await StaysAsync(session.Id));
        Assert.Equal((3, 1, 3, 1, 20), (stay.Mutes, stay.ScreenShares, stay.Messages, stay.Hands, stay.PoorSeconds));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"page":"00000000-0000-0000-0000-000000000000","in":true}""")]
    [InlineData("""{"page":"6b2f7c52-9a43-4c57-8f37-0a1a8f2f8a11","in":true,"end":"left"}""")]
    [InlineData("""{"page":"6b2f7c52-9a43-4c57-8f37-0a1a8f2f8a11","in":false,"end":"vanished"}""")]
    [InlineData("""{"page":"6b2f7c52-9a43-4c57-8f37-0a1a8f2f8a11","in":false,"end":1}""")]
    [InlineData("""{"page":"6b2f7c52-9a43-4c57-8f37-0a1a8f2f8a11","in":true,"used":{"mutes":-1}}""")]
    [InlineData("""{"page":"6b2f7c52-9a43-4c57-8f37-0a1a8f2f8a11","in":true,"used":{"mutes":5000}}""")]
    [InlineData("""{"page":"6b2f7c52-9a43-4c57-8f37-0a1a8f2f8a11","in":true,"errors":["<script>"]}""")]
    [InlineData("""{"page":"6b2f7c52-9a43-4c57-8f37-0a1a8f2f8a11","in":true,"errors":[null]}""")]
    [InlineData("""{"page":"6b2f7c52-9a43-4c57-8f37-0a1a8f2f8a11","in":true,"errors":["a","b","c","d","e","f"]}""")]
    [InlineData("""{"page":"6b2f7c52-9a43-4c57-8f37-0a1a8f2f8a11","in":true,"x":[[[[[[1]]]]]]}""")]
    public async Task What_is_no_report_is_refused_and_leaves_nothing(string body)
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session);
        var browser = await EnterAsync(session.MenteePart);
        using var answer = await browser.PostAsync(
            $"/meeting/{session.Id}?handler=Report", new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(await StaysAsync(session.Id));
    }

    [Fact]
    public async Task A_report_that_is_too_long_is_refused()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session);
        var browser = await EnterAsync(session.MenteePart);
        var body = $$"""{"page":"{{Guid.NewGuid()}}","in":true,"x":"{{new string('x', RoomReport.MaxBytes)}}"}""";
        using var answer = await browser.PostAsync($"/meeting/{session.Id}?handler=Report", new StringContent(body));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Errors_are_kept_by_name_and_not_without_end()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session);
        var (browser, page) = (await EnterAsync(session.MenteePart), Guid.NewGuid());
        for (var i = 0; i < 30; i++)
            await ReportAsync(browser, session.Id, new { page, @in = true, errors = new[] { "conference.iceFailed", "micError" } });
        var errors = (await _scene.EventsAsync(session.Id)).Where(e => e.Kind == MeetingEventKind.RoomError).ToList();
        Assert.InRange(errors.Count, 38, 42);
        Assert.Contains(errors, e => e.Details!.Contains("conference.iceFailed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_only_pressed_has_not_come_to_a_room_in_our_page()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session);
        var (mentor, _) = (await EnterAsync(session.MentorPart), await EnterAsync(session.MenteePart));
        await ReportAsync(mentor, session.Id, new { page = Guid.NewGuid(), @in = true });
        var came = await _app.InScopeAsync<Attendance, Dictionary<Guid, DateTimeOffset>>(async a => await a.CameAsync(
            [await _app.InDatabaseAsync(db => db.Sessions.Include(s => s.Participants).SingleAsync(s => s.Id == session.Id))], default));
        Assert.Equal([session.MentorPart], came.Keys);
    }

    [Fact]
    public async Task Who_was_let_in_and_could_not_open_the_room_has_come_all_the_same()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session);
        var mentee = await EnterAsync(session.MenteePart);
        using (await mentee.PostAsync($"/meeting/{session.Id}?handler=Trouble", null)) { }
        var came = await _app.InScopeAsync<Attendance, Dictionary<Guid, DateTimeOffset>>(async a => await a.CameAsync(
            [await _app.InDatabaseAsync(db => db.Sessions.Include(s => s.Participants).SingleAsync(s => s.Id == session.Id))], default));
        Assert.Equal([session.MenteePart], came.Keys);
    }

    [Fact]
    public async Task A_page_whose_link_was_withdrawn_says_goodbye_by_whatever_it_reports()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session);
        var (mentee, mentor, page) = (await EnterAsync(session.MenteePart), await EnterAsync(session.MentorPart), Guid.NewGuid());
        await ReportAsync(mentee, session.Id, new { page, @in = true });
        using var removed = await mentor.PostAsync($"/meeting/{session.Id}/host?handler=Remove",
            new FormUrlEncodedContent(new Dictionary<string, string> { ["participant"] = $"{session.MenteePart}" }));
        Assert.Equal(HttpStatusCode.OK, removed.StatusCode);
        _app.Clock.Advance(TimeSpan.FromSeconds(30));
        await ReportAsync(mentee, session.Id, new { page, @in = true });
        Assert.Equal(StayEnd.Left, Assert.Single(await StaysAsync(session.Id)).End);
    }

    [Fact]
    public async Task The_people_read_of_attendance_is_the_mentors_and_the_administrators()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session, 5);
        var mentee = await EnterAsync(session.MenteePart);
        await StayAsync(mentee, session.Id, Guid.NewGuid(), 2);
        foreach (var (who, status) in new[]
        {
            (session.Mentor, HttpStatusCode.OK), (await _scene.AdminAsync(), HttpStatusCode.OK),
            (session.Mentee, HttpStatusCode.Forbidden), (await _scene.PersonAsync(), HttpStatusCode.Forbidden),
        })
        {
            using var answer = await (await _scene.ProgramAsync(who)).GetAsync($"/api/v1/sessions/{session.Id}/attendance");
            Assert.Equal(status, answer.StatusCode);
        }
        var page = await (await _scene.BrowserAsync(session.Mentor)).GetStringAsync($"/sessions/{session.Id}");
        Assert.Contains("id=\"attendance\"", page);
        Assert.Contains("Was in the meeting room", page);
        var theirs = await (await _scene.BrowserAsync(session.Mentee)).GetStringAsync($"/sessions/{session.Id}");
        Assert.DoesNotContain("id=\"attendance\"", theirs);
    }
}
