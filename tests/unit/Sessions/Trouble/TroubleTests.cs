using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Sessions.Trouble;
using Tests.Pages.Join;
using Tests.Support;

namespace Tests.Sessions.Trouble;

/// <summary>"Something does not work", from each place, to the administrators' page and back by mail.</summary>
[Trait("Clock", "moves")]
public sealed class TroubleTests(SelfHostedApp selfHosted) : IClassFixture<SelfHostedApp>
{
    private const string Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0";

    private readonly PortalApp _app = selfHosted.App;
    private readonly Scene _scene = new(selfHosted.App);

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.ToDictionary(f => f.Name, f => f.Value));

    private Task<List<TroubleReport>> ReportsAsync(Guid session) => _app.InDatabaseAsync(db =>
        db.TroubleReports.AsNoTracking().Where(r => r.SessionId == session).OrderBy(r => r.AtUtc).ToListAsync());

    private async Task<HttpClient> EnterAsync(Guid participant)
    {
        var browser = _app.Visitor();
        using var answer = await browser.PostAsync(await _scene.LinkAsync(participant), null);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return browser;
    }

    [Fact]
    public async Task From_every_place_it_comes_with_what_is_known_and_without_secrets()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session);
        var link = await _scene.LinkAsync(session.MenteePart);
        var browser = await EnterAsync(session.MenteePart);
        browser.DefaultRequestHeaders.UserAgent.ParseAdd(Firefox);
        Assert.Contains("id=\"trouble-box\"", await browser.GetStringAsync(link));
        using (var atDoor = await browser.PostAsync($"{link}?handler=Trouble",
            Form(("words", " No sound "), ("check", """{"microphone":"bad"}"""))))
            Assert.Equal((HttpStatusCode.SeeOther, $"{link}?told=true"), (atDoor.StatusCode, atDoor.Headers.Location?.OriginalString));
        Assert.Contains("id=\"trouble-told\"", await browser.GetStringAsync($"{link}?told=true"));
        using (var inRoom = await browser.PostAsync($"/meeting/{session.Id}/trouble", Form(("page", "failed"), ("line", "poor"))))
            Assert.Contains("Sent", (await inRoom.JsonAsync(HttpStatusCode.OK)).GetProperty("text").GetString());
        var account = await _scene.BrowserAsync(session.Mentee);
        using (var onPage = await Forms.PostAsync(account, $"/sessions/{session.Id}", new() { ["words"] = "<b>help</b>" }, $"/sessions/{session.Id}/trouble"))
            Assert.Equal($"/sessions/{session.Id}", onPage.Headers.Location?.OriginalString);
        using (var byProgram = await (await _scene.ProgramAsync(session.Mentee)).PostAsJsonAsync($"/api/v1/sessions/{session.Id}/trouble", new { }))
            Assert.Equal(HttpStatusCode.NoContent, byProgram.StatusCode);

        var reports = await ReportsAsync(session.Id);
        Assert.Equal([TroublePlace.Door, TroublePlace.Room, TroublePlace.Session, TroublePlace.Api],
            reports.Select(r => r.Place).Order());
        Assert.All(reports, r => Assert.Equal(session.MenteePart, r.ParticipantId));
        var door = reports.Single(r => r.Place == TroublePlace.Door);
        Assert.Equal("No sound", door.Words);
        var facts = TroubleFacts.Read(door.Facts);
        Assert.Equal(("Firefox 133", "Linux", "jitsi", "Open", "bad"),
            (facts.Browser, facts.System, facts.Tool, facts.Page, facts.Check?.Microphone));
        var room = TroubleFacts.Read(reports.Single(r => r.Place == TroublePlace.Room).Facts);
        Assert.Equal(("failed", "poor"), (room.Page, room.Line));
        Assert.All(reports, r => Assert.DoesNotContain(link.Split('/')[^1], r.Facts));
    }

    [Fact]
    public async Task After_five_of_one_person_in_one_session_it_is_enough_and_others_are_heard_all_the_same()
    {
        var session = await _scene.BookedAsync();
        var program = await _scene.ProgramAsync(session.Mentee);
        for (var i = 0; i < 6; i++)
            using (var answer = await program.PostAsJsonAsync($"/api/v1/sessions/{session.Id}/trouble", new { words = $"{i}" }))
                Assert.Equal(i < 5 ? HttpStatusCode.NoContent : HttpStatusCode.TooManyRequests, answer.StatusCode);
        using var mentor = await (await _scene.ProgramAsync(session.Mentor)).PostAsJsonAsync($"/api/v1/sessions/{session.Id}/trouble", new { });
        Assert.Equal(HttpStatusCode.NoContent, mentor.StatusCode);
        Assert.Equal(6, (await ReportsAsync(session.Id)).Count);
    }

    [Fact]
    public async Task Nobody_reports_for_a_session_that_is_not_theirs_and_nothing_too_long_or_hidden()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session);
        var stranger = await _scene.ProgramAsync(await _scene.PersonAsync());
        var path = $"/api/v1/sessions/{session.Id}/trouble";
        using (var answer = await stranger.PostAsJsonAsync(path, new { }))
            await answer.ProblemAsync(403);
        using (var answer = await stranger.PostAsJsonAsync($"/api/v1/sessions/{Guid.NewGuid()}/trouble", new { }))
            await answer.ProblemAsync(404);
        foreach (var words in new[] { new string('x', TroubleReport.MaxWords + 1), "a\u202Eb" })
        {
            using (var answer = await (await _scene.ProgramAsync(session.Mentee)).PostAsJsonAsync(path, new { words }))
                await answer.ProblemAsync(422);
            using (var door = await _app.Visitor().PostAsync($"{await _scene.LinkAsync(session.MenteePart)}?handler=Trouble", Form(("words", words))))
                Assert.Equal(HttpStatusCode.BadRequest, door.StatusCode);
            using var room = await (await EnterAsync(session.MenteePart)).PostAsync($"/meeting/{session.Id}/trouble", Form(("words", words)));
            Assert.Equal(HttpStatusCode.BadRequest, room.StatusCode);
        }
        using (var guess = await _app.Visitor().PostAsync($"/meeting/{session.Id}/trouble", Form()))
            Assert.Equal(HttpStatusCode.NotFound, guess.StatusCode);
        using (var guess = await _app.Visitor().PostAsync("/join/guess?handler=Trouble", Form()))
            Assert.Equal(HttpStatusCode.NotFound, guess.StatusCode);
        Assert.Empty(await ReportsAsync(session.Id));
    }

    [Fact]
    public async Task An_administrator_reads_the_facts_and_answers_once_by_mail_and_the_trail_knows()
    {
        var session = await _scene.BookedAsync(topic: "Silence & sound");
        _scene.GoTo(session);
        var browser = await EnterAsync(session.MenteePart);
        browser.DefaultRequestHeaders.UserAgent.ParseAdd(Firefox);
        using (await browser.PostAsJsonAsync($"/meeting/{session.Id}?handler=Report", new { page = Guid.NewGuid(), @in = true, errors = new[] { "micError" } })) { }
        using (await browser.PostAsync($"/meeting/{session.Id}/trouble", Form(("words", "Nobody <hears> me"), ("page", "joined")))) { }
        var report = Assert.Single(await ReportsAsync(session.Id)).Id;
        var admin = await _scene.BrowserAsync(await _scene.AdminAsync());
        Assert.Contains("href=\"/admin/trouble\"", await admin.GetStringAsync("/admin"));
        var page = await admin.GetStringAsync("/admin/trouble");
        foreach (var fact in new[] { $"{report}", "Silence &amp; sound", "Nobody &lt;hears&gt; me", "Firefox 133", "micError", "Meeting room", "In the meeting" })
            Assert.Contains(fact, page);

        using (var empty = await Forms.PostAsync(admin, "/admin/trouble", new() { ["report"] = $"{report}", ["answer"] = " " }))
            Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
        using (var none = await Forms.PostAsync(admin, "/admin/trouble", new() { ["report"] = $"{Guid.NewGuid()}", ["answer"] = "x" }))
            Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        using (var answer = await Forms.PostAsync(admin, "/admin/trouble", new() { ["report"] = $"{report}", ["answer"] = "Allow the microphone." }))
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        using (var second = await Forms.PostAsync(admin, "/admin", new() { ["report"] = $"{report}", ["answer"] = "Again." }, "/admin/trouble"))
            Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);

        var mail = Assert.Single(await _scene.MailsAsync(session.Id), m => m.Kind == "TroubleAnswered");
        Assert.Equal(session.Mentee.Email, mail.ToAddress);
        Assert.Contains("Allow the microphone.", mail.Model);
        Assert.Equal(1, await _app.InDatabaseAsync(db =>
            db.AuditEntries.CountAsync(a => a.Action == "session.answer-trouble" && a.Subject == $"session:{session.Id}")));
        Assert.DoesNotContain($"{report}", await admin.GetStringAsync("/admin/trouble"));
        Assert.Contains("Allow the microphone.", await admin.GetStringAsync("/admin/trouble?answered=true"));
        using var other = await (await _scene.BrowserAsync(session.Mentor)).GetAsync("/admin/trouble");
        Assert.StartsWith("/account/access-denied", other.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task With_a_deleted_account_its_reports_go()
    {
        var session = await _scene.BookedAsync();
        using (await (await _scene.ProgramAsync(session.Mentee)).PostAsJsonAsync($"/api/v1/sessions/{session.Id}/trouble", new { words = "I am Maha" })) { }
        Assert.Single(await ReportsAsync(session.Id));
        await _app.InDatabaseAsync(db => new ForgetTrouble(db).ForgetAsync(session.Mentor.Id, "", default));
        Assert.Single(await ReportsAsync(session.Id));
        await _app.InDatabaseAsync(db => new ForgetTrouble(db).ForgetAsync(session.Mentee.Id, "", default));
        Assert.Empty(await ReportsAsync(session.Id));
    }
}
