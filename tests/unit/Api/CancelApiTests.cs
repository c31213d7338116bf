using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Sessions;
using Portal.Sessions.Changes;
using Portal.Sessions.Live;
using Tests.Support;

namespace Tests.Api;

public sealed class CancelApiTests(PortalApp app) : IClassFixture<PortalApp>
{
    private readonly Scene _scene = new(app);

    private static Task<HttpResponseMessage> CancelAsync(HttpClient client, object id, string? reason = "I am ill") =>
        client.PostAsJsonAsync($"/api/v1/sessions/{id}/cancel", new { reason });

    [Fact]
    public async Task Cancelling_tells_both_once_frees_the_slot_and_closes_both_links()
    {
        var session = await _scene.BookedAsync();
        var program = await _scene.ProgramAsync(session.Mentee);
        for (var i = 0; i < 2; i++)
        {
            using var answer = await CancelAsync(program, session.Id);
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }

        var mails = (await _scene.MailsAsync(session.Id)).Where(m => m.Kind == "SessionCancelled").ToList();
        Assert.Equal(new[] { session.Mentor.Email, session.Mentee.Email }.Order(), mails.Select(m => m.ToAddress).Order());
        Assert.All(mails, m => Assert.Contains("I am ill", m.Model));
        Assert.Single(await _scene.EventsAsync(session.Id), e => e.Kind == MeetingEventKind.Cancelled);
        foreach (var part in new[] { session.MentorPart, session.MenteePart })
        {
            using var pressed = await app.Visitor().PostAsync(await _scene.LinkAsync(part), null);
            Assert.Equal(HttpStatusCode.Gone, pressed.StatusCode);
        }
        var again = await _scene.BookedAsync(session.Mentor, await _scene.PersonAsync(), session.Start);
        Assert.NotEqual(session.Id, again.Id);
    }

    [Fact]
    public async Task Cancels_of_both_at_the_same_moment_are_one_cancel()
    {
        var session = await _scene.BookedAsync();
        var programs = new[] { await _scene.ProgramAsync(session.Mentee), await _scene.ProgramAsync(session.Mentor) };
        var answers = await Task.WhenAll(programs.Concat(programs).Select(p => CancelAsync(p, session.Id)));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.NoContent, a.StatusCode));
        Assert.Equal(2, (await _scene.MailsAsync(session.Id)).Count(m => m.Kind == "SessionCancelled"));
        Assert.Equal(1, await app.InDatabaseAsync(db =>
            db.AuditEntries.CountAsync(a => a.Action == "session.cancel" && a.Subject == $"session:{session.Id}")));
    }

    [Fact]
    public async Task A_cancel_that_races_with_a_withdrawal_is_laid_over_nothing()
    {
        for (var round = 0; round < 5; round++)
        {
            var session = await _scene.BookedAsync();
            var mentor = await _scene.ProgramAsync(session.Mentor);
            var both = await Task.WhenAll(
                CancelAsync(mentor, session.Id),
                mentor.PostAsync($"/api/mentoring/session/{session.Id}/participants/{session.MenteePart}/withdraw-link", null));

            Assert.Equal(HttpStatusCode.NoContent, both[0].StatusCode);
            Assert.True(both[1].StatusCode is HttpStatusCode.NoContent or HttpStatusCode.Gone, both[1].StatusCode.ToString());
            var withdrawn = both[1].StatusCode == HttpStatusCode.NoContent;
            var left = await app.InDatabaseAsync(db => db.Sessions.Include(s => s.Participants).SingleAsync(s => s.Id == session.Id));
            var mails = await _scene.MailsAsync(session.Id);
            Assert.Equal(SessionState.Cancelled, left.State);
            Assert.Equal(withdrawn, left.Participants.Single(p => p.Id == session.MenteePart).WithdrawnUtc is not null);
            Assert.Equal(withdrawn ? 1 : 0, mails.Count(m => m.Kind == "LinkWithdrawn"));
            Assert.Equal(withdrawn ? 3 : 2, left.Sequence + 1);
            Assert.Empty(await app.InDatabaseAsync(db => db.BusyTicks.Where(t => t.SessionId == session.Id).ToListAsync()));
        }
    }

    [Fact]
    public async Task A_reason_is_needed_and_is_at_most_five_hundred_characters_long()
    {
        var session = await _scene.BookedAsync();
        var program = await _scene.ProgramAsync(session.Mentee);
        foreach (var reason in new[] { null, "", " \n\t", "\0", new string('x', 501), new string('x', 1_000_000) })
        {
            using var refused = await CancelAsync(program, session.Id, reason);
            Assert.NotEmpty((await refused.ProblemAsync(422)).GetProperty("errors").GetProperty("reason").EnumerateArray());
        }
        using var answer = await CancelAsync(program, session.Id, new string('x', 500));
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    [Fact]
    public async Task Only_who_has_a_part_in_it_and_administrators_cancel()
    {
        var session = await _scene.BookedAsync();
        foreach (var stranger in new[] { await _scene.PersonAsync(), await _scene.MentorAsync() })
        {
            using var refused = await CancelAsync(await _scene.ProgramAsync(stranger), session.Id);
            await refused.ProblemAsync(403);
        }
        using var visitor = await CancelAsync(app.Visitor(), session.Id);
        Assert.Equal((HttpStatusCode.Unauthorized, null), (visitor.StatusCode, visitor.Headers.Location));
        Assert.Equal(2, (await _scene.MailsAsync(session.Id)).Count);

        using var admin = await CancelAsync(await _scene.ProgramAsync(await _scene.AdminAsync()), session.Id);
        Assert.Equal(HttpStatusCode.NoContent, admin.StatusCode);
    }

    [Fact]
    public async Task A_withdrawn_person_cancels_nothing()
    {
        var session = await _scene.BookedAsync();
        await app.InScopeAsync<PersonalLinks>(s => s.WithdrawLinkAsync(session.Id, session.MenteePart, new(null, true), default));
        using var refused = await CancelAsync(await _scene.ProgramAsync(session.Mentee), session.Id);
        await refused.ProblemAsync(403);
    }

    [Fact]
    public async Task What_is_over_or_unknown_is_not_cancelled()
    {
        var session = await _scene.BookedAsync();
        app.Clock.MoveTo(session.End);
        var program = await _scene.ProgramAsync(session.Mentee);
        using var over = await CancelAsync(program, session.Id);
        await over.ProblemAsync(410);
        foreach (var id in new object[] { Guid.NewGuid(), "no-id", "1'--", "%C0%80" })
        {
            using var unknown = await CancelAsync(program, id);
            await unknown.ProblemAsync(404);
        }
    }
}
