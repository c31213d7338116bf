using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Sessions;
using Tests.Pages.Join;
using Tests.Support;

namespace Tests.Joining;

/// <summary>What the mentor does for everybody, from inside the room and as a program.</summary>
[Trait("Clock", "moves")]
public sealed class HostTests(SelfHostedApp selfHosted) : IClassFixture<SelfHostedApp>
{
    private readonly PortalApp _app = selfHosted.App;
    private readonly Scene _scene = new(selfHosted.App);

    private async Task<HttpClient> EnterAsync(Guid participant)
    {
        var browser = _app.Visitor();
        using var answer = await browser.PostAsync(await _scene.LinkAsync(participant), null);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return browser;
    }

    private static async Task<(HttpStatusCode Status, string Text)> ActAsync(
        HttpClient browser, Guid session, string act, params (string Name, object Value)[] fields)
    {
        using var answer = await browser.PostAsync($"/meeting/{session}/host?handler={act}",
            new FormUrlEncodedContent(fields.ToDictionary(f => f.Name, f => $"{f.Value}")));
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return (answer.StatusCode, json.GetProperty("text").GetString()!);
    }

    private Task<SessionState> StateAsync(Guid id) =>
        _app.InDatabaseAsync(db => db.Sessions.Where(s => s.Id == id).Select(s => s.State).SingleAsync());

    private static async Task<bool> HasEndedAsync(HttpClient browser, Guid session) =>
        (await (await browser.GetAsync($"/meeting/{session}?handler=State&room=1")).JsonAsync(HttpStatusCode.OK))
            .GetProperty("ended").GetBoolean();

    [Fact]
    public async Task A_meeting_that_the_mentor_ends_is_over_for_everybody_and_its_session_is_completed_once()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session, 20);
        var (mentor, mentee) = (await EnterAsync(session.MentorPart), await EnterAsync(session.MenteePart));
        Assert.False(await HasEndedAsync(mentee, session.Id));
        for (var i = 0; i < 2; i++)
            Assert.Equal((HttpStatusCode.OK, "The meeting has ended for everyone."), await ActAsync(mentor, session.Id, "End"));
        Assert.Equal(SessionState.Completed, await StateAsync(session.Id));
        Assert.True(await HasEndedAsync(mentee, session.Id));
        using var again = await mentee.GetAsync($"/meeting/{session.Id}");
        Assert.Equal(HttpStatusCode.Gone, again.StatusCode);
        Assert.Single(await _scene.MailsAsync(session.Id), m => m.Kind == "SessionCompleted" && m.ToAddress == session.Mentee.Email);
    }

    [Fact]
    public async Task Whose_time_ran_out_talks_on()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session, 20);
        var mentee = await EnterAsync(session.MenteePart);
        _scene.GoTo(session, 200);
        Assert.False(await HasEndedAsync(mentee, session.Id));
    }

    [Fact]
    public async Task Nobody_but_the_mentor_acts_for_all()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session, 20);
        var mentee = await EnterAsync(session.MenteePart);
        foreach (var act in new[] { "End", "Extend", "Remove" })
        {
            Assert.Equal(HttpStatusCode.Forbidden,
                (await ActAsync(mentee, session.Id, act, ("minutes", 15), ("participant", session.MentorPart))).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await ActAsync(_app.Visitor(), session.Id, act, ("minutes", 15))).Status);
        }
        Assert.Equal(SessionState.Confirmed, await StateAsync(session.Id));
    }

    [Fact]
    public async Task A_mentor_who_lost_the_link_acts_no_more()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session, 20);
        var mentor = await EnterAsync(session.MentorPart);
        await _app.InDatabaseAsync(db => db.Participants.Where(p => p.Id == session.MentorPart)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.LinkVersion, p => (short)(p.LinkVersion + 1))));
        Assert.Equal(HttpStatusCode.NotFound, (await ActAsync(mentor, session.Id, "End")).Status);
        Assert.Equal(SessionState.Confirmed, await StateAsync(session.Id));
    }

    [Fact]
    public async Task Before_the_start_nothing_is_completed()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session, -5);
        Assert.Equal(HttpStatusCode.Conflict, (await ActAsync(await EnterAsync(session.MentorPart), session.Id, "End")).Status);
    }

    [Theory]
    [InlineData("15", HttpStatusCode.OK), InlineData("7", HttpStatusCode.BadRequest), InlineData("-5", HttpStatusCode.BadRequest)]
    [InlineData("35", HttpStatusCode.BadRequest), InlineData("x", HttpStatusCode.BadRequest), InlineData("", HttpStatusCode.BadRequest)]
    public async Task More_time_is_given_in_steps(string minutes, HttpStatusCode status)
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session, 50);
        var (answered, text) = await ActAsync(await EnterAsync(session.MentorPart), session.Id, "Extend", ("minutes", minutes));
        Assert.Equal(status, answered);
        Assert.NotEqual("", text);
        var length = await _app.InDatabaseAsync(db =>
            db.Sessions.Where(s => s.Id == session.Id).Select(s => s.LengthMinutes).SingleAsync());
        Assert.Equal(status == HttpStatusCode.OK ? 75 : 60, length);
    }

    [Fact]
    public async Task The_page_offers_it_to_the_mentor_alone()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session, 20);
        var mentor = await (await EnterAsync(session.MentorPart)).GetStringAsync($"/meeting/{session.Id}");
        var mentee = await (await EnterAsync(session.MenteePart)).GetStringAsync($"/meeting/{session.Id}");
        Assert.Contains("id=\"room-end\"", mentor);
        Assert.Contains($"value=\"{session.MenteePart}\"", mentor);
        Assert.DoesNotContain("room-host", mentee);
    }

    [Theory]
    [InlineData("POST", "/api/v1/sessions/{0}/complete")]
    [InlineData("PATCH", "/api/mentoring/session/{0}/complete-session")]
    public async Task Programs_complete_a_session_under_both_names(string method, string path)
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session, 20);
        async Task<HttpStatusCode> SendAsync(Portal.People.PortalUser who)
        {
            using var answer = await (await _scene.ProgramAsync(who)).SendAsync(new(new(method), string.Format(path, session.Id)));
            return answer.StatusCode;
        }
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(session.Mentee));
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(session.Mentor));
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(session.Mentor));
        Assert.Equal(SessionState.Completed, await StateAsync(session.Id));
    }

    [Fact]
    public async Task A_client_of_its_own_gets_the_room_with_its_own_token_and_counts_no_join()
    {
        var session = await _scene.BookedAsync();
        var path = $"/api/mentoring/session/{session.Id}/jitsi-config";
        using (var early = await (await _scene.ProgramAsync(session.Mentee)).GetAsync(path))
            await early.ProblemAsync(409);
        _scene.GoTo(session, 5);
        var program = await _scene.ProgramAsync(session.Mentee);
        var config = await (await program.GetAsync(path)).JsonAsync(HttpStatusCode.OK);
        Assert.Equal("meet.example.org", config.GetProperty("room").GetProperty("domain").GetString());
        Assert.Equal(3, config.GetProperty("room").GetProperty("jwt").GetString()!.Split('.').Length);
        Assert.Equal("jitsi", config.GetProperty("provider").GetString());
        Assert.DoesNotContain(await _scene.EventsAsync(session.Id), e => e.ParticipantId == session.MenteePart);
        using var stranger = await (await _scene.ProgramAsync(await _scene.PersonAsync())).GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
    }

    [Fact]
    public async Task The_room_is_switched_under_the_seeds_name_too()
    {
        var session = await _scene.BookedAsync();
        var mentor = await _scene.ProgramAsync(session.Mentor);
        using var answer = await mentor.PatchAsJsonAsync($"/api/mentoring/session/{session.Id}/toggle-jitsi",
            new { externalMeetingUrl = "https://meet.google.com/abc-defg-hij" });
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("https://meet.google.com/abc-defg-hij", await _app.InDatabaseAsync(db =>
            db.Sessions.Where(s => s.Id == session.Id).Select(s => s.ExternalMeetingUrl).SingleAsync()));
    }

    [Fact]
    public async Task Who_cannot_open_the_room_asks_the_mentor_for_another_link_once()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session, 5);
        var (mentee, mentor) = (await EnterAsync(session.MenteePart), await EnterAsync(session.MentorPart));
        async Task<HttpStatusCode> AskAsync(HttpClient browser)
        {
            using var answer = await browser.PostAsync($"/meeting/{session.Id}?handler=AskLink", null);
            return answer.StatusCode;
        }
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(_app.Visitor()));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(mentor));
        await Task.WhenAll(AskAsync(mentee), AskAsync(mentee));
        Assert.Equal(HttpStatusCode.NoContent, await AskAsync(mentee));
        var mail = Assert.Single(await _scene.MailsAsync(session.Id), m => m.Kind == "LinkWanted");
        Assert.Equal(session.Mentor.Email, mail.ToAddress);
        _scene.GoTo(session, 70);
        Assert.Equal(HttpStatusCode.Gone, await AskAsync(mentee));
    }
}
