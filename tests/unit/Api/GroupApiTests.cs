using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Portal.People;
using Portal.Sessions;
using Portal.Sessions.Availability;
using Tests.Support;

namespace Tests.Api;

public sealed class GroupApiTests(PortalApp app) : IClassFixture<PortalApp>
{
    private readonly Scene _scene = new(app);

    private async Task<(PortalUser Mentor, Guid Kind)> GroupAsync(int capacity)
    {
        var kind = new SessionKind { Name = "Writing circle", Minutes = 60, Capacity = capacity };
        var mentor = await _scene.MentorAsync(profile: m => m.Kinds.Add(kind));
        return (mentor, kind.Id);
    }

    private async Task<HttpResponseMessage> SeatAsync(
        HttpClient client, (PortalUser Mentor, Guid Kind) group, bool orWait = false, DateTimeOffset? start = null) =>
        await client.PostAsJsonAsync("/api/v1/sessions",
            new { mentorId = group.Mentor.Id, start = start ?? _scene.Slot, kindId = group.Kind, orWait });

    private async Task<HttpClient> SomebodyAsync() => await _scene.ProgramAsync(await _scene.PersonAsync());

    private static async Task<JsonElement> BookedAsync(HttpResponseMessage answer) => await answer.JsonAsync(HttpStatusCode.Created);

    [Fact]
    public async Task Of_twenty_people_who_race_for_three_seats_three_sit_and_the_others_hear_that_it_is_full()
    {
        var group = await GroupAsync(3);
        var programs = new List<HttpClient>();
        for (var i = 0; i < 20; i++)
            programs.Add(await SomebodyAsync());
        var answers = await Task.WhenAll(programs.Select(p => SeatAsync(p, group)));

        Assert.Equal(3, answers.Count(a => a.StatusCode == HttpStatusCode.Created));
        Assert.Equal(17, answers.Count(a => a.StatusCode == HttpStatusCode.Conflict));
        var session = await app.InDatabaseAsync(db => db.Sessions.Include(s => s.Participants)
            .SingleAsync(s => s.MentorId == group.Mentor.Id));
        Assert.Equal((3, "Writing circle"), (session.SeatsTaken, session.Topic));
    }

    [Fact]
    public async Task Guests_of_one_who_takes_a_seat_are_refused_by_name()
    {
        var group = await GroupAsync(2);
        using var answer = await (await SomebodyAsync()).PostAsJsonAsync("/api/v1/sessions", new
        {
            mentorId = group.Mentor.Id,
            start = _scene.Slot,
            kindId = group.Kind,
            guests = new[] { new { email = "guest@people.example" } },
        });
        Assert.True((await answer.ProblemAsync(422)).GetProperty("errors").TryGetProperty("guests", out _));
    }

    [Fact]
    public async Task An_administrator_with_a_seat_gives_back_the_seat_and_cancels_the_group_only_when_asking_for_it()
    {
        var group = await GroupAsync(3);
        var admin = await _scene.ProgramAsync(await _scene.AdminAsync());
        var id = (await BookedAsync(await SeatAsync(admin, group))).GetProperty("id").GetGuid();
        await BookedAsync(await SeatAsync(await SomebodyAsync(), group));
        Task<HttpResponseMessage> Cancel(bool wholeGroup) =>
            admin.PostAsJsonAsync($"/api/v1/sessions/{id}/cancel", new { reason = "ill", wholeGroup });
        Task<SessionState> State() => app.InDatabaseAsync(db => db.Sessions.Where(s => s.Id == id).Select(s => s.State).SingleAsync());
        using (var seat = await Cancel(wholeGroup: false))
            Assert.Equal((HttpStatusCode.NoContent, SessionState.Confirmed), (seat.StatusCode, await State()));
        await BookedAsync(await SeatAsync(admin, group));
        using (var all = await Cancel(wholeGroup: true))
            Assert.Equal((HttpStatusCode.NoContent, SessionState.Cancelled), (all.StatusCode, await State()));
    }

    [Fact]
    public async Task Whoever_waits_longest_moves_up_by_itself_when_a_seat_is_given_back()
    {
        var group = await GroupAsync(2);
        var first = await SomebodyAsync();
        var id = (await BookedAsync(await SeatAsync(first, group))).GetProperty("id").GetGuid();
        await BookedAsync(await SeatAsync(await SomebodyAsync(), group));
        var (longest, later) = (await _scene.PersonAsync("Longest"), await _scene.PersonAsync("Later"));
        foreach (var person in new[] { longest, later })
        {
            var waits = await BookedAsync(await SeatAsync(await _scene.ProgramAsync(person), group, orWait: true));
            Assert.Equal(("waiting", JsonValueKind.Null), (waits.GetProperty("state").GetString(), waits.GetProperty("joinUrl").ValueKind));
            app.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.Equal(2, (await _scene.MailsAsync(id)).Count(m => m.Kind == "WaitingListed"));

        using var left = await first.PostAsJsonAsync($"/api/v1/sessions/{id}/cancel", new { reason = "ill" });
        Assert.Equal(HttpStatusCode.NoContent, left.StatusCode);
        Assert.Equal(longest.Email, Assert.Single(await _scene.MailsAsync(id), m => m.Kind == "SeatFree").ToAddress);
        Assert.Single(await _scene.MailsAsync(id), m => m.Kind == "SeatGivenBack");
        var session = await app.InDatabaseAsync(db => db.Sessions.Include(s => s.Participants).SingleAsync(s => s.Id == id));
        Assert.Equal((SessionState.Confirmed, 2), (session.State, session.SeatsTaken));
        Assert.Contains(session.Seated, p => p.UserId == longest.Id);
        Assert.True(await app.InDatabaseAsync(db => db.BusyTicks.AnyAsync(t => t.UserId == longest.Id)));

        // The old link of who left is dead, and the person may come again.
        using var gone = await first.PostAsync($"/api/mentoring/session/{id}/join", null);
        await gone.ProblemAsync(410);
        Assert.Equal("waiting", (await BookedAsync(await SeatAsync(first, group, orWait: true))).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Who_is_elsewhere_by_then_is_passed_over_on_the_waiting_list()
    {
        var group = await GroupAsync(2);
        var first = await SomebodyAsync();
        var id = (await BookedAsync(await SeatAsync(first, group))).GetProperty("id").GetGuid();
        (await SeatAsync(await SomebodyAsync(), group)).Dispose();
        var (busy, free) = (await _scene.PersonAsync("Busy"), await _scene.PersonAsync("Free"));
        (await SeatAsync(await _scene.ProgramAsync(busy), group, orWait: true)).Dispose();
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        (await SeatAsync(await _scene.ProgramAsync(free), group, orWait: true)).Dispose();
        await _scene.BookedAsync(await _scene.MentorAsync(), busy);
        (await first.PostAsJsonAsync($"/api/v1/sessions/{id}/cancel", new { reason = "ill" })).Dispose();
        Assert.Equal(free.Email, Assert.Single(await _scene.MailsAsync(id), m => m.Kind == "SeatFree").ToAddress);
    }

    [Fact]
    public async Task Seats_that_are_taken_and_given_back_at_once_never_exceed_the_capacity()
    {
        var group = await GroupAsync(4);
        var programs = new List<HttpClient>();
        for (var i = 0; i < 12; i++)
            programs.Add(await SomebodyAsync());
        var id = (await BookedAsync(await SeatAsync(programs[0], group))).GetProperty("id").GetGuid();
        await Task.WhenAll(programs.Skip(1).Select(async (p, i) =>
        {
            using var taken = await SeatAsync(p, group, orWait: true);
            if (i % 2 == 0)
                (await p.PostAsJsonAsync($"/api/v1/sessions/{id}/cancel", new { reason = "changed my mind" })).Dispose();
        }));
        var session = await app.InDatabaseAsync(db => db.Sessions.Include(s => s.Participants).SingleAsync(s => s.Id == id));
        Assert.Equal(4, session.SeatsTaken);
        // One to begin with, eleven came, six left: two still wait.
        Assert.Equal(2, session.Participants.Count(p => p.WaitingSinceUtc is not null));
        var holding = await app.InDatabaseAsync(db => db.BusyTicks.Where(t => t.SessionId == id).Select(t => t.UserId).Distinct()
            .CountAsync());
        Assert.Equal(5, holding);
    }

    [Fact]
    public async Task A_seat_whose_link_is_withdrawn_goes_to_the_next_and_comes_back_only_where_there_is_one()
    {
        var group = await GroupAsync(2);
        var (out1, next) = (await _scene.PersonAsync("Out"), await _scene.PersonAsync("Next"));
        var id = (await BookedAsync(await SeatAsync(await _scene.ProgramAsync(out1), group))).GetProperty("id").GetGuid();
        (await SeatAsync(await SomebodyAsync(), group)).Dispose();
        (await SeatAsync(await _scene.ProgramAsync(next), group, orWait: true)).Dispose();
        var host = await _scene.ProgramAsync(group.Mentor);
        var part = await app.InDatabaseAsync(db => db.Participants.Where(p => p.SessionId == id && p.UserId == out1.Id).Select(p => p.Id)
            .SingleAsync());

        using var withdrawn = await host.PostAsync($"/api/mentoring/session/{id}/participants/{part}/withdraw-link", null);
        Assert.Equal(HttpStatusCode.NoContent, withdrawn.StatusCode);
        Assert.Equal(next.Email, Assert.Single(await _scene.MailsAsync(id), m => m.Kind == "SeatFree").ToAddress);
        Assert.False(await app.InDatabaseAsync(db => db.BusyTicks.AnyAsync(t => t.UserId == out1.Id)));
        using var full = await host.PostAsync($"/api/mentoring/session/{id}/participants/{part}/renew-link", null);
        await full.ProblemAsync(409);
        (await (await _scene.ProgramAsync(next)).PostAsJsonAsync($"/api/v1/sessions/{id}/cancel", new { reason = "ill" })).Dispose();
        using var renewed = await host.PostAsync($"/api/mentoring/session/{id}/participants/{part}/renew-link", null);
        Assert.Equal(HttpStatusCode.NoContent, renewed.StatusCode);
        Assert.True(await app.InDatabaseAsync(db => db.BusyTicks.AnyAsync(t => t.UserId == out1.Id)));
    }

    [Fact]
    public async Task The_mentor_cancels_the_group_for_everyone()
    {
        var group = await GroupAsync(2);
        var id = (await BookedAsync(await SeatAsync(await SomebodyAsync(), group))).GetProperty("id").GetGuid();
        (await SeatAsync(await SomebodyAsync(), group)).Dispose();
        (await SeatAsync(await SomebodyAsync(), group, orWait: true)).Dispose();
        using var cancelled = await (await _scene.ProgramAsync(group.Mentor))
            .PostAsJsonAsync($"/api/v1/sessions/{id}/cancel", new { reason = "ill" });
        Assert.Equal(HttpStatusCode.NoContent, cancelled.StatusCode);
        Assert.Equal(4, (await _scene.MailsAsync(id)).Count(m => m.Kind == "SessionCancelled"));
        Assert.Equal(1, await app.InDatabaseAsync(db =>
            db.Participants.CountAsync(p => p.SessionId == id && p.Role == ParticipantRole.Mentor)));
    }

    [Fact]
    public async Task A_kind_that_is_retired_or_of_somebody_else_cannot_be_booked()
    {
        var (group, other) = (await GroupAsync(2), await GroupAsync(2));
        var program = await SomebodyAsync();
        using var wrong = await SeatAsync(program, (group.Mentor, other.Kind));
        await wrong.ProblemAsync(422);
        await app.InDatabaseAsync(db => db.SessionKinds.Where(k => k.Id == group.Kind)
            .ExecuteUpdateAsync(u => u.SetProperty(k => k.IsRetired, true)));
        using var retired = await SeatAsync(program, group);
        await retired.ProblemAsync(422);
    }
}
