using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Portal.Joining;
using Portal.Sessions;
using Portal.Sessions.Live;
using Providers;
using Tests.Support;

namespace Tests.Api;

public sealed partial class ExtendApiTests(PortalApp app) : IClassFixture<PortalApp>
{
    private readonly Scene _scene = new(app);

    private static Task<HttpResponseMessage> ExtendAsync(HttpClient client, Guid id, int minutes, int? sequence = null) =>
        client.PostAsJsonAsync($"/api/v1/sessions/{id}/extend", new { minutes, sequence });

    private Task<MentoringSession> ReadAsync(Guid id) => app.InDatabaseAsync(db => db.Sessions.AsNoTracking().SingleAsync(s => s.Id == id));

    private async Task<int> TicksAsync(Guid session, Guid person) =>
        await app.InDatabaseAsync(db => db.BusyTicks.CountAsync(t => t.SessionId == session && t.UserId == person));

    [Fact]
    public async Task An_extended_session_ends_later_holds_its_time_and_everyone_is_told_once()
    {
        var session = await _scene.BookedAsync();
        var before = await ReadAsync(session.Id);
        _scene.GoTo(session, 50);
        using var answer = await ExtendAsync(await _scene.ProgramAsync(session.Mentor), session.Id, 20);

        var until = (await answer.JsonAsync(HttpStatusCode.OK)).GetProperty("until").GetDateTimeOffset();
        var after = await ReadAsync(session.Id);
        Assert.Equal((session.End.AddMinutes(20), session.End.AddMinutes(20)), (until, after.EndUtc));
        Assert.Equal((20, before.Sequence + 1, before.RoomVersion), (after.ExtendedMinutes, after.Sequence, after.RoomVersion));
        Assert.Equal((16, 16), (await TicksAsync(session.Id, session.Mentor.Id), await TicksAsync(session.Id, session.Mentee.Id)));
        var mails = (await _scene.MailsAsync(session.Id)).Where(m => m.Kind == "SessionExtended").ToList();
        Assert.Equal(new[] { session.Mentor.Email, session.Mentee.Email }.Order(), mails.Select(m => m.ToAddress).Order());
        // Who asked for it reads no name.
        Assert.Equal(session.Mentor.Email,
            Assert.Single(mails, m => m.Model.Contains("\"ExtendedBy\":null", StringComparison.Ordinal)).ToAddress);
        Assert.Single(await _scene.EventsAsync(session.Id), e => e.Kind == MeetingEventKind.Extended);
        Assert.Equal(1, await app.InDatabaseAsync(db =>
            db.AuditEntries.CountAsync(a => a.Subject == $"session:{session.Id}" && a.Action == "session.extend")));
    }

    [Fact]
    public async Task It_may_eat_the_break_and_never_the_next_session_of_anybody_in_it()
    {
        var mentor = await _scene.MentorAsync(profile: m => (m.SessionMinutes, m.BufferMinutes) = (45, 15));
        var session = await _scene.BookedAsync(mentor);
        // The mentee's next session, with another mentor, begins 20 minutes after this one; ours has a break of 15.
        var other = await _scene.BookedAsync(mentee: session.Mentee, start: session.Start.AddHours(2));
        using (var moved = await (await _scene.ProgramAsync(other.Mentor))
            .PostAsJsonAsync($"/api/v1/sessions/{other.Id}/move", new { start = session.End.AddMinutes(20) }))
            Assert.Equal(HttpStatusCode.NoContent, moved.StatusCode);
        _scene.GoTo(session, 30);
        var program = await _scene.ProgramAsync(mentor);

        using var taken = await ExtendAsync(program, session.Id, 25);
        var problem = await taken.ProblemAsync(409);
        Assert.Equal(session.End.AddMinutes(20), problem.GetProperty("until").GetDateTimeOffset());
        Assert.Equal(session.End, (await ReadAsync(session.Id)).EndUtc);

        using var extended = await ExtendAsync(program, session.Id, 10);
        Assert.Equal(HttpStatusCode.OK, extended.StatusCode);
        Assert.Equal((5, 55), ((await ReadAsync(session.Id)).BufferMinutes, (await ReadAsync(session.Id)).LengthMinutes));
        Assert.Equal(12, await TicksAsync(session.Id, mentor.Id)); // 55 minutes and what is left of the break: as before
    }

    [Fact]
    public async Task All_extensions_together_have_a_limit()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session);
        var program = await _scene.ProgramAsync(session.Mentor);
        foreach (var minutes in new[] { 30, 25 })
            using (var done = await ExtendAsync(program, session.Id, minutes))
                Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        using var refused = await ExtendAsync(program, session.Id, 10);
        Assert.Equal(session.End.AddMinutes(60), (await refused.ProblemAsync(409)).GetProperty("until").GetDateTimeOffset());
        using var last = await ExtendAsync(program, session.Id, 5);
        Assert.Equal(HttpStatusCode.OK, last.StatusCode);
    }

    [Fact]
    public async Task Asked_for_after_the_end_the_minutes_count_from_now_and_against_the_limit()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session, 60 + 12);
        using var answer = await ExtendAsync(await _scene.ProgramAsync(session.Mentor), session.Id, 5);
        Assert.Equal(session.End.AddMinutes(20), (await answer.JsonAsync(HttpStatusCode.OK)).GetProperty("until").GetDateTimeOffset());
        Assert.Equal((80, 20), ((await ReadAsync(session.Id)).LengthMinutes, (await ReadAsync(session.Id)).ExtendedMinutes));
        _scene.GoTo(session, 80 + 25);
        using var refused = await ExtendAsync(await _scene.ProgramAsync(session.Mentor), session.Id, 20);
        Assert.Equal(session.End.AddMinutes(60), (await refused.ProblemAsync(409)).GetProperty("until").GetDateTimeOffset());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("3")]
    [InlineData("35")]
    [InlineData("-5")]
    [InlineData("2147483647")]
    [InlineData("null")]
    public async Task Only_steps_of_five_up_to_thirty_are_understood(string minutes)
    {
        var session = await _scene.BookedAsync();
        using var answer = await (await _scene.ProgramAsync(session.Mentor)).PostAsync(
            $"/api/v1/sessions/{session.Id}/extend", new StringContent($$"""{"minutes":{{minutes}}}""", Encoding.UTF8, "application/json"));
        await answer.ProblemAsync(422);
    }

    [Fact]
    public async Task Who_is_not_the_mentor_may_not_and_what_is_closed_is_closed()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session, 60 + 29);
        var programs = (Mentor: await _scene.ProgramAsync(session.Mentor), Mentee: await _scene.ProgramAsync(session.Mentee),
            Admin: await _scene.ProgramAsync(await _scene.AdminAsync()));
        using (var mentee = await ExtendAsync(programs.Mentee, session.Id, 5))
            await mentee.ProblemAsync(403);
        using (var nobody = await ExtendAsync(programs.Mentor, Guid.NewGuid(), 5))
            await nobody.ProblemAsync(404);
        using (var admin = await ExtendAsync(programs.Admin, session.Id, 5))
            Assert.Equal(HttpStatusCode.OK, admin.StatusCode);
        // Both people were told: neither of them asked.
        Assert.Equal(2, (await _scene.MailsAsync(session.Id)).Count(m => m.Kind == "SessionExtended"));
        _scene.GoTo(session, 95 + 30); // five minutes from then, in whole steps
        using var late = await ExtendAsync(programs.Mentor, session.Id, 5);
        await late.ProblemAsync(410);
    }

    [Fact]
    public async Task Pressed_twice_with_the_same_sight_of_it_it_is_extended_once()
    {
        var session = await _scene.BookedAsync();
        var program = await _scene.ProgramAsync(session.Mentor);
        var seen = (await ReadAsync(session.Id)).Sequence;
        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => ExtendAsync(program, session.Id, 10, seen)));
        Assert.Equal([200, 409], answers.Select(a => (int)a.StatusCode).Order());
        Assert.Equal(10, (await ReadAsync(session.Id)).ExtendedMinutes);
    }

    [Fact]
    public async Task Two_at_once_both_count()
    {
        var session = await _scene.BookedAsync();
        var program = await _scene.ProgramAsync(session.Mentor);
        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => ExtendAsync(program, session.Id, 10)));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
        Assert.Equal((20, 80), ((await ReadAsync(session.Id)).ExtendedMinutes, (await ReadAsync(session.Id)).LengthMinutes));
        Assert.Equal(4, (await _scene.MailsAsync(session.Id)).Count(m => m.Kind == "SessionExtended"));
    }

    [Fact]
    public async Task Against_a_booking_of_the_next_slot_exactly_one_wins_twenty_times()
    {
        for (var i = 0; i < 20; i++)
        {
            var session = await _scene.BookedAsync();
            var program = await _scene.ProgramAsync(session.Mentor);
            var next = await _scene.ProgramAsync(await _scene.PersonAsync());
            var answers = await Task.WhenAll(
                ExtendAsync(program, session.Id, 5),
                next.PostAsJsonAsync("/api/v1/sessions", new { mentorId = session.Mentor.Id, start = session.End, topic = "Next" }));
            var codes = answers.Select(a => (int)a.StatusCode).ToArray();
            Assert.True(codes is [200, 409 or 422] or [409, 201], string.Join(" and ", codes));
        }
    }

    [Fact]
    public async Task Against_a_cancel_the_session_is_cancelled_whoever_was_first()
    {
        for (var i = 0; i < 10; i++)
        {
            var session = await _scene.BookedAsync();
            var program = await _scene.ProgramAsync(session.Mentor);
            var answers = await Task.WhenAll(
                ExtendAsync(program, session.Id, 5),
                (await _scene.ProgramAsync(session.Mentee))
                    .PostAsJsonAsync($"/api/v1/sessions/{session.Id}/cancel", new { reason = "Ill" }));
            Assert.True(((int)answers[0].StatusCode, (int)answers[1].StatusCode) is (200 or 410, 204),
                $"{answers[0].StatusCode} and {answers[1].StatusCode}");
            Assert.Equal(SessionState.Cancelled, (await ReadAsync(session.Id)).State);
            Assert.Equal(0, await TicksAsync(session.Id, session.Mentor.Id));
        }
    }

    [Fact]
    public async Task A_token_made_afterwards_lives_as_much_longer()
    {
        await using var own = await PortalApp.StartAsync(a => a.With("Providers:jitsi:Mode", "SelfHosted")
            .With("Providers:jitsi:Domain", "meet.school.example")
            .With("Providers:jitsi:AppId", "portal").With("Providers:jitsi:AppSecret", "a-secret-of-at-least-thirty-two-letters"));
        var scene = new Scene(own);
        var session = await scene.BookedAsync();
        scene.GoTo(session);
        var before = await ExpiryAsync(own, session);
        using (var extended = await ExtendAsync(await scene.ProgramAsync(session.Mentor), session.Id, 30))
            Assert.Equal(HttpStatusCode.OK, extended.StatusCode);
        Assert.Equal(TimeSpan.FromMinutes(30), await ExpiryAsync(own, session) - before);
        Assert.True(before >= session.End.AddMinutes(30));
    }

    private static async Task<DateTimeOffset> ExpiryAsync(PortalApp app, BookedScene session)
    {
        var outcome = await app.InScopeAsync<JoinService, JoinOutcome>(j => j.JoinByAccountAsync(session.Id, session.Mentee.Id, default));
        var text = outcome.Target switch { EmbedTarget embed => embed.Data, RedirectTarget redirect => redirect.Url.AbsoluteUri, _ => "" };
        var body = Token().Match(text).Groups[1].Value.Replace('-', '+').Replace('_', '/');
        var claims = JsonSerializer.Deserialize<JsonElement>(Convert.FromBase64String(body.PadRight((body.Length + 3) / 4 * 4, '=')));
        return DateTimeOffset.FromUnixTimeSeconds(claims.GetProperty("exp").GetInt64());
    }

    [GeneratedRegex("eyJ[\\w-]+\\.([\\w-]+)\\.")]
    private static partial Regex Token();
}
