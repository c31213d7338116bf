using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Sessions;
using Portal.Sessions.Booking;
using Portal.Sessions.Changes;
using Tests.Support;

namespace Tests.Api;

public sealed class RequestApiTests(PortalApp app) : IClassFixture<PortalApp>
{
    private readonly Scene _scene = new(app);

    private async Task<BookedScene> RequestedAsync() =>
        await _scene.BookedAsync(await _scene.MentorAsync(profile: m => m.ConfirmsByHand = true));

    private Task<SessionState> StateAsync(Guid id) =>
        app.InDatabaseAsync(db => db.Sessions.Where(s => s.Id == id).Select(s => s.State).SingleAsync());

    [Fact]
    public async Task A_request_holds_its_time_and_opens_no_door_until_the_mentor_says_yes()
    {
        var session = await RequestedAsync();
        Assert.Equal(["SessionRequested", "SessionRequested"], (await _scene.MailsAsync(session.Id)).Select(m => m.Kind));
        using var other = await (await _scene.ProgramAsync(await _scene.PersonAsync())).PostAsJsonAsync(
            "/api/v1/sessions", new { mentorId = session.Mentor.Id, start = session.Start, topic = "x" });
        await other.ProblemAsync(409);
        var mentee = await _scene.ProgramAsync(session.Mentee);
        using var early = await mentee.PostAsync($"/api/mentoring/session/{session.Id}/join", null);
        Assert.Equal("notConfirmed", (await early.ProblemAsync(409)).GetProperty("decision").GetString());
        using var own = await mentee.PostAsync($"/api/v1/sessions/{session.Id}/approve", null);
        await own.ProblemAsync(403);

        var mentor = await _scene.ProgramAsync(session.Mentor);
        for (var i = 0; i < 2; i++)
        {
            using var yes = await mentor.PostAsync($"/api/v1/sessions/{session.Id}/approve", null);
            Assert.Equal(HttpStatusCode.NoContent, yes.StatusCode);
        }
        Assert.Equal(2, (await _scene.MailsAsync(session.Id)).Count(m => m.Kind == "SessionConfirmed"));
    }

    [Theory]
    [InlineData("cancel", "SessionCancelled")]
    [InlineData("move", "SessionMoved")]
    [InlineData("lapse", "SessionDeclined")]
    public async Task Guests_who_were_not_told_of_a_request_hear_nothing_of_its_end_or_its_move(string what, string kind)
    {
        var session = await RequestedAsync();
        await app.InScopeAsync<InvitationService, (SessionOutcome, Guid?)>(i => i.InviteAsync(
            session.Id, new("guest@people.example", "Guest", ParticipantRole.Guest), new(session.Mentee.Id, false), default));
        var program = await _scene.ProgramAsync(session.Mentor);
        if (what == "cancel")
            (await program.PostAsJsonAsync($"/api/v1/sessions/{session.Id}/cancel", new { reason = "ill" })).Dispose();
        else if (what == "move")
            (await program.PostAsJsonAsync($"/api/v1/sessions/{session.Id}/move", new { start = session.Start.AddHours(2) })).Dispose();
        else
        {
            await app.InDatabaseAsync(db => db.Sessions.Where(s => s.Id == session.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.ExpiresUtc, app.Clock.GetUtcNow())));
            await app.InScopeAsync<RequestService, int>(r => r.ExpireAsync(default));
        }
        Assert.Equal(new[] { session.Mentor.Email, session.Mentee.Email }.Order(),
            (await _scene.MailsAsync(session.Id)).Where(m => m.Kind == kind).Select(m => m.ToAddress).Order());
    }

    [Fact]
    public async Task A_declined_request_frees_the_time_and_tells_the_mentee_why()
    {
        var session = await RequestedAsync();
        var mentor = await _scene.ProgramAsync(session.Mentor);
        using var no = await mentor.PostAsJsonAsync($"/api/v1/sessions/{session.Id}/decline", new { reason = "I travel" });
        Assert.Equal(HttpStatusCode.NoContent, no.StatusCode);
        var mail = Assert.Single(await _scene.MailsAsync(session.Id), m => m.Kind == "SessionDeclined");
        Assert.Equal(session.Mentee.Email, mail.ToAddress);
        Assert.Contains("I travel", mail.Model);
        using var late = await mentor.PostAsync($"/api/v1/sessions/{session.Id}/approve", null);
        await late.ProblemAsync(410);
        Assert.Empty(await app.InDatabaseAsync(db => db.BusyTicks.Where(t => t.SessionId == session.Id).ToListAsync()));
    }

    [Fact, Trait("Clock", "moves")]
    public async Task A_request_that_nobody_answers_lapses_after_two_days_or_at_its_start_once()
    {
        await using var own = await PortalApp.StartAsync();
        var scene = new Scene(own);
        var mentor = await scene.MentorAsync(profile: m => m.ConfirmsByHand = true);
        var soon = await scene.BookedAsync(mentor, start: scene.Slot);
        var far = await scene.BookedAsync(mentor, start: scene.Slot.AddDays(5));
        Task<SessionState> State(Guid id) =>
            own.InDatabaseAsync(db => db.Sessions.Where(s => s.Id == id).Select(s => s.State).SingleAsync());
        Task Expire() => own.InScopeAsync<RequestService>(r => r.ExpireAsync(default));

        await Expire();
        Assert.Equal((SessionState.Requested, SessionState.Requested), (await State(soon.Id), await State(far.Id)));
        own.Clock.MoveTo(soon.Start);
        await Task.WhenAll(Expire(), Expire());
        Assert.Equal((SessionState.Expired, SessionState.Requested), (await State(soon.Id), await State(far.Id)));
        Assert.False(await own.InDatabaseAsync(db => db.BusyTicks.AnyAsync(t => t.SessionId == soon.Id)));
        own.Clock.MoveTo(soon.Start.AddDays(2));
        await Expire();
        Assert.Equal(SessionState.Expired, await State(far.Id));
        Assert.Equal(2, (await scene.MailsAsync(soon.Id)).Count(m => m.Kind == "SessionDeclined"));
    }

    [Fact]
    public async Task A_yes_and_a_cancel_at_once_leave_one_of_the_two()
    {
        for (var round = 0; round < 5; round++)
        {
            var session = await RequestedAsync();
            var (mentor, mentee) = (await _scene.ProgramAsync(session.Mentor), await _scene.ProgramAsync(session.Mentee));
            await Task.WhenAll(
                mentor.PostAsync($"/api/v1/sessions/{session.Id}/approve", null),
                mentee.PostAsJsonAsync($"/api/v1/sessions/{session.Id}/cancel", new { reason = "no longer" }));
            // A confirmed session can be cancelled, a cancelled one not confirmed: the cancel stands in any order.
            Assert.Equal(SessionState.Cancelled, await StateAsync(session.Id));
        }
    }
}
