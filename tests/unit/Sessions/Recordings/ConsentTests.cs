using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Sessions.Live;
using Portal.Sessions.Recordings;
using Tests.Support;

namespace Tests.Sessions.Recordings;

/// <summary>Where a meeting may be recorded, everybody says whether they agree before they come in; and comes in either way.</summary>
[Trait("Clock", "moves")]
public sealed class ConsentTests(RecordingApp recording) : IClassFixture<RecordingApp>
{
    private readonly PortalApp _app = recording.App;
    private readonly Scene _scene = recording.Scene;

    private Task<List<RecordingConsent>> SaidAsync(Guid participant) => _app.InDatabaseAsync(db =>
        db.RecordingConsents.AsNoTracking().Where(c => c.ParticipantId == participant).OrderBy(c => c.AtUtc).ThenBy(c => c.Id)
            .ToListAsync());

    [Fact]
    public async Task Nobody_comes_in_without_an_answer_and_either_answer_opens()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session, 1);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await recording.KnockAsync(session.MenteePart, null)).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await recording.KnockAsync(session.MenteePart, "perhaps")).Status);
        var door = await (await _app.Visitor().GetAsync(await _scene.LinkAsync(session.MenteePart))).Content.ReadAsStringAsync();
        Assert.Contains("data-decision=\"ConsentNeeded\"", door);
        Assert.Contains("value=\"no.en\"", door);
        Assert.Equal(HttpStatusCode.SeeOther, (await recording.KnockAsync(session.MenteePart, "no.en")).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await recording.KnockAsync(session.MentorPart, "yes.ar")).Status);
        // Asked once; the next click leads in.
        Assert.Equal(HttpStatusCode.SeeOther, (await recording.KnockAsync(session.MenteePart, null)).Status);

        var (no, yes) = (Assert.Single(await SaidAsync(session.MenteePart)), Assert.Single(await SaidAsync(session.MentorPart)));
        Assert.Equal((RecordingAnswer.No, "en", _app.Clock.GetUtcNow()), (no.Answer, no.Language, no.AtUtc));
        Assert.Equal("This session may be recorded. Only the people who were in it can watch the recording. "
            + "I do not agree; I will take part without being recorded", no.Wording);
        Assert.Equal((RecordingAnswer.Yes, "ar"), (yes.Answer, yes.Language));
        Assert.EndsWith("أوافق على تسجيلي", yes.Wording);
        var kinds = (await _scene.EventsAsync(session.Id)).Where(e => e.ParticipantId == session.MenteePart).Select(e => e.Kind).ToList();
        Assert.All([MeetingEventKind.Refused, MeetingEventKind.Joined, MeetingEventKind.ConsentSaid], k => Assert.Contains(k, kinds));
    }

    [Fact]
    public async Task Another_word_is_another_row_and_the_same_word_none()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session, 1);
        foreach (var answer in new[] { "no.en", "no.en", "yes.en", "no.ar" })
            await recording.KnockAsync(session.MenteePart, answer);
        Assert.Equal([RecordingAnswer.No, RecordingAnswer.Yes, RecordingAnswer.No],
            (await SaidAsync(session.MenteePart)).Select(c => c.Answer));
        Assert.Equal(RecordingAnswer.No, await _app.InDatabaseAsync(db =>
            db.Participants.Where(p => p.Id == session.MenteePart).Select(p => p.RecordingAnswer).SingleAsync()));
    }

    [Fact]
    public async Task It_can_be_said_anew_from_the_room()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session, 1);
        var browser = await recording.EnterAsync(session, session.MenteePart, "no.en");
        Assert.Contains("id=\"room-consent\"", await browser.GetStringAsync($"/meeting/{session.Id}"));
        using var said = await browser.PostAsync($"/meeting/{session.Id}?handler=Consent",
            new FormUrlEncodedContent(new Dictionary<string, string> { ["recording"] = "yes.en" }));
        Assert.Equal(HttpStatusCode.Redirect, said.StatusCode);
        Assert.Equal(RecordingAnswer.Yes, (await SaidAsync(session.MenteePart))[^1].Answer);
        using var nothing = await browser.PostAsync($"/meeting/{session.Id}?handler=Consent", null);
        Assert.Equal(HttpStatusCode.BadRequest, nothing.StatusCode);
        using var stranger = await _app.Visitor().PostAsync($"/meeting/{session.Id}?handler=Consent",
            new FormUrlEncodedContent(new Dictionary<string, string> { ["recording"] = "yes.en" }));
        Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
    }

    [Fact]
    public async Task The_mentor_in_the_room_sees_who_has_not_agreed_and_nobody_else_does()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session, 1);
        var mentor = await recording.EnterAsync(session, session.MentorPart);
        var mentee = await recording.EnterAsync(session, session.MenteePart, "no.en");
        var shown = WebUtility.HtmlDecode(await mentor.GetStringAsync($"/meeting/{session.Id}/waiting"));
        Assert.Contains("does not agree to being recorded", shown);
        Assert.Contains("Maha Nassar", shown);
        Assert.DoesNotContain("data-objections", await mentee.GetStringAsync($"/meeting/{session.Id}/waiting"));
        await recording.KnockAsync(session.MenteePart, "yes.en");
        Assert.Contains("data-objections=\"\"", await mentor.GetStringAsync($"/meeting/{session.Id}/waiting"));
    }

    [Fact]
    public async Task A_program_answers_with_its_call()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session, 1);
        var program = await _scene.ProgramAsync(session.Mentee);
        program.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        var path = $"/api/mentoring/session/{session.Id}/join";
        var problem = await (await program.PostAsync(path, null)).ProblemAsync(422);
        Assert.Equal("consentNeeded", problem.GetProperty("decision").GetString());
        var answer = await (await program.PostAsync(path + "?recording=no", null)).JsonAsync(HttpStatusCode.OK);
        Assert.Equal("room", answer.GetProperty("kind").GetString());
        Assert.Equal(RecordingAnswer.No, Assert.Single(await SaidAsync(session.MenteePart)).Answer);
        // The join itself is counted when the browser uses the link.
        Assert.DoesNotContain(await _scene.EventsAsync(session.Id), e => e.Kind == MeetingEventKind.Joined);
        var once = new Uri(answer.GetProperty("url").GetString()!).AbsolutePath;
        using var entered = await _app.Visitor().PostAsync(once, null);
        Assert.Equal(HttpStatusCode.SeeOther, entered.StatusCode);
    }

    [Fact]
    public async Task A_browser_that_followed_the_link_of_the_api_is_led_to_the_question()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session, 1);
        var browser = await _scene.BrowserAsync(session.Mentee);
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/mentoring/session/{session.Id}/join");
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        request.Headers.Add("Sec-Fetch-Dest", "document");
        using var answer = await browser.SendAsync(request);
        Assert.Equal((HttpStatusCode.SeeOther, await _scene.LinkAsync(session.MenteePart)),
            (answer.StatusCode, answer.Headers.Location!.OriginalString));
    }

    [Fact]
    public async Task Where_the_question_came_up_later_it_is_asked_on_the_room_s_page()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session, 1);
        var browser = await recording.EnterAsync(session, session.MenteePart);
        await _app.InDatabaseAsync(db => db.Participants.Where(p => p.Id == session.MenteePart)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.RecordingAnswer, (RecordingAnswer?)null)));
        using var page = await browser.GetAsync($"/meeting/{session.Id}");
        var text = await page.Content.ReadAsStringAsync();
        Assert.Contains("handler=Consent", text);
        Assert.DoesNotContain("meeting-room", text);
        // Who is talking is not sent out.
        var state = await (await browser.GetAsync($"/meeting/{session.Id}?handler=State&room=1")).JsonAsync(HttpStatusCode.OK);
        Assert.False(state.GetProperty("go").GetBoolean());
    }

    [Fact]
    public async Task Nobody_is_asked_where_nothing_is_recorded_or_the_portal_does_not_ask()
    {
        foreach (var (key, value) in new[] { ("Providers:jitsi:Recording", "Off"), ("Recordings:AsksConsent", "false") })
        {
            await using var app = await PortalApp.StartAsync(a => a
                .With("Providers:jitsi:Mode", "SelfHosted").With("Providers:jitsi:Domain", "meet.example.org")
                .With("Providers:jitsi:AppId", "portal").With("Providers:jitsi:AppSecret", "a-secret-of-forty-characters-for-testing")
                .With("Providers:jitsi:Recording", "On").With(key, value));
            var scene = new Scene(app);
            var session = await scene.BookedAsync();
            scene.GoTo(session, 1);
            using var door = await app.Visitor().PostAsync(await scene.LinkAsync(session.MenteePart), null);
            Assert.Equal((key, HttpStatusCode.SeeOther), (key, door.StatusCode));
        }
    }

    [Fact]
    public async Task Nothing_records_by_itself_where_somebody_does_not_agree()
    {
        await using var app = await PortalApp.StartAsync(a => a
            .With("Providers:jitsi:Mode", "SelfHosted").With("Providers:jitsi:Domain", "meet.example.org")
            .With("Providers:jitsi:AppId", "portal").With("Providers:jitsi:AppSecret", "a-secret-of-forty-characters-for-testing")
            .With("Providers:jitsi:Recording", "On").With("Providers:jitsi:AutoRecording", "On"));
        var scene = new Scene(app);
        var session = await scene.BookedAsync();
        scene.GoTo(session, 1);
        foreach (var (said, records) in new[] { ("yes", true), ("no", false) })
        {
            using (await app.Visitor().PostAsync(await scene.LinkAsync(session.MenteePart),
                new FormUrlEncodedContent(new Dictionary<string, string> { ["recording"] = said })))
            {
            }
            var mentor = await scene.ProgramAsync(session.Mentor);
            using (await mentor.PostAsync($"/api/mentoring/session/{session.Id}/join?recording=yes", null))
            {
            }
            var config = await (await mentor.GetAsync($"/api/mentoring/session/{session.Id}/jitsi-config")).JsonAsync(HttpStatusCode.OK);
            Assert.Equal((said, records), (said, config.GetProperty("room").GetProperty("acts").GetProperty("record").GetBoolean()));
        }
    }
}
