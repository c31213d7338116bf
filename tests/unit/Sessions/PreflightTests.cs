using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Mail.Queue;
using Portal.Mail.Rendering;
using Portal.Sessions.Live;
using Portal.Sessions.Mails;
using Portal.Sessions.Rooms;
using Tests.Support;

namespace Tests.Sessions;

/// <summary>What would keep people from meeting is found a day ahead, told once, and mended by one click.</summary>
public sealed class PreflightTests(PortalApp app) : IClassFixture<PortalApp>
{
    private readonly Scene _scene = new(app);

    private Task RunAsync() => app.InScopeAsync<Preflight>(p => p.RunAsync(default));

    private void Jitsi(HttpStatusCode status) =>
        app.Internet.Answer("https://meet.jit.si/", _ =>
        new HttpResponseMessage(status) { Content = new StringContent("var config = {}; JitsiMeetExternalAPI") });

    private Task<List<SessionTrouble>> TroublesAsync(Guid session) =>
        app.InDatabaseAsync(db => db.SessionTroubles.AsNoTracking().Where(t => t.SessionId == session).ToListAsync());

    private async Task<int> ToldAsync(string address, string kind = "PreflightFailed") =>
        await app.InDatabaseAsync(db => db.Outbox.CountAsync(m => m.Kind == kind && m.ToAddress == address));

    /// <summary>A session with a mentor whose tool needs an address that there is not.</summary>
    private Task<BookedScene> WithoutLinkAsync() => _scene.BookedAsync(profile: m => m.ProviderId = "manual");

    [Fact]
    public async Task A_session_where_all_is_well_is_left_in_peace()
    {
        Jitsi(HttpStatusCode.OK);
        var session = await _scene.BookedAsync();
        app.Clock.MoveTo(session.Start.AddHours(-20));
        await RunAsync();
        Assert.Empty(await TroublesAsync(session.Id));
        Assert.Equal(0, await ToldAsync(session.Mentor.Email!));
    }

    [Fact]
    public async Task A_missing_address_is_found_once_told_once_and_shown_to_administrators()
    {
        Jitsi(HttpStatusCode.OK);
        var admin = await _scene.AdminAsync();
        var session = await WithoutLinkAsync();
        app.Clock.MoveTo(session.Start.AddHours(-25));
        await RunAsync();
        Assert.Empty(await TroublesAsync(session.Id));

        app.Clock.MoveTo(session.Start.AddHours(-23));
        await RunAsync();
        await Task.WhenAll(RunAsync(), RunAsync());
        Assert.Equal(TroubleKind.LinkMissing, Assert.Single(await TroublesAsync(session.Id)).Kind);
        Assert.Equal((1, 0), (await ToldAsync(session.Mentor.Email!), await ToldAsync(admin.Email!)));
        Assert.Contains($"/sessions/{session.Id}", await (await _scene.BrowserAsync(admin)).GetStringAsync("/admin"));

        app.Clock.Advance(TimeSpan.FromMinutes(121));
        await RunAsync();
        await RunAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(10));
        await RunAsync();
        Assert.Equal((1, 1), (await ToldAsync(session.Mentor.Email!), await ToldAsync(admin.Email!)));
        var mail = await app.InDatabaseAsync(db => db.Outbox.SingleAsync(m => m.Kind == "PreflightFailed" && m.ToAddress == admin.Email));
        Assert.Equal(session.Id, mail.SessionId);
        // Who only runs the portal does not take part in the session.
        async Task<string> WhyAsync(OutboxMessage row)
        {
            var model = new PreflightFailed(SessionFacts.For(await app.InDatabaseAsync(db =>
                db.Sessions.Include(s => s.Participants).ThenInclude(p => p.User).SingleAsync(s => s.Id == session.Id)),
                await app.InDatabaseAsync(db => db.Participants.Include(p => p.User).SingleAsync(p => p.Id == session.MentorPart))),
                    TroubleKind.LinkMissing);
            return SessionMail.Why((SessionMailContext)await app.InScopeAsync<MailContexts, MailContext>(c =>
                c.ForReaderAsync(row, model, default)));
        }
        var toMentor = await app.InDatabaseAsync(db =>
            db.Outbox.SingleAsync(m => m.Kind == "PreflightFailed" && m.ToAddress == session.Mentor.Email));
        Assert.Contains("administrator", await WhyAsync(mail));
        Assert.Contains("participant", await WhyAsync(toMentor));
    }

    [Fact]
    public async Task Less_than_three_hours_ahead_the_administrators_hear_of_it_at_once()
    {
        Jitsi(HttpStatusCode.OK);
        var admin = await _scene.AdminAsync();
        var session = await WithoutLinkAsync();
        app.Clock.MoveTo(session.Start.AddMinutes(-179));
        await RunAsync();
        Assert.Equal((1, 1), (await ToldAsync(session.Mentor.Email!), await ToldAsync(admin.Email!)));
    }

    [Fact]
    public async Task One_click_moves_it_to_the_default_tool_and_all_is_well()
    {
        Jitsi(HttpStatusCode.OK);
        var session = await WithoutLinkAsync();
        app.Clock.MoveTo(session.Start.AddHours(-5));
        await RunAsync();
        var browser = await _scene.BrowserAsync(session.Mentor);
        var page = await browser.GetStringAsync($"/sessions/{session.Id}");
        Assert.Contains("id=\"trouble\"", page);
        Assert.Contains("id=\"use-default\"", page);
        Assert.DoesNotContain("id=\"trouble\"", await (await _scene.BrowserAsync(session.Mentee))
            .GetStringAsync($"/sessions/{session.Id}"));
        using (var mentee = await (await _scene.ProgramAsync(session.Mentee))
            .PostAsJsonAsync($"/api/v1/sessions/{session.Id}/use-default-tool", new { }))
            await mentee.ProblemAsync(403);

        var link = await _scene.LinkAsync(session.MenteePart);
        using var mended = await Forms.PostAsync(browser, $"/sessions/{session.Id}", [],
            $"/sessions/{session.Id}/room?handler=DefaultTool");
        Assert.Equal(HttpStatusCode.Redirect, mended.StatusCode);
        Assert.DoesNotContain("id=\"trouble\"", await browser.GetStringAsync($"/sessions/{session.Id}"));
        Assert.NotNull(Assert.Single(await TroublesAsync(session.Id)).SolvedUtc);
        await RunAsync();
        Assert.NotNull(Assert.Single(await TroublesAsync(session.Id)).SolvedUtc);
        Assert.Equal(1, await ToldAsync(session.Mentee.Email!, "RoomChanged"));
        _scene.GoTo(session);
        using var joined = await app.Visitor().PostAsync(link, null);
        Assert.StartsWith("https://meet.jit.si/", joined.Headers.Location?.AbsoluteUri);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_asked_once_for_all_and_told_again_only_when_it_comes_back_later()
    {
        Jitsi(HttpStatusCode.ServiceUnavailable);
        var first = await _scene.BookedAsync();
        var second = await _scene.BookedAsync();
        app.Clock.MoveTo(first.Start.AddHours(-20));
        var asked = app.Internet.Requests.Count;
        await RunAsync();
        Assert.InRange(app.Internet.Requests.Count - asked, 1, 6); // with its own repetitions, for both sessions together
        Assert.Equal(TroubleKind.ServerUnreachable, Assert.Single(await TroublesAsync(first.Id)).Kind);
        Assert.Equal((1, 1), (await ToldAsync(first.Mentor.Email!), await ToldAsync(second.Mentor.Email!)));

        Jitsi(HttpStatusCode.OK);
        await RunAsync();
        Assert.NotNull(Assert.Single(await TroublesAsync(first.Id)).SolvedUtc);
        Jitsi(HttpStatusCode.ServiceUnavailable);
        app.Clock.Advance(TimeSpan.FromMinutes(30));
        await RunAsync();
        Assert.Null(Assert.Single(await TroublesAsync(first.Id)).SolvedUtc);
        Assert.Equal(1, await ToldAsync(first.Mentor.Email!));

        Jitsi(HttpStatusCode.OK);
        await RunAsync();
        Jitsi(HttpStatusCode.ServiceUnavailable);
        app.Clock.Advance(TimeSpan.FromHours(3));
        await RunAsync();
        Assert.Equal(2, await ToldAsync(first.Mentor.Email!));
    }

    [Fact]
    public async Task A_meeting_that_was_never_made_and_a_cancelled_session_are_told_apart()
    {
        Jitsi(HttpStatusCode.OK);
        var session = await _scene.BookedAsync();
        await _scene.ChangeLinkAsync(session.Id, l => (l.State, l.LastFailure) = (MeetingLinkState.Failed, "Rejected: no"));
        app.Clock.MoveTo(session.Start.AddHours(-5));
        await RunAsync();
        Assert.Equal((TroubleKind.MeetingMissing, "Rejected: no"),
            (Assert.Single(await TroublesAsync(session.Id)).Kind, (await TroublesAsync(session.Id))[0].Detail));
        using (var cancelled = await (await _scene.ProgramAsync(session.Mentor))
            .PostAsJsonAsync($"/api/v1/sessions/{session.Id}/cancel", new { reason = "Ill" }))
            Assert.Equal(HttpStatusCode.NoContent, cancelled.StatusCode);
        await RunAsync();
        Assert.NotNull(Assert.Single(await TroublesAsync(session.Id)).SolvedUtc);
    }

    [Fact]
    public async Task The_mentor_is_reminded_of_a_missing_link_once_and_never_for_a_room_of_the_portals()
    {
        var missing = await WithoutLinkAsync();
        var fine = await _scene.BookedAsync();
        var failed = await _scene.BookedAsync();
        await _scene.ChangeLinkAsync(failed.Id, l => l.State = MeetingLinkState.Pending);
        var told = new List<int>();
        foreach (var minute in new[] { -31, -30, -29, -20, -19 })
        {
            _scene.GoTo(missing, minute);
            await app.InScopeAsync<LiveSweep>(s => s.RunAsync(default));
            told.Add(await ToldAsync(missing.Mentor.Email!, "LinkMissing"));
        }
        Assert.Equal([0, 1, 1, 1, 1], told);
        Assert.Equal((0, 0, 0), (await ToldAsync(fine.Mentor.Email!, "LinkMissing"), await ToldAsync(failed.Mentor.Email!, "LinkMissing"),
            await ToldAsync(missing.Mentee.Email!, "LinkMissing")));
    }

    [Theory, Trait("Clock", "moves")]
    [InlineData(-31, 0)]
    [InlineData(-30, 1)]
    [InlineData(-20, 1)]
    [InlineData(-19, 0)] // it would come too late to be of help
    public async Task A_missing_link_is_told_from_30_to_20_minutes_before(int minute, int told)
    {
        var session = await WithoutLinkAsync();
        _scene.GoTo(session, minute);
        await app.InScopeAsync<LiveSweep>(s => s.RunAsync(default));
        Assert.Equal(told, await ToldAsync(session.Mentor.Email!, "LinkMissing"));
    }

    [Fact]
    public async Task A_link_that_was_entered_is_not_missed()
    {
        var session = await WithoutLinkAsync();
        using (var entered = await (await _scene.ProgramAsync(session.Mentor))
            .PostAsJsonAsync($"/api/v1/sessions/{session.Id}/toggle", new { externalMeetingUrl = "https://meet.google.com/abc-defg-hij" }))
            Assert.Equal(HttpStatusCode.NoContent, entered.StatusCode);
        _scene.GoTo(session, -25);
        await app.InScopeAsync<LiveSweep>(s => s.RunAsync(default));
        Assert.Equal(0, await ToldAsync(session.Mentor.Email!, "LinkMissing"));
    }
}
