using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Sessions;
using Portal.Sessions.Booking;
using Portal.Sessions.Changes;
using Tests.Support;

namespace Tests.Api;

/// <summary>An installation in which nobody moves a session alone.</summary>
public sealed class MoveConsentTests : IAsyncLifetime
{
    private PortalApp _app = null!;
    private Scene _scene = null!;

    public async Task InitializeAsync()
    {
        _app = await PortalApp.StartAsync(a => a.With("Booking:MovesNeedConsent", "true"));
        _scene = new(_app);
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task A_mentors_move_waits_for_the_mentee_as_well()
    {
        var session = await _scene.BookedAsync();
        Assert.True((await MoveAsync(await _scene.ProgramAsync(session.Mentor), session)).IsSuccessStatusCode);
        Assert.Equal([session.Mentee.Email!], await ToldAsync(session, "MoveProposed"));
        Assert.Empty(await ToldAsync(session, "SessionMoved"));

        using var agreed = await AnswerAsync(await _scene.ProgramAsync(session.Mentee), session, agree: true);
        Assert.Equal(HttpStatusCode.NoContent, agreed.StatusCode);
        Assert.Equal(new[] { session.Mentor.Email, session.Mentee.Email }.Order(), await ToldAsync(session, "SessionMoved"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_a_series_all_that_follow_wait_and_are_moved_or_left_together(bool agree)
    {
        var mentor = await _scene.MentorAsync();
        var mentee = await _scene.PersonAsync();
        using var booked = await (await _scene.ProgramAsync(mentee)).PostAsJsonAsync("/api/v1/sessions",
            new { mentorId = mentor.Id, start = _scene.Slot, topic = "x", series = new { count = 3 } });
        var id = (await booked.JsonAsync(HttpStatusCode.Created)).GetProperty("id").GetGuid();
        using var asked = await (await _scene.ProgramAsync(mentor)).PostAsJsonAsync($"/api/v1/sessions/{id}/move",
            new { start = _scene.Slot.AddHours(2), andThoseThatFollow = true });
        Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        using var answered = await (await _scene.ProgramAsync(mentee)).PostAsJsonAsync($"/api/v1/sessions/{id}/answer-move", new { agree });
        Assert.Equal(HttpStatusCode.NoContent, answered.StatusCode);
        var sessions = await _app.InDatabaseAsync(db => db.Sessions.Where(s => s.MentorId == mentor.Id).OrderBy(s => s.StartUtc)
            .Select(s => new { s.StartUtc, s.ProposedStartUtc }).ToListAsync());
        Assert.Equal(Enumerable.Range(0, 3).Select(i => ((DateTimeOffset, DateTimeOffset?))(
            _scene.Slot.AddHours(agree ? 2 : 0).AddDays(7 * i), null)), sessions.Select(s => (s.StartUtc, s.ProposedStartUtc)));
    }

    [Fact]
    public async Task What_a_program_proposes_concerns_mentor_and_mentee_and_a_refusal_nobody_without_an_account()
    {
        var session = await _scene.BookedAsync();
        await _app.InScopeAsync<InvitationService, (SessionOutcome, Guid?)>(
            i => i.InviteAsync(session.Id, new("guest@people.example", "Guest", ParticipantRole.Guest), new(session.Mentor.Id, false),
            default));
        var program = (await _scene.KeyHolderAsync()).Client;
        Assert.True((await MoveAsync(program, session)).IsSuccessStatusCode);
        Assert.Equal(new[] { session.Mentor.Email, session.Mentee.Email }.Order(), await ToldAsync(session, "MoveProposed"));
        using var own = await AnswerAsync(program, session, agree: true);
        await own.ProblemAsync(403);

        using var declined = await AnswerAsync(await _scene.ProgramAsync(session.Mentee), session, agree: false);
        Assert.Equal(HttpStatusCode.NoContent, declined.StatusCode);
        Assert.DoesNotContain("guest@people.example", await ToldAsync(session, "MoveDeclined"));
    }

    private static Task<HttpResponseMessage> MoveAsync(HttpClient client, BookedScene session) =>
        client.PostAsJsonAsync($"/api/v1/sessions/{session.Id}/move", new { start = session.Start.AddHours(2) });

    private static Task<HttpResponseMessage> AnswerAsync(HttpClient client, BookedScene session, bool agree) =>
        client.PostAsJsonAsync($"/api/v1/sessions/{session.Id}/answer-move", new { agree });

    private async Task<List<string>> ToldAsync(BookedScene session, string kind) =>
        [.. (await _scene.MailsAsync(session.Id)).Where(m => m.Kind == kind).Select(m => m.ToAddress).Order()];
}
