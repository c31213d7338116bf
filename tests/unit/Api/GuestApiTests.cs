using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Sessions;
using Portal.Sessions.Live;
using Tests.Support;

namespace Tests.Api;

public sealed class GuestApiTests(PortalApp app) : IClassFixture<PortalApp>
{
    private readonly Scene _scene = new(app);

    private static Task<HttpResponseMessage> InviteAsync(HttpClient client, Guid session, object guest) =>
        client.PostAsJsonAsync($"/api/v1/sessions/{session}/invite", guest);

    [Fact]
    public async Task An_instant_meeting_is_open_at_once_and_a_guest_joins_it_by_a_link_and_a_typed_name()
    {
        var mentor = await _scene.MentorAsync();
        var host = await _scene.ProgramAsync(mentor);
        var opened = await (await host.PostAsJsonAsync("/api/v1/sessions/instant", new { topic = "Quick question", minutes = 30 }))
            .JsonAsync(HttpStatusCode.Created);
        var id = opened.GetProperty("id").GetGuid();
        using var joined = await host.PostAsync($"/api/mentoring/session/{id}/join", null);
        Assert.Equal(HttpStatusCode.SeeOther, joined.StatusCode);

        var invited = await (await InviteAsync(host, id, new { })).JsonAsync(HttpStatusCode.Created);
        var link = new Uri(invited.GetProperty("joinUrl").GetString()!).AbsolutePath;
        var guest = app.Visitor();
        Assert.Contains("name=\"name\"", await guest.GetStringAsync(link));
        using var nameless = await guest.PostAsync(link, null);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nameless.StatusCode);
        using var entered = await guest.PostAsync(link,
            new FormUrlEncodedContent(new Dictionary<string, string> { ["name"] = "ليلى Guest" }));
        Assert.Equal(HttpStatusCode.SeeOther, entered.StatusCode);
        var person = await app.InDatabaseAsync(db => db.Participants.SingleAsync(p => p.Id == invited.GetProperty("id").GetGuid()));
        Assert.Equal(("ليلى Guest", ParticipantRole.Guest), (person.OwnName, person.Role));
        Assert.Contains(await _scene.EventsAsync(id), e => e.Kind == MeetingEventKind.Joined && e.ParticipantId == person.Id);

        using var withdrawn = await host.PostAsync($"/api/mentoring/session/{id}/participants/{person.Id}/withdraw-link", null);
        using var after = await guest.PostAsync(link, null);
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.Gone), (withdrawn.StatusCode, after.StatusCode));
    }

    [Theory]
    [InlineData("", 422), InlineData("   ", 422), InlineData("\u0000", 400), InlineData("\u202Eevil", 422)]
    public async Task A_name_that_nobody_could_read_opens_nothing(string name, int status)
    {
        var host = await _scene.ProgramAsync(await _scene.MentorAsync());
        var id = (await (await host.PostAsJsonAsync("/api/v1/sessions/instant", new { topic = "x" })).JsonAsync(HttpStatusCode.Created))
            .GetProperty("id").GetGuid();
        var link = new Uri((await (await InviteAsync(host, id, new { })).JsonAsync(HttpStatusCode.Created)).GetProperty("joinUrl")
            .GetString()!).AbsolutePath;
        using var answer = await app.Visitor()
            .PostAsync(link, new FormUrlEncodedContent(new Dictionary<string, string> { ["name"] = name }));
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Two_names_at_once_leave_one_and_both_are_let_in()
    {
        var host = await _scene.ProgramAsync(await _scene.MentorAsync());
        var id = (await (await host.PostAsJsonAsync("/api/v1/sessions/instant", new { topic = "x" })).JsonAsync(HttpStatusCode.Created))
            .GetProperty("id").GetGuid();
        var link = new Uri((await (await InviteAsync(host, id, new { })).JsonAsync(HttpStatusCode.Created)).GetProperty("joinUrl")
            .GetString()!).AbsolutePath;
        var answers = await Task.WhenAll(new[] { "A", "B" }.Select(n =>
            app.Visitor().PostAsync(link, new FormUrlEncodedContent(new Dictionary<string, string> { ["name"] = n }))));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.SeeOther, a.StatusCode));
    }

    [Fact]
    public async Task A_mentor_in_a_session_cannot_open_another_one_and_mentees_cannot_open_any()
    {
        var session = await _scene.BookedAsync(await _scene.MentorAsync(), start: _scene.Slot);
        var host = await _scene.ProgramAsync(session.Mentor);
        await using var own = await PortalApp.StartAsync();
        using var mentee = await (await _scene.ProgramAsync(session.Mentee))
            .PostAsJsonAsync("/api/v1/sessions/instant", new { topic = "x" });
        await mentee.ProblemAsync(403);
        var scene = new Scene(own);
        var booked = await scene.BookedAsync();
        own.Clock.MoveTo(booked.Start.AddMinutes(-20));
        using var taken = await (await scene.ProgramAsync(booked.Mentor))
            .PostAsJsonAsync("/api/v1/sessions/instant", new { topic = "x", minutes = 60 });
        await taken.ProblemAsync(409);
        foreach (var minutes in new[] { 0, 14, 17, 245, -60 })
        {
            using var odd = await host.PostAsJsonAsync("/api/v1/sessions/instant", new { topic = "x", minutes });
            await odd.ProblemAsync(422);
        }
    }

    [Fact]
    public async Task Observers_invited_at_booking_get_a_mail_of_their_own_and_no_moderator_rights()
    {
        var (mentor, mentee) = (await _scene.MentorAsync(), await _scene.PersonAsync(language: "ar"));
        using var booked = await (await _scene.ProgramAsync(mentee)).PostAsJsonAsync("/api/v1/sessions", new
        {
            mentorId = mentor.Id,
            start = _scene.Slot,
            topic = "Report",
            note = "Bring the report",
            guests = new[] { new { email = "guardian@people.example", name = "ولي الأمر", role = "observer" } },
        });
        var id = (await booked.JsonAsync(HttpStatusCode.Created)).GetProperty("id").GetGuid();
        var mail = Assert.Single(await _scene.MailsAsync(id), m => m.Kind == "Invited");
        Assert.Equal(("guardian@people.example", "ar"), (mail.ToAddress, mail.Language));
        Assert.Equal(3, (await _scene.MailsAsync(id)).Count);
        var observer = await app.InDatabaseAsync(db =>
            db.Participants.SingleAsync(p => p.SessionId == id && p.Role == ParticipantRole.Observer));
        Assert.Null(observer.UserId);
    }

    [Fact]
    public async Task The_same_address_twice_is_one_invitation_and_there_is_an_end_to_guests()
    {
        var session = await _scene.BookedAsync();
        var mentor = await _scene.ProgramAsync(session.Mentor);
        for (var i = 0; i < 2; i++)
            (await InviteAsync(mentor, session.Id, new { email = "Guest@people.example", name = "Guest" })).EnsureSuccessStatusCode();
        Assert.Single(await _scene.MailsAsync(session.Id), m => m.Kind == "Invited");
        for (var i = 1; i < 10; i++)
            (await InviteAsync(mentor, session.Id, new { email = $"g{i}@people.example", name = "Guest" })).EnsureSuccessStatusCode();
        using var last = await InviteAsync(mentor, session.Id, new { email = "one-more@people.example", name = "Guest" });
        await last.ProblemAsync(422);
    }

    [Theory]
    [InlineData("observer", "", "Guardian"), InlineData("observer", "guardian@people.example", ""),
        InlineData("guest", "not an address", "Guest")]
    [InlineData("moderator", "g@people.example", "Guest")]
    public async Task An_invitation_that_does_not_fit_is_a_problem_of_the_caller(string role, string email, string name)
    {
        var session = await _scene.BookedAsync();
        using var answer = await InviteAsync(await _scene.ProgramAsync(session.Mentee), session.Id, new { email, name, role });
        await answer.ProblemAsync(422);
    }

    [Fact]
    public async Task Strangers_invite_nobody_and_where_guests_are_off_nobody_does()
    {
        var session = await _scene.BookedAsync();
        using var stranger = await InviteAsync(await _scene.ProgramAsync(await _scene.PersonAsync()), session.Id,
            new { email = "g@people.example", name = "G" });
        await stranger.ProblemAsync(403);
        await using var closed = await PortalApp.StartAsync(a => a.With("Booking:Guests", "false"));
        var scene = new Scene(closed);
        var there = await scene.BookedAsync();
        using var answer = await InviteAsync(await scene.ProgramAsync(there.Mentor), there.Id, new { });
        await answer.ProblemAsync(403);
    }
}
