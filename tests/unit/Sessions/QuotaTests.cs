using System.Net;
using System.Net.Http.Json;
using Portal.Sessions.Availability;
using Tests.Support;

namespace Tests.Sessions;

/// <summary>One account takes no mentor's whole calendar, and sends no stranger mail upon mail.</summary>
public sealed class QuotaTests(QuotaTests.Small small) : IClassFixture<QuotaTests.Small>
{
    public sealed class Small : IAsyncLifetime
    {
        public PortalApp App { get; } = new PortalApp().With("Booking:MaxOpen", "3").With("Booking:MaxOpenPerMentor", "2")
            .With("Booking:MaxInstantPerDay", "2").With("Booking:MaxInvitations", "3").With("Booking:MaxInvitationsPerDay", "4")
            .With("Booking:MaxInvitationsPerAddress", "2");

        public Task InitializeAsync() => App.InitializeAsync();

        public async Task DisposeAsync() => await App.DisposeAsync();
    }

    private static int _count;
    private readonly Scene _scene = new(small.App);

    private async Task<int> BookAsync(HttpClient client, Guid mentor, DateTimeOffset start, object? guests = null, object? series = null)
    {
        using var answer = await client.PostAsJsonAsync("/api/v1/sessions",
            new { mentorId = mentor, start, topic = "Talk", guests, series });
        return (int)answer.StatusCode;
    }

    private static string Address() => $"guest{Interlocked.Increment(ref _count)}@people.example";

    private static async Task<int> InviteAsync(HttpClient client, Guid session, string? email)
    {
        using var answer = await client.PostAsJsonAsync($"/api/v1/sessions/{session}/invite", new { email, name = "Huda" });
        return (int)answer.StatusCode;
    }

    [Fact]
    public async Task Open_bookings_of_one_mentee_end_at_the_limit_and_one_that_is_cancelled_makes_room()
    {
        var (one, two) = (await _scene.MentorAsync(), await _scene.MentorAsync());
        var program = await _scene.ProgramAsync(await _scene.PersonAsync());
        Assert.Equal(201, await BookAsync(program, one.Id, _scene.Slot));
        Assert.Equal(201, await BookAsync(program, one.Id, _scene.Slot.AddHours(1)));
        Assert.Equal(409, await BookAsync(program, one.Id, _scene.Slot.AddHours(2)));
        Assert.Equal(201, await BookAsync(program, two.Id, _scene.Slot.AddHours(3)));
        Assert.Equal(409, await BookAsync(program, two.Id, _scene.Slot.AddHours(4)));
        var mine = await (await program.GetAsync("/api/v1/sessions")).JsonAsync(HttpStatusCode.OK);
        var first = mine.GetProperty("items").EnumerateArray().First().GetProperty("id").GetGuid();
        (await program.PostAsJsonAsync($"/api/v1/sessions/{first}/cancel", new { reason = "No time" })).EnsureSuccessStatusCode();
        Assert.Equal(201, await BookAsync(program, two.Id, _scene.Slot.AddHours(4)));
    }

    [Fact]
    public async Task A_series_counts_all_its_dates()
    {
        var mentor = await _scene.MentorAsync(profile: m => m.HorizonDays = 90);
        var program = await _scene.ProgramAsync(await _scene.PersonAsync());
        Assert.Equal(409, await BookAsync(program, mentor.Id, _scene.Slot, series: new { count = 3, everyWeeks = 1 }));
        Assert.Equal(201, await BookAsync(program, mentor.Id, _scene.Slot, series: new { count = 2, everyWeeks = 1 }));
    }

    [Fact]
    public async Task Bookings_of_one_moment_do_not_pass_the_limit_together()
    {
        var mentors = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _scene.MentorAsync()));
        var program = await _scene.ProgramAsync(await _scene.PersonAsync());
        var answers = await Task.WhenAll(mentors.Select((m, i) => BookAsync(program, m.Id, _scene.Slot.AddHours(i))));
        Assert.Equal(3, answers.Count(a => a == 201));
        Assert.All(answers.Where(a => a != 201), a => Assert.Equal(409, a));
    }

    [Fact]
    public async Task Seats_in_groups_count_too()
    {
        var circle = new SessionKind { Name = "Writing circle", Minutes = 60, Capacity = 5 };
        var mentor = await _scene.MentorAsync(profile: m => m.Kinds.Add(circle));
        var kind = circle.Id;
        // Somebody else has opened the group already: then it is a seat that is taken.
        Assert.Equal(201, await SeatAsync(await _scene.ProgramAsync(await _scene.PersonAsync()), mentor.Id, kind, 0));
        var program = await _scene.ProgramAsync(await _scene.PersonAsync());
        foreach (var (hours, status) in new[] { (0, 201), (2, 201) })
            Assert.Equal(status, await SeatAsync(program, mentor.Id, kind, hours));
        Assert.Equal(409, await SeatAsync(program, mentor.Id, kind, 4));
        Assert.Equal(201, await SeatAsync(await _scene.ProgramAsync(await _scene.PersonAsync()), mentor.Id, kind, 4));
        Assert.Equal(409, await SeatAsync(program, mentor.Id, kind, 4));
    }

    private async Task<int> SeatAsync(HttpClient client, Guid mentor, Guid kind, int hours)
    {
        using var answer = await client.PostAsJsonAsync("/api/v1/sessions",
            new { mentorId = mentor, start = _scene.Slot.AddHours(hours), kindId = kind });
        return (int)answer.StatusCode;
    }

    [Fact]
    public async Task Meetings_opened_at_once_end_at_the_limit_of_the_day()
    {
        var host = await _scene.ProgramAsync(await _scene.MentorAsync());
        var statuses = new List<int>();
        for (var i = 0; i < 3; i++)
        {
            using var answer = await host.PostAsJsonAsync("/api/v1/sessions/instant", new { topic = "Quick", minutes = 15 });
            statuses.Add((int)answer.StatusCode);
            small.App.Clock.Advance(TimeSpan.FromMinutes(20));
        }
        Assert.Equal([201, 201, 429], statuses);
    }

    [Fact]
    public async Task Inviting_and_withdrawing_is_no_way_round_the_limit_of_a_session()
    {
        var session = await _scene.BookedAsync();
        var mentor = await _scene.ProgramAsync(session.Mentor);
        for (var i = 0; i < 3; i++)
        {
            using var invited = await mentor.PostAsJsonAsync($"/api/v1/sessions/{session.Id}/invite",
                new { email = Address(), name = "Huda" });
            var person = (await invited.JsonAsync(HttpStatusCode.Created)).GetProperty("id").GetGuid();
            (await mentor.PostAsync($"/api/mentoring/session/{session.Id}/participants/{person}/withdraw-link", null))
                .EnsureSuccessStatusCode();
        }
        Assert.Equal(429, await InviteAsync(mentor, session.Id, Address()));
        Assert.Equal(429, await InviteAsync(mentor, session.Id, null));
    }

    [Fact]
    public async Task An_account_has_so_many_invitations_a_day()
    {
        var mentee = await _scene.PersonAsync();
        var sessions = new[]
        {
            await _scene.BookedAsync(mentee: mentee),
            await _scene.BookedAsync(mentee: mentee, start: _scene.Slot.AddHours(2)),
        };
        var program = await _scene.ProgramAsync(mentee);
        for (var i = 0; i < 4; i++)
            Assert.Equal(201, await InviteAsync(program, sessions[i % 2].Id, Address()));
        Assert.Equal(429, await InviteAsync(program, sessions[0].Id, Address()));
        var guests = new[] { new { email = Address(), name = "A" } };
        Assert.Equal(429, await BookAsync(program, (await _scene.MentorAsync()).Id, _scene.Slot.AddHours(5), guests));
    }

    [Fact]
    public async Task One_address_is_invited_so_often_a_day_whoever_does_it_and_however_it_is_written()
    {
        var address = Address();
        var sessions = new[] { await _scene.BookedAsync(), await _scene.BookedAsync(), await _scene.BookedAsync() };
        Assert.Equal(201, await InviteAsync(await _scene.ProgramAsync(sessions[0].Mentor), sessions[0].Id, address));
        Assert.Equal(201, await InviteAsync(await _scene.ProgramAsync(sessions[1].Mentee), sessions[1].Id, address.ToUpperInvariant()));
        Assert.Equal(429, await InviteAsync(await _scene.ProgramAsync(sessions[2].Mentor), sessions[2].Id, address));
        var another = await _scene.ProgramAsync(await _scene.PersonAsync());
        Assert.Equal(429, await BookAsync(another, sessions[2].Mentor.Id, _scene.Slot.AddHours(4),
            new[] { new { email = address, name = "A" } }));
    }
}
