using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Portal.Joining;
using Portal.Sessions;
using Portal.Sessions.Live;
using Tests.Pages.Join;
using Tests.Support;

namespace Tests.Sessions;

/// <summary>Guests and observers whose access ends before the session does.</summary>
[Trait("Clock", "moves")]
public sealed class InvitationEndTests(SelfHostedApp selfHosted) : IClassFixture<SelfHostedApp>
{
    private readonly PortalApp _app = selfHosted.App;
    private readonly Scene _scene = new(selfHosted.App);

    private async Task<Guid> InviteAsync(BookedScene session, object guest)
    {
        using var answer = await (await _scene.ProgramAsync(session.Mentor)).PostAsJsonAsync(
            $"/api/v1/sessions/{session.Id}/invite", guest);
        return (await answer.JsonAsync(HttpStatusCode.Created)).GetProperty("id").GetGuid();
    }

    private static object Observer(DateTimeOffset? until, string email = "guardian@people.example") =>
        new { email, name = "Huda Salem", role = "observer", until };

    private Task<SessionParticipant> PersonAsync(Guid id) =>
        _app.InDatabaseAsync(db => db.Participants.AsNoTracking().SingleAsync(p => p.Id == id));

    [Theory]
    [InlineData("en", "Observer until", "This invitation has expired")]
    [InlineData("ar", "مراقب حتى يوم", "انتهت مدة هذه الدعوة")]
    public async Task An_observer_of_the_first_minutes_is_shown_to_both_sides_and_goes_out_when_they_are_over(
        string language, string shown, string told)
    {
        var mentee = await _scene.PersonAsync(language: language);
        var session = await _scene.BookedAsync(mentee: mentee);
        var page = $"/sessions/{session.Id}";
        using var invited = await Forms.PostAsync(await _scene.BrowserAsync(mentee), page, new()
        {
            ["Guest.Name"] = "Huda Salem",
            ["Guest.Email"] = "huda@people.example",
            ["Guest.Observes"] = "true",
            ["Guest.Minutes"] = "15",
        }, page + "/people?handler=Invite");
        Assert.Equal(HttpStatusCode.Redirect, invited.StatusCode);
        Assert.Contains(shown, WebUtility.HtmlDecode(await (await _scene.BrowserAsync(mentee)).GetStringAsync(page)));
        Assert.Contains("Observer until", await (await _scene.BrowserAsync(session.Mentor)).GetStringAsync(page));
        var observer = await _app.InDatabaseAsync(db =>
            db.Participants.SingleAsync(p => p.SessionId == session.Id && p.Role == ParticipantRole.Observer));
        Assert.Equal(session.Start.AddMinutes(15), observer.AccessUntilUtc);
        var mail = Assert.Single(await _scene.MailsAsync(session.Id), m => m.Kind == "Invited");
        Assert.Contains($"\"Until\":\"{session.Start.AddMinutes(15):yyyy-MM-ddTHH:mm:ss}", mail.Model);

        _scene.GoTo(session, 14);
        var link = await _scene.LinkAsync(observer.Id);
        var browser = _app.Visitor();
        using var entered = await browser.PostAsync(link, null);
        Assert.Equal(HttpStatusCode.SeeOther, entered.StatusCode);
        var look = await _app.InScopeAsync<JoinService, JoinView>(j => j.LookAsync(link["/join/".Length..], default));
        Assert.Equal(session.Start.AddMinutes(15), look.ClosesAt);
        Assert.False(await MustGoAsync(browser, session.Id));

        _scene.GoTo(session, 15);
        Assert.True(await MustGoAsync(browser, session.Id));
        using var room = await browser.GetAsync($"/meeting/{session.Id}");
        using var door = await _app.Visitor().GetAsync(link);
        using var again = await browser.PostAsync(link, null);
        Assert.All([room, door, again], a => Assert.Equal(HttpStatusCode.Gone, a.StatusCode));
        Assert.All([await room.Content.ReadAsStringAsync(), await door.Content.ReadAsStringAsync()],
            text => Assert.Contains(told, WebUtility.HtmlDecode(text)));
        Assert.Equal(JoinDecision.AccessEnded, (await _scene.EventsAsync(session.Id)).Last(e => e.Decision is not null).Decision);
    }

    private static async Task<bool> MustGoAsync(HttpClient browser, Guid session) =>
        (await (await browser.GetAsync($"/meeting/{session}?handler=State&room=1")).JsonAsync(HttpStatusCode.OK))
            .GetProperty("go").GetBoolean();

    [Fact]
    public async Task A_program_gives_and_reads_the_end()
    {
        var session = await _scene.BookedAsync();
        var until = session.Start.AddMinutes(20);
        var id = await InviteAsync(session, Observer(until));
        var read = await (await (await _scene.ProgramAsync(session.Mentee)).GetAsync($"/api/v1/sessions/{session.Id}"))
            .JsonAsync(HttpStatusCode.OK);
        var person = Assert.Single(read.GetProperty("participants").EnumerateArray(), p => p.GetProperty("id").GetGuid() == id);
        Assert.Equal(until, person.GetProperty("until").GetDateTimeOffset());
    }

    [Theory]
    [InlineData(0), InlineData(-60)]
    public async Task An_access_that_ends_before_the_session_is_refused(int minutes)
    {
        var session = await _scene.BookedAsync();
        using var answer = await (await _scene.ProgramAsync(session.Mentor)).PostAsJsonAsync(
            $"/api/v1/sessions/{session.Id}/invite", Observer(session.Start.AddMinutes(minutes)));
        await answer.ProblemAsync(422);
        using var odd = await (await _scene.ProgramAsync(session.Mentor)).PostAsJsonAsync(
            $"/api/v1/sessions/{session.Id}/invite", new { email = "g@people.example", name = "G", until = "tomorrow" });
        await odd.ProblemAsync(422);
        using var booked = await (await _scene.ProgramAsync(session.Mentee)).PostAsJsonAsync("/api/v1/sessions", new
        {
            mentorId = session.Mentor.Id,
            start = session.Start.AddHours(3),
            topic = "x",
            guests = new[] { Observer(session.Start) },
        });
        Assert.True((await booked.ProblemAsync(422)).GetProperty("errors").TryGetProperty("guests[0].until", out _));
    }

    [Theory]
    [InlineData("20", "", "Minutes"), InlineData("15", "2", "LastDay"), InlineData("", "soon", "LastDay")]
    [InlineData("", "-400", "LastDay"), InlineData("", "last", "LastDay")]
    public async Task A_form_says_which_end_does_not_fit(string minutes, string day, string field)
    {
        var session = await _scene.BookedAsync();
        if (int.TryParse(day, out var days))
            day = $"{session.Start.AddDays(days):yyyy-MM-dd}";
        else if (day == "last")
            day = $"{DateTime.MaxValue:yyyy-MM-dd}";
        var page = $"/sessions/{session.Id}";
        using var answer = await Forms.PostAsync(await _scene.BrowserAsync(session.Mentor), page, new()
        {
            ["Guest.Name"] = "Huda",
            ["Guest.Email"] = "h@people.example",
            ["Guest.Minutes"] = minutes,
            ["Guest.LastDay"] = day,
        }, page + "/people?handler=Invite");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var fields = Regex.Split(await answer.Content.ReadAsStringAsync(), "<div class=\"field\">");
        Assert.Contains("field-validation-error", Assert.Single(fields, f => f.Contains($"name=\"Guest.{field}\"")));
        Assert.False(await _app.InDatabaseAsync(db => db.Participants.AnyAsync(p => p.SessionId == session.Id && p.OwnName == "Huda")));
    }

    [Fact]
    public async Task A_session_that_is_moved_takes_an_end_of_its_own_along_and_leaves_a_day_behind()
    {
        var session = await _scene.BookedAsync();
        var first = await InviteAsync(session, Observer(session.Start.AddMinutes(15), "first@people.example"));
        var day = await InviteAsync(session, Observer(session.Start.AddHours(12), "day@people.example"));
        using var moved = await (await _scene.ProgramAsync(session.Mentor)).PostAsJsonAsync(
            $"/api/v1/sessions/{session.Id}/move", new { start = session.Start.AddDays(2) });
        Assert.Equal(HttpStatusCode.NoContent, moved.StatusCode);
        Assert.Equal(session.Start.AddDays(2).AddMinutes(15), (await PersonAsync(first)).AccessUntilUtc);
        Assert.Equal(session.Start.AddHours(12), (await PersonAsync(day)).AccessUntilUtc);
        using var door = await _app.Visitor().GetAsync(await _scene.LinkAsync(day));
        using var open = await _app.Visitor().GetAsync(await _scene.LinkAsync(first));
        Assert.Equal((HttpStatusCode.Gone, HttpStatusCode.OK), (door.StatusCode, open.StatusCode));
    }

    [Fact]
    public async Task Who_is_invited_to_a_series_until_a_day_is_in_no_date_after_it_and_the_mail_lists_the_others()
    {
        var mentor = await _scene.MentorAsync();
        using var booked = await (await _scene.ProgramAsync(await _scene.PersonAsync())).PostAsJsonAsync("/api/v1/sessions", new
        {
            mentorId = mentor.Id,
            start = _scene.Slot,
            topic = "x",
            series = new { count = 3 },
            guests = new[] { Observer(_scene.Slot.AddDays(8), "day@people.example"),
                Observer(_scene.Slot.AddMinutes(15), "first@people.example") },
        });
        await booked.JsonAsync(HttpStatusCode.Created);
        var dates = await _app.InDatabaseAsync(db => db.Sessions.AsNoTracking().Include(s => s.Participants)
            .Where(s => s.MentorId == mentor.Id).OrderBy(s => s.StartUtc).ToListAsync());
        Assert.Equal([true, true, false], dates.Select(s => s.Participants.Any(p => p.OwnEmail == "day@people.example")));
        Assert.All(dates, s => Assert.Equal(s.StartUtc.AddMinutes(15),
            s.Participants.Single(p => p.OwnEmail == "first@people.example").AccessUntilUtc));
        var mails = await _scene.MailsAsync(dates[0].Id);
        foreach (var (address, listed) in new[] { ("day@people.example", 2), ("first@people.example", 3) })
            Assert.Equal(listed, System.Text.Json.JsonDocument.Parse(mails.Single(m => m.ToAddress == address).Model).RootElement
                .GetProperty("Starts").GetArrayLength());
    }

    [Fact]
    public async Task Who_is_invited_again_until_later_comes_in_by_the_same_link_and_no_new_link_is_made_for_who_is_not()
    {
        var session = await _scene.BookedAsync();
        var id = await InviteAsync(session, Observer(session.Start.AddMinutes(10)));
        _scene.GoTo(session, 10);
        var link = await _scene.LinkAsync(id);
        using var closed = await _app.Visitor().GetAsync(link);
        using var renewed = await (await _scene.ProgramAsync(session.Mentor)).PostAsync(
            $"/api/mentoring/session/{session.Id}/participants/{id}/renew-link", null);
        await renewed.ProblemAsync(410);
        // The mentee did not invite this person.
        using var notTheirs = await (await _scene.ProgramAsync(session.Mentee)).PostAsJsonAsync(
            $"/api/v1/sessions/{session.Id}/invite", Observer(session.Start.AddMinutes(30)));
        await notTheirs.ProblemAsync(403);
        Assert.Equal(id, await InviteAsync(session, Observer(session.Start.AddMinutes(30))));
        using var open = await _app.Visitor().PostAsync(link, null);
        Assert.Equal((HttpStatusCode.Gone, HttpStatusCode.SeeOther), (closed.StatusCode, open.StatusCode));
        Assert.Equal(2, (await _scene.MailsAsync(session.Id)).Count(m => m.Kind == "Invited"));
    }

    [Fact]
    public async Task The_database_takes_no_end_for_who_holds_the_sessions_time()
    {
        var session = await _scene.BookedAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => _app.InDatabaseAsync(db => db.Participants.Where(p => p.Id == session.MenteePart)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.AccessUntilUtc, session.Start))));
    }

    [Fact]
    public async Task An_observer_who_joins_while_being_withdrawn_is_outside_when_both_are_done()
    {
        var session = await _scene.BookedAsync();
        var mentor = await _scene.ProgramAsync(session.Mentor);
        for (var i = 0; i < 5; i++)
        {
            var id = await InviteAsync(session, Observer(null, $"race{i}@people.example"));
            if (i == 0)
            {
                _scene.GoTo(session);
                mentor = await _scene.ProgramAsync(session.Mentor);
            }
            var (link, browser) = (await _scene.LinkAsync(id), _app.Visitor());
            var joins = browser.PostAsync(link, null);
            var withdrawn = await mentor.PostAsync($"/api/mentoring/session/{session.Id}/participants/{id}/withdraw-link", null);
            using var joined = await joins;
            Assert.Equal(HttpStatusCode.NoContent, withdrawn.StatusCode);
            Assert.Contains(joined.StatusCode, new[] { HttpStatusCode.SeeOther, HttpStatusCode.Gone });
            if (joined.StatusCode == HttpStatusCode.SeeOther)
                Assert.True(await MustGoAsync(browser, session.Id));
            using var again = await browser.PostAsync(link, null);
            Assert.Equal(HttpStatusCode.Gone, again.StatusCode);
        }
    }

    [Fact]
    public async Task In_a_group_the_mentor_brings_an_observer_whom_everybody_sees_by_name_and_the_mentor_alone_takes_back()
    {
        var mentor = await _scene.MentorAsync(profile: m => m.Kinds.Add(new() { Name = "Circle", Minutes = 60, Capacity = 3 }));
        var kind = await _app.InDatabaseAsync(db => db.SessionKinds.Where(k => k.MentorId == mentor.Id).Select(k => k.Id).SingleAsync());
        var (first, second) = (await _scene.PersonAsync("Mina Adel"), await _scene.PersonAsync("Omar Said", "ar"));
        var id = Guid.Empty;
        foreach (var mentee in new[] { first, second })
        {
            using var seat = await (await _scene.ProgramAsync(mentee)).PostAsJsonAsync("/api/v1/sessions",
                new { mentorId = mentor.Id, start = _scene.Slot, kindId = kind });
            id = (await seat.JsonAsync(HttpStatusCode.Created)).GetProperty("id").GetGuid();
        }
        using var notTheirs = await (await _scene.ProgramAsync(first)).PostAsJsonAsync($"/api/v1/sessions/{id}/invite", Observer(null));
        await notTheirs.ProblemAsync(403);
        var session = new BookedScene(id, _scene.Slot, _scene.Slot.AddHours(1), mentor, first, default, default);
        var observer = await InviteAsync(session, Observer(null));
        foreach (var (reader, word) in new[] { (mentor, "Observer"), (first, "Observer"), (second, "مراقب") })
        {
            var page = WebUtility.HtmlDecode(await (await _scene.BrowserAsync(reader)).GetStringAsync($"/sessions/{id}"));
            Assert.Contains("Huda Salem", page);
            Assert.Contains(word, page);
        }
        var path = $"/api/mentoring/session/{id}/participants/{observer}/withdraw-link";
        using var refused = await (await _scene.ProgramAsync(second)).PostAsync(path, null);
        await refused.ProblemAsync(403);
        using var withdrawn = await (await _scene.ProgramAsync(mentor)).PostAsync(path, null);
        using var door = await _app.Visitor().GetAsync(await _scene.LinkAsync(observer));
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.Gone), (withdrawn.StatusCode, door.StatusCode));
    }
}
