using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Portal.People;
using Portal.Sessions.Availability;
using Tests.Support;

namespace Tests.Sessions;

/// <summary>Groups of a session, made beforehand on its page or by a program, and opened in the room.</summary>
[Trait("Clock", "moves")]
public sealed class BreakoutGroupTests : IAsyncLifetime
{
    private PortalApp _app = null!;
    private Scene _scene = null!;

    public async Task InitializeAsync()
    {
        _app = await StartAsync("On");
        _scene = new(_app);
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    private static Task<PortalApp> StartAsync(string rooms) => PortalApp.StartAsync(a => a
        .With("Providers:jitsi:Mode", "SelfHosted").With("Providers:jitsi:Domain", "meet.example.org")
        .With("Providers:jitsi:AppId", "portal").With("Providers:jitsi:AppSecret", "a-secret-of-forty-characters-for-testing")
        .With("Providers:jitsi:BreakoutRooms", rooms));

    private sealed record Circle(Guid Id, PortalUser Mentor, Guid MentorPart, PortalUser First, Guid FirstPart, Guid SecondPart);

    private async Task<Circle> CircleAsync()
    {
        var kind = new SessionKind { Name = "Writing circle", Minutes = 60, Capacity = 4 };
        var mentor = await _scene.MentorAsync(profile: m => m.Kinds.Add(kind));
        var (first, second) = (await _scene.PersonAsync("Maha Nassar"), await _scene.PersonAsync("Omar Said"));
        var id = Guid.Empty;
        foreach (var person in new[] { first, second })
        {
            using var answer = await (await _scene.ProgramAsync(person)).PostAsJsonAsync("/api/v1/sessions",
                new { mentorId = mentor.Id, start = _scene.Slot, kindId = kind.Id });
            id = (await answer.JsonAsync(HttpStatusCode.Created)).GetProperty("id").GetGuid();
        }
        var parts = await _app.InDatabaseAsync(db => db.Participants.Where(p => p.SessionId == id)
            .ToDictionaryAsync(p => p.UserId!.Value, p => p.Id));
        return new(id, mentor, parts[mentor.Id], first, parts[first.Id], parts[second.Id]);
    }

    private async Task<string> GroupsAsync(HttpClient program, Guid session) =>
        (await (await program.GetAsync($"/api/v1/sessions/{session}/groups")).JsonAsync(HttpStatusCode.OK)).GetProperty("groups").GetRawText();

    private static object Body(params (string Name, Guid[] People)[] groups) =>
        new { groups = groups.Select(g => new { name = g.Name, participantIds = g.People }) };

    [Fact]
    public async Task A_program_puts_groups_and_reads_them_back_and_what_is_put_replaces_what_was()
    {
        var circle = await CircleAsync();
        var (path, program) = ($"/api/v1/sessions/{circle.Id}/groups", await _scene.ProgramAsync(circle.Mentor));
        Assert.Equal("[]", await GroupsAsync(program, circle.Id));
        using (var put = await program.PutAsJsonAsync(path, Body(("Red", [circle.FirstPart]), (" Blue ", [circle.SecondPart]), ("Green", []))))
            Assert.Equal(HttpStatusCode.NoContent, put.StatusCode);
        Assert.Equal($$"""[{"name":"Red","participantIds":["{{circle.FirstPart}}"]},{"name":"Blue","participantIds":["{{circle.SecondPart}}"]},{"name":"Green","participantIds":[]}]""",
            await GroupsAsync(program, circle.Id));
        using (var put = await program.PutAsJsonAsync(path, Body(("Blue", [circle.FirstPart, circle.SecondPart]))))
            Assert.Equal(HttpStatusCode.NoContent, put.StatusCode);
        Assert.Equal($$"""[{"name":"Blue","participantIds":["{{circle.FirstPart}}","{{circle.SecondPart}}"]}]""", await GroupsAsync(program, circle.Id));
    }

    [Fact]
    public async Task What_does_not_fit_is_refused_whole_and_only_the_mentor_makes_groups()
    {
        var circle = await CircleAsync();
        var path = $"/api/v1/sessions/{circle.Id}/groups";
        var program = await _scene.ProgramAsync(circle.Mentor);
        (object Body, int Status)[] wrong =
        [
            (new { }, 422), (Body(("", [])), 422), (Body(("Red", []), ("red ", [])), 422),
            (Body(("Red", [circle.FirstPart]), ("Blue", [circle.FirstPart])), 422), (Body((new string('x', 61), [])), 422),
            (Body([.. Enumerable.Range(1, 11).Select(i => ($"Group {i}", Array.Empty<Guid>()))]), 422),
            (Body(("Red", [Guid.NewGuid()])), 404), (Body(("Red", [circle.MentorPart])), 404),
        ];
        foreach (var (body, status) in wrong)
            using (var put = await program.PutAsJsonAsync(path, body))
                await put.ProblemAsync(status);
        Assert.Equal("[]", await GroupsAsync(program, circle.Id));
        var mentee = await _scene.ProgramAsync(circle.First);
        using (var put = await mentee.PutAsJsonAsync(path, Body(("Red", []))))
            await put.ProblemAsync(403);
        using (var read = await mentee.GetAsync(path))
            await read.ProblemAsync(403);
        var pair = await _scene.BookedAsync();
        using (var put = await (await _scene.ProgramAsync(pair.Mentor)).PutAsJsonAsync($"/api/v1/sessions/{pair.Id}/groups", Body(("Red", []))))
            await put.ProblemAsync(410);
    }

    [Fact]
    public async Task On_the_page_a_form_without_a_script_makes_them_and_the_room_of_the_mentor_alone_knows_them()
    {
        var circle = await CircleAsync();
        var (page, browser) = ($"/sessions/{circle.Id}", await _scene.BrowserAsync(circle.Mentor));
        Assert.Contains("id=\"groups-edit\"", await browser.GetStringAsync(page));
        Assert.DoesNotContain("groups-edit", await (await _scene.BrowserAsync(circle.First)).GetStringAsync(page));
        var token = await Forms.TokenAsync(browser, $"{page}/groups");
        async Task<HttpResponseMessage> SaveAsync(params (string, string)[] fields) => await browser.PostAsync($"{page}/groups",
            new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2))));
        using (var unnamed = await SaveAsync(("name", ""), ("name", ""), ($"group-{circle.FirstPart}", "2")))
            Assert.Equal(HttpStatusCode.BadRequest, unnamed.StatusCode);
        using (var twice = await SaveAsync(("name", "Red"), ("name", "RED")))
            Assert.Equal(HttpStatusCode.BadRequest, twice.StatusCode);
        using (var saved = await SaveAsync(("name", "Red & <b>"), ("name", ""), ("name", "Blue"), ($"group-{circle.FirstPart}", "3"), ($"group-{circle.SecondPart}", "")))
            Assert.Equal(page, saved.Headers.Location?.OriginalString);
        Assert.Contains("Red &amp; &lt;b&gt;", await browser.GetStringAsync(page));
        Assert.Equal(2, (await _app.InDatabaseAsync(db => db.Participants.SingleAsync(p => p.Id == circle.FirstPart))).GroupNumber!.Value);

        _app.Clock.MoveTo(await _app.InDatabaseAsync(db => db.Sessions.Where(s => s.Id == circle.Id).Select(s => s.StartUtc)
            .SingleAsync()));
        foreach (var (part, knows) in new[] { (circle.MentorPart, true), (circle.FirstPart, false) })
        {
            var visitor = _app.Visitor();
            using (await visitor.PostAsync(await _scene.LinkAsync(part), null)) { }
            Assert.Equal(knows, (await visitor.GetStringAsync($"/meeting/{circle.Id}")).Contains("id=\"room-groups\"", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Where_the_tool_has_no_breakout_rooms_the_page_speaks_of_none()
    {
        await _app.DisposeAsync();
        _app = await StartAsync("Off");
        _scene = new(_app);
        var circle = await CircleAsync();
        var browser = await _scene.BrowserAsync(circle.Mentor);
        Assert.DoesNotContain("groups-edit", await browser.GetStringAsync($"/sessions/{circle.Id}"));
        using var form = await browser.GetAsync($"/sessions/{circle.Id}/groups");
        Assert.Equal(HttpStatusCode.Gone, form.StatusCode);
    }
}
