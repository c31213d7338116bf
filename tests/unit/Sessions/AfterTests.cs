using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Portal.People;
using Portal.Sessions.Availability;
using Tests.Support;

namespace Tests.Sessions;

/// <summary>What comes next once a session is over, by role and by how it ended.</summary>
[Trait("Clock", "moves")]
public sealed class AfterTests(PortalApp app) : IClassFixture<PortalApp>
{
    private readonly Scene _scene = new(app);

    private async Task<string> PageAsync(PortalUser user, BookedScene session) =>
        await (await _scene.BrowserAsync(user)).GetStringAsync($"/sessions/{session.Id}");

    private async Task JoinAsync(Guid participant)
    {
        using var joined = await app.Visitor().PostAsync(await _scene.LinkAsync(participant), null);
        Assert.Equal(HttpStatusCode.SeeOther, joined.StatusCode);
    }

    private async Task<BookedScene> MissedAsync(bool byMentor)
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session, 0);
        await JoinAsync(byMentor ? session.MenteePart : session.MentorPart);
        _scene.GoTo(session, 15);
        using var missed = await (await _scene.ProgramAsync(byMentor ? session.Mentee : session.Mentor))
            .PostAsJsonAsync($"/api/v1/sessions/{session.Id}/missed", new { });
        Assert.Equal(HttpStatusCode.NoContent, missed.StatusCode);
        return session;
    }

    [Fact]
    public async Task Before_the_end_nothing_comes_next_and_after_it_the_mentee_rates_and_books()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session, 5);
        await JoinAsync(session.MentorPart);
        await JoinAsync(session.MenteePart);
        Assert.DoesNotContain("id=\"after\"", await PageAsync(session.Mentee, session));
        using (var ended = await (await _scene.ProgramAsync(session.Mentor)).PostAsync($"/api/v1/sessions/{session.Id}/complete", null))
            Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        var mentees = await PageAsync(session.Mentee, session);
        Assert.Contains("id=\"after\"", mentees);
        Assert.Contains($"href=\"/sessions/{session.Id}/feedback\"", mentees);
        Assert.Contains($"id=\"rebook\" href=\"/mentors/{session.Mentor.Id}\"", mentees);
        Assert.Contains("Book the next one", mentees);
        var mentors = await PageAsync(session.Mentor, session);
        Assert.Contains("id=\"after\"", mentors);
        Assert.DoesNotContain("id=\"rebook\"", mentors);
        Assert.DoesNotContain("id=\"after\"", await PageAsync(await _scene.AdminAsync(), session));
    }

    [Fact]
    public async Task The_same_kind_of_session_is_booked_again()
    {
        var kind = new SessionKind { Name = "Review", Minutes = 30, Capacity = 1 };
        var mentor = await _scene.MentorAsync(profile: m => m.Kinds.Add(kind));
        var mentee = await _scene.PersonAsync();
        using var booked = await (await _scene.ProgramAsync(mentee)).PostAsJsonAsync("/api/v1/sessions",
            new { mentorId = mentor.Id, start = _scene.Slot, kindId = kind.Id });
        var id = (await booked.JsonAsync(HttpStatusCode.Created)).GetProperty("id").GetGuid();
        var browser = await _scene.BrowserAsync(mentee);
        app.Clock.MoveTo(_scene.Slot.AddMinutes(31));
        Assert.Contains($"/mentors/{mentor.Id}?kind={kind.Id}", await browser.GetStringAsync($"/sessions/{id}"));
        using var times = await browser.GetAsync($"/mentors/{mentor.Id}?kind={kind.Id}");
        Assert.Equal(HttpStatusCode.OK, times.StatusCode);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task After_a_miss_the_mentee_books_again_from_the_page_and_from_the_door(bool byMentor)
    {
        var session = await MissedAsync(byMentor);
        var browser = await _scene.BrowserAsync(session.Mentee);
        var page = await browser.GetStringAsync($"/sessions/{session.Id}");
        Assert.Equal(byMentor, page.Contains("We’re sorry: your mentor", StringComparison.Ordinal));
        Assert.Equal(!byMentor, page.Contains("You were recorded as absent", StringComparison.Ordinal));
        var rebook = $"/mentors/{session.Mentor.Id}";
        Assert.Contains($"id=\"rebook\" href=\"{rebook}\"", page);
        using var door = await browser.GetAsync(await _scene.LinkAsync(session.MenteePart));
        Assert.Contains($"href=\"{rebook}\"", await door.Content.ReadAsStringAsync());
        using var times = await browser.GetAsync(rebook);
        Assert.Equal(HttpStatusCode.OK, times.StatusCode);
        await _scene.BookedAsync(session.Mentor, session.Mentee, session.Start.AddHours(2));
        var mentors = await PageAsync(session.Mentor, session);
        Assert.Equal(!byMentor, mentors.Contains("Your mentee didn’t attend", StringComparison.Ordinal));
        Assert.Contains("See your available times", mentors);
    }

    [Fact]
    public async Task A_mentor_who_takes_no_bookings_any_more_is_not_offered()
    {
        var session = await MissedAsync(byMentor: true);
        await app.InDatabaseAsync(db => db.UserRoles.Where(r => r.UserId == session.Mentor.Id).ExecuteDeleteAsync());
        var page = await PageAsync(session.Mentee, session);
        Assert.Contains("id=\"after\"", page);
        Assert.DoesNotContain("id=\"rebook\"", page);
    }
}
