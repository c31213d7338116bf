using System.Net;
using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Portal.People;
using Portal.Sessions.Changes;
using Tests.Support;

namespace Tests.Api;

/// <summary>The join proxy and the care of links, for programs.</summary>
public sealed class JoinApiTests(PortalApp app) : IClassFixture<PortalApp>
{
    private readonly Scene _scene = new(app);

    private static string Api(object id, string what = "join") => $"/api/mentoring/session/{id}/{what}";

    private static async Task<HttpResponseMessage> JsonJoinAsync(HttpClient client, Guid id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Api(id));
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse("application/json"));
        return await client.SendAsync(request);
    }

    [Fact]
    public async Task A_program_joins_by_redirect_by_json_and_by_get()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session);
        var program = await _scene.ProgramAsync(session.Mentee);

        using var post = await program.PostAsync(Api(session.Id), null);
        using var get = await program.GetAsync(Api(session.Id));
        using var json = await JsonJoinAsync(program, session.Id);
        var answer = await json.JsonAsync(HttpStatusCode.OK);

        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (post.StatusCode, get.StatusCode));
        Assert.Equal(post.Headers.Location, get.Headers.Location);
        Assert.Equal("https://meet.jit.si", post.Headers.Location!.GetLeftPart(UriPartial.Authority));
        Assert.Equal(("redirect", post.Headers.Location.AbsoluteUri),
            (answer.GetProperty("kind").GetString(), answer.GetProperty("url").GetString()));
        Assert.All(new[] { post, get, json }, a => Assert.True(a.Headers.CacheControl?.NoStore));
    }

    [Fact]
    public async Task Too_early_is_a_conflict_that_says_when()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session, -16);
        using var answer = await (await _scene.ProgramAsync(session.Mentee)).PostAsync(Api(session.Id), null);
        var problem = await answer.ProblemAsync(409);
        Assert.Equal(("tooEarly", session.Start.AddMinutes(-15)),
            (problem.GetProperty("decision").GetString(), problem.GetProperty("opensAt").GetDateTimeOffset()));
        Assert.Equal(TimeSpan.FromSeconds(60), answer.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Over_cancelled_and_withdrawn_are_gone_and_say_which()
    {
        var (over, cancelled, withdrawn) = (await _scene.BookedAsync(), await _scene.BookedAsync(), await _scene.BookedAsync());
        var admin = new Caller(null, true);
        await app.InScopeAsync<Cancellation>(s => s.CancelAsync(cancelled.Id, admin, "Ill", default));
        await app.InScopeAsync<PersonalLinks>(s => s.WithdrawLinkAsync(withdrawn.Id, withdrawn.MenteePart, admin, default));
        _scene.GoTo(over, 90);
        foreach (var (session, decision) in new[] { (over, "over"), (cancelled, "cancelled"), (withdrawn, "revoked") })
        {
            using var answer = await (await _scene.ProgramAsync(session.Mentee)).PostAsync(Api(session.Id), null);
            Assert.Equal(decision, (await answer.ProblemAsync(410)).GetProperty("decision").GetString());
        }
    }

    [Fact]
    public async Task Who_has_no_part_in_it_is_refused_and_an_administrator_is_no_exception()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session);
        foreach (var stranger in new[] { await _scene.PersonAsync(), await _scene.MentorAsync(), await _scene.AdminAsync() })
        {
            using var answer = await (await _scene.ProgramAsync(stranger)).PostAsync(Api(session.Id), null);
            await answer.ProblemAsync(403);
        }
        using var key = await (await _scene.KeyHolderAsync()).Client.PostAsync(Api(session.Id), null);
        await key.ProblemAsync(403);
    }

    [Theory]
    [InlineData("0199d2f0-6a5c-7c3e-9b7e-2f6d8a1b4c5d")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("no-id")]
    [InlineData("1;drop table")]
    [InlineData("%C0%80")]
    public async Task An_id_that_names_no_session_is_not_found_whatever_is_asked_of_it(string id)
    {
        var program = await _scene.ProgramAsync(await _scene.AdminAsync());
        foreach (var what in new[] { "join", "generate-link", "participants/x/withdraw-link", $"participants/{Guid.NewGuid()}/renew-link" })
        {
            using var answer = await program.PostAsync(Api(id, what), null);
            Assert.Equal((what, HttpStatusCode.NotFound), (what, answer.StatusCode));
        }
    }

    [Fact]
    public async Task Without_a_sign_in_nobody_is_led_to_a_page()
    {
        var session = await _scene.BookedAsync();
        foreach (var what in new[] { "join", "generate-link", $"participants/{session.MenteePart}/withdraw-link",
            $"participants/{session.MenteePart}/renew-link" })
        {
            using var answer = await app.Visitor().PostAsync(Api(session.Id, what), null);
            Assert.Equal((what, HttpStatusCode.Unauthorized, null), (what, answer.StatusCode, answer.Headers.Location));
        }
        using var get = await app.Visitor().GetAsync(Api(session.Id));
        Assert.Equal((HttpStatusCode.Unauthorized, null), (get.StatusCode, get.Headers.Location));
    }

    [Fact]
    public async Task A_ticket_opens_no_door_of_the_api()
    {
        var session = await _scene.BookedAsync();
        var ticket = (await _scene.LinkAsync(session.MenteePart)).Split('/')[^1];
        _scene.GoTo(session);
        var program = app.Visitor();
        program.DefaultRequestHeaders.Authorization = new("Bearer", ticket);
        using var answer = await program.GetAsync(Api(session.Id) + "?ticket=" + ticket);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task The_meeting_is_made_anew_by_its_mentor_an_administrator_and_a_program_and_by_nobody_else()
    {
        var session = await _scene.BookedAsync();
        var rooms = new List<int>();
        async Task<HttpStatusCode> MakeAsync(HttpClient client)
        {
            using var answer = await client.PostAsync(Api(session.Id, "generate-link"), null);
            rooms.Add(await app.InDatabaseAsync(db => db.Sessions.Where(s => s.Id == session.Id).Select(s => s.RoomVersion).SingleAsync()));
            return answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.NoContent, await MakeAsync(await _scene.ProgramAsync(session.Mentor)));
        Assert.Equal(HttpStatusCode.NoContent, await MakeAsync(await _scene.ProgramAsync(await _scene.AdminAsync())));
        Assert.Equal(HttpStatusCode.NoContent, await MakeAsync((await _scene.KeyHolderAsync()).Client));
        Assert.Equal(HttpStatusCode.Forbidden, await MakeAsync(await _scene.ProgramAsync(session.Mentee)));
        Assert.Equal(HttpStatusCode.Forbidden, await MakeAsync(await _scene.ProgramAsync(await _scene.MentorAsync())));
        Assert.Equal([2, 3, 4, 4, 4], rooms);
        Assert.Equal(3, await app.InDatabaseAsync(db =>
            db.AuditEntries.CountAsync(a => a.Action == "session.generate-link" && a.Subject == $"session:{session.Id}")));
    }

    [Fact]
    public async Task A_key_that_was_revoked_or_never_made_is_no_sign_in()
    {
        var session = await _scene.BookedAsync();
        var (client, stored) = await _scene.KeyHolderAsync();
        await app.InDatabaseAsync(db => db.ApiKeys.Where(k => k.Id == stored.Id)
            .ExecuteUpdateAsync(u => u.SetProperty(k => k.RevokedUtc, app.Clock.GetUtcNow())));
        var made = app.Visitor();
        made.DefaultRequestHeaders.Authorization = new("Bearer", "mk_" + new string('a', 64));
        foreach (var program in new[] { client, made })
        {
            using var answer = await program.PostAsync(Api(session.Id, "generate-link"), null);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_mentor_withdraws_and_renews_a_link_but_never_the_own_one()
    {
        var session = await _scene.BookedAsync();
        var program = await _scene.ProgramAsync(session.Mentor);
        async Task<HttpStatusCode> DoAsync(object person, string what)
        {
            using var answer = await program.PostAsync(Api(session.Id, $"participants/{person}/{what}"), null);
            return answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.NoContent, await DoAsync(session.MenteePart, "withdraw-link"));
        Assert.Equal(HttpStatusCode.NoContent, await DoAsync(session.MenteePart, "withdraw-link"));
        Assert.Single(await _scene.MailsAsync(session.Id), m => m.Kind == "LinkWithdrawn");
        Assert.Equal(HttpStatusCode.NoContent, await DoAsync(session.MenteePart, "renew-link"));
        Assert.Single(await _scene.MailsAsync(session.Id), m => m.Kind == "LinkRenewed");
        Assert.Equal(HttpStatusCode.Forbidden, await DoAsync(session.MentorPart, "withdraw-link"));
        Assert.Equal(HttpStatusCode.NotFound, await DoAsync(Guid.NewGuid(), "withdraw-link"));
        Assert.Equal(HttpStatusCode.NotFound, await DoAsync((await _scene.BookedAsync()).MenteePart, "renew-link"));
    }
}
