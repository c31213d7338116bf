using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Sessions;
using Portal.Sessions.Availability;
using Portal.Sessions.Live;
using Tests.Support;

namespace Tests.Api;

public sealed class MoveApiTests(PortalApp app) : IClassFixture<PortalApp>
{
    private readonly Scene _scene = new(app);

    private static Task<HttpResponseMessage> MoveAsync(HttpClient client, Guid id, DateTimeOffset start, int? sequence = null) =>
        client.PostAsJsonAsync($"/api/v1/sessions/{id}/move", new { start, sequence });

    private Task<MentoringSession> ReadAsync(Guid id) => app.InDatabaseAsync(db => db.Sessions.AsNoTracking().SingleAsync(s => s.Id == id));

    [Fact]
    public async Task A_session_that_was_taken_out_of_trouble_stays_in_the_tool_it_was_taken_to()
    {
        var booked = await _scene.BookedAsync(profile: m =>
            (m.ProviderId, m.ExternalMeetingUrl) = ("manual", "https://meet.example.org/room"));
        var mentor = await _scene.ProgramAsync(booked.Mentor);
        Assert.Equal(["manual"], await ToolsAsync(booked.Id));
        Assert.True((await mentor.PostAsJsonAsync($"/api/v1/sessions/{booked.Id}/use-default-tool", new { })).IsSuccessStatusCode);
        Assert.True((await mentor.PostAsJsonAsync($"/api/v1/sessions/{booked.Id}/move",
            new { start = booked.Start.AddHours(3) })).IsSuccessStatusCode);
        Assert.Equal(["manual", "jitsi", "jitsi"], await ToolsAsync(booked.Id));
    }

    private Task<List<string>> ToolsAsync(Guid session) => app.InDatabaseAsync(db =>
        db.MeetingLinks.Where(l => l.SessionId == session).OrderBy(l => l.RoomVersion).Select(l => l.ProviderAccount.ProviderId)
            .ToListAsync());

    [Fact]
    public async Task Of_a_series_each_new_date_is_held_against_what_is_offered_and_those_that_are_not_are_named()
    {
        var mentor = await _scene.MentorAsync();
        var program = await _scene.ProgramAsync(await _scene.PersonAsync());
        using var booked = await program.PostAsJsonAsync("/api/v1/sessions",
            new { mentorId = mentor.Id, start = _scene.Slot, topic = "x", series = new { count = 3 } });
        var id = (await booked.JsonAsync(HttpStatusCode.Created)).GetProperty("id").GetGuid();
        var off = _scene.Slot.AddDays(8);
        await app.InDatabaseAsync(async db =>
        {
            db.SpecialDays.Add(new() { MentorId = mentor.Id, Date = DateOnly.FromDateTime(off.UtcDateTime) });
            await db.SaveChangesAsync();
        });
        using var moved = await program.PostAsJsonAsync($"/api/v1/sessions/{id}/move",
            new { start = _scene.Slot.AddDays(1), andThoseThatFollow = true });
        var conflicts = (await moved.ProblemAsync(422)).GetProperty("conflicts").EnumerateArray().Select(c => c.GetDateTimeOffset());
        Assert.Equal([off], conflicts);
        Assert.Equal(_scene.Slot, (await ReadAsync(id)).StartUtc);
    }

    [Fact]
    public async Task A_moved_session_keeps_its_links_has_a_new_room_and_frees_the_old_time()
    {
        var session = await _scene.BookedAsync();
        var link = await _scene.LinkAsync(session.MenteePart);
        var before = await ReadAsync(session.Id);
        using var moved = await MoveAsync(await _scene.ProgramAsync(session.Mentee), session.Id, session.Start.AddHours(3));

        Assert.Equal(HttpStatusCode.NoContent, moved.StatusCode);
        var after = await ReadAsync(session.Id);
        Assert.Equal((session.Start.AddHours(3), before.LocalStart.AddHours(3), before.RoomVersion + 1),
            (after.StartUtc, after.LocalStart, after.RoomVersion));
        Assert.Equal(link, await _scene.LinkAsync(session.MenteePart));
        var mails = (await _scene.MailsAsync(session.Id)).Where(m => m.Kind == "SessionMoved").ToList();
        Assert.Equal(new[] { session.Mentor.Email, session.Mentee.Email }.Order(), mails.Select(m => m.ToAddress).Order());
        Assert.Single(await _scene.EventsAsync(session.Id), e => e.Kind == MeetingEventKind.Moved);
        await _scene.BookedAsync(session.Mentor, await _scene.PersonAsync(), session.Start);
    }

    [Fact]
    public async Task Moving_by_less_than_its_length_overlaps_nothing_but_itself()
    {
        var session = await _scene.BookedAsync();
        using var moved = await MoveAsync(await _scene.ProgramAsync(session.Mentor), session.Id, session.Start.AddMinutes(15));
        Assert.Equal(HttpStatusCode.NoContent, moved.StatusCode);
        var ticks = await app.InDatabaseAsync(db => db.BusyTicks.Where(t => t.SessionId == session.Id && t.UserId == session.Mentor.Id)
            .Select(t => t.Tick).ToListAsync());
        Assert.Equal((BusyTick.At(session.Start.AddMinutes(15)), 12), (ticks.Min(), ticks.Count));
    }

    [Fact, Trait("Clock", "moves")]
    public async Task A_mentee_moves_to_offered_times_and_a_mentor_to_any()
    {
        var session = await _scene.BookedAsync();
        var odd = session.Start.AddMinutes(90);
        using var refused = await MoveAsync(await _scene.ProgramAsync(session.Mentee), session.Id, odd);
        Assert.NotEmpty((await refused.ProblemAsync(422)).GetProperty("nextFree").EnumerateArray());
        using var moved = await MoveAsync(await _scene.ProgramAsync(session.Mentor), session.Id, odd);
        Assert.Equal(HttpStatusCode.NoContent, moved.StatusCode);
    }

    [Fact]
    public async Task A_time_that_either_of_them_has_given_away_is_a_conflict()
    {
        var session = await _scene.BookedAsync();
        await _scene.BookedAsync(session.Mentor, await _scene.PersonAsync(), session.Start.AddHours(1));
        await _scene.BookedAsync(await _scene.MentorAsync(), session.Mentee, session.Start.AddHours(2));
        var mentor = await _scene.ProgramAsync(session.Mentor);
        foreach (var hours in new[] { 1, 2 })
        {
            using var answer = await MoveAsync(mentor, session.Id, session.Start.AddHours(hours));
            await answer.ProblemAsync(409);
        }
        Assert.Equal(session.Start, (await ReadAsync(session.Id)).StartUtc);
    }

    [Fact]
    public async Task Of_two_tabs_that_move_at_once_the_slower_one_is_told_so()
    {
        var session = await _scene.BookedAsync();
        var program = await _scene.ProgramAsync(session.Mentee);
        var answers = await Task.WhenAll(
            MoveAsync(program, session.Id, session.Start.AddHours(4), sequence: 0),
            MoveAsync(program, session.Id, session.Start.AddHours(5), sequence: 0));
        Assert.Equal([HttpStatusCode.NoContent, HttpStatusCode.Conflict], answers.Select(a => a.StatusCode).Order());
        Assert.Equal(2, (await _scene.MailsAsync(session.Id)).Count(m => m.Kind == "SessionMoved"));
    }

    [Fact]
    public async Task Nobody_else_moves_a_session_and_none_that_has_begun_moves()
    {
        var session = await _scene.BookedAsync();
        using var stranger = await MoveAsync(await _scene.ProgramAsync(await _scene.PersonAsync()), session.Id, session.Start.AddHours(1));
        await stranger.ProblemAsync(403);
        using var nowhere = await MoveAsync(await _scene.ProgramAsync(session.Mentee), Guid.NewGuid(), session.Start.AddHours(1));
        await nowhere.ProblemAsync(404);
        foreach (var far in new[] { "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z" })
        {
            using var answer = await (await _scene.ProgramAsync(session.Mentor))
                .PostAsJsonAsync($"/api/v1/sessions/{session.Id}/move", new { start = far });
            await answer.ProblemAsync(422);
        }
    }

    [Fact]
    public async Task A_mentor_who_confirms_by_hand_also_agrees_to_moves()
    {
        var mentor = await _scene.MentorAsync(profile: m => m.ConfirmsByHand = true);
        var session = await _scene.BookedAsync(mentor);
        var (mentee, host) = (await _scene.ProgramAsync(session.Mentee), await _scene.ProgramAsync(mentor));
        using var approved = await host.PostAsync($"/api/v1/sessions/{session.Id}/approve", null);
        using var asked = await MoveAsync(mentee, session.Id, session.Start.AddHours(2));
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.Accepted), (approved.StatusCode, asked.StatusCode));
        Assert.Equal(session.Start, (await ReadAsync(session.Id)).StartUtc);
        Assert.Single(await _scene.MailsAsync(session.Id), m => m.Kind == "MoveProposed" && m.ToAddress == mentor.Email);

        // Both times are held until the answer.
        foreach (var hours in new[] { 0, 2 })
        {
            using var other = await (await _scene.ProgramAsync(await _scene.PersonAsync())).PostAsJsonAsync(
                "/api/v1/sessions", new { mentorId = mentor.Id, start = session.Start.AddHours(hours), topic = "x" });
            await other.ProblemAsync(409);
        }
        using var own = await mentee.PostAsJsonAsync($"/api/v1/sessions/{session.Id}/answer-move", new { agree = true });
        await own.ProblemAsync(403);
        using var agreed = await host.PostAsJsonAsync($"/api/v1/sessions/{session.Id}/answer-move", new { agree = true });
        Assert.Equal(HttpStatusCode.NoContent, agreed.StatusCode);
        Assert.Equal(session.Start.AddHours(2), (await ReadAsync(session.Id)).StartUtc);
        Assert.Equal(12, await app.InDatabaseAsync(db => db.BusyTicks.CountAsync(t => t.SessionId == session.Id && t.UserId == mentor.Id)));
    }

    [Fact]
    public async Task A_proposal_that_is_declined_gives_its_time_back()
    {
        var mentor = await _scene.MentorAsync(profile: m => m.ConfirmsByHand = true);
        var session = await _scene.BookedAsync(mentor);
        var host = await _scene.ProgramAsync(mentor);
        (await host.PostAsync($"/api/v1/sessions/{session.Id}/approve", null)).Dispose();
        (await MoveAsync(await _scene.ProgramAsync(session.Mentee), session.Id, session.Start.AddHours(2))).Dispose();
        using var declined = await host.PostAsJsonAsync($"/api/v1/sessions/{session.Id}/answer-move", new { agree = false });
        Assert.Equal(HttpStatusCode.NoContent, declined.StatusCode);
        Assert.Single(await _scene.MailsAsync(session.Id), m => m.Kind == "MoveDeclined" && m.ToAddress == session.Mentee.Email);
        await _scene.BookedAsync(await Unhanded(mentor), await _scene.PersonAsync(), session.Start.AddHours(2));
    }

    private async Task<Portal.People.PortalUser> Unhanded(Portal.People.PortalUser mentor)
    {
        await app.InDatabaseAsync(db => db.MentorProfiles.Where(m => m.UserId == mentor.Id)
            .ExecuteUpdateAsync(u => u.SetProperty(m => m.ConfirmsByHand, false)));
        return mentor;
    }
}
