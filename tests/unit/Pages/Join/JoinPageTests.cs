using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Sessions.Changes;
using Portal.Sessions.Live;
using Tests.Support;

namespace Tests.Pages.Join;

/// <summary>The mailed link, with nothing but the link: a GET shows, a POST enters.</summary>
[Trait("Clock", "moves")]
public sealed class JoinPageTests(PortalApp app) : IClassFixture<PortalApp>
{
    private readonly Scene _scene = new(app);

    private async Task<(HttpStatusCode Status, string Text)> GetAsync(string path)
    {
        using var answer = await app.Visitor().GetAsync(path);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private Task<HttpResponseMessage> PostAsync(string path) => app.Visitor().PostAsync(path, null);

    private async Task<string> RoomAsync(string path)
    {
        using var answer = await PostAsync(path);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return answer.Headers.Location!.GetLeftPart(UriPartial.Path);
    }

    [Fact]
    public async Task Opening_a_link_changes_nothing_however_often_and_by_whatever_method_that_only_reads()
    {
        var session = await _scene.BookedAsync();
        var link = await _scene.LinkAsync(session.MenteePart);
        _scene.GoTo(session);
        var (events, mails) = (await _scene.EventsAsync(session.Id), await _scene.MailsAsync(session.Id));
        var before = await app.InDatabaseAsync(db => db.Sessions.AsNoTracking().SingleAsync(s => s.Id == session.Id));

        for (var i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.OK, (await GetAsync(link)).Status);
        using var head = await app.Visitor().SendAsync(new(HttpMethod.Head, link));

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(events.Select(e => e.Id), (await _scene.EventsAsync(session.Id)).Select(e => e.Id));
        Assert.Equal(mails.Select(m => m.Id), (await _scene.MailsAsync(session.Id)).Select(m => m.Id));
        Assert.Equal(before.ConcurrencyToken,
            await app.InDatabaseAsync(db => db.Sessions.Where(s => s.Id == session.Id).Select(s => s.ConcurrencyToken).SingleAsync()));
    }

    [Fact]
    public async Task Pressing_join_leads_both_into_the_same_room_of_the_session()
    {
        var session = await _scene.BookedAsync();
        var other = await _scene.BookedAsync();
        _scene.GoTo(session);

        var room = await RoomAsync(await _scene.LinkAsync(session.MenteePart));
        Assert.Matches("^https://meet\\.jit\\.si/itcom-session-[a-z0-9-]+$", room);
        Assert.Equal(room, await RoomAsync(await _scene.LinkAsync(session.MentorPart)));
        Assert.Equal(room, "https://meet.jit.si/" + await app.InDatabaseAsync(db =>
            db.MeetingLinks.Where(l => l.SessionId == session.Id).Select(l => l.Handle).SingleAsync()));
        Assert.NotEqual(room, await RoomAsync(await _scene.LinkAsync(other.MenteePart)));
    }

    [Fact]
    public async Task Each_press_is_logged_with_who_and_how()
    {
        var session = await _scene.BookedAsync();
        var link = await _scene.LinkAsync(session.MenteePart);
        _scene.GoTo(session, -16);
        using (await PostAsync(link)) { }
        _scene.GoTo(session);
        using (await PostAsync(link)) { }

        var events = (await _scene.EventsAsync(session.Id)).Where(e => e.ParticipantId == session.MenteePart).ToList();
        Assert.Equal([MeetingEventKind.Refused, MeetingEventKind.Joined], events.Select(e => e.Kind));
        Assert.Equal([JoinDecision.TooEarly, JoinDecision.Open], events.Select(e => e.Decision));
        Assert.Contains("\"by\":\"ticket\"", events[1].Details);
        Assert.All(events, e => Assert.DoesNotContain(link.Split('/')[^1], e.Details));
    }

    [Theory]
    [InlineData(-16, 200)]
    [InlineData(-15, 200)]
    [InlineData(89, 200)]
    [InlineData(90, 410)]
    public async Task The_page_answers_by_the_time(int minutes, int status)
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session, minutes);
        Assert.Equal(status, (int)(await GetAsync(await _scene.LinkAsync(session.MenteePart))).Status);
    }

    [Fact]
    public async Task Too_early_is_a_page_that_waits_and_says_when_to_come_back()
    {
        var session = await _scene.BookedAsync();
        var link = await _scene.LinkAsync(session.MenteePart);
        _scene.GoTo(session, -17);

        using var shown = await app.Visitor().GetAsync(link);
        using var pressed = await PostAsync(link);
        var (shownText, pressedText) = (await shown.Content.ReadAsStringAsync(), await pressed.Content.ReadAsStringAsync());

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (shown.StatusCode, pressed.StatusCode));
        Assert.Equal((TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(2)),
            (shown.Headers.RetryAfter?.Delta, pressed.Headers.RetryAfter?.Delta));
        // Only who has pressed the button is taken along by the page itself.
        Assert.Contains("data-pressed=\"false\"", shownText);
        Assert.Contains("data-pressed=\"true\"", pressedText);
        Assert.Contains("data-wait=\"120\"", pressedText);
    }

    [Fact]
    public async Task Without_sign_in_the_page_tells_a_stranger_little()
    {
        var session = await _scene.BookedAsync(mentee: await _scene.PersonAsync("Talib Alahmad"), topic: "Leaving my employer");
        _scene.GoTo(session);
        var (_, text) = await GetAsync(await _scene.LinkAsync(session.MenteePart));

        Assert.Contains("Talib", text);
        Assert.DoesNotContain("Alahmad", text);
        Assert.DoesNotContain("Leaving my employer", text);
        Assert.DoesNotContain(session.Mentee.Email!, text);
        Assert.DoesNotContain("meet.jit.si", text);
    }

    [Fact]
    public async Task Signed_in_as_the_person_the_page_shows_the_topic_and_to_others_it_does_not()
    {
        var session = await _scene.BookedAsync(topic: "Leaving my employer");
        var link = await _scene.LinkAsync(session.MenteePart);
        var (own, others) = (await _scene.BrowserAsync(session.Mentee), await _scene.BrowserAsync(session.Mentor));
        Assert.Contains("Leaving my employer", await own.GetStringAsync(link));
        Assert.DoesNotContain("Leaving my employer", await others.GetStringAsync(link));
    }

    [Fact]
    public async Task After_a_cancel_both_links_say_so_and_lead_nowhere()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session);
        var admin = new Portal.People.Caller(null, true);
        Assert.Equal(SessionOutcome.Done,
            await app.InScopeAsync<Cancellation, SessionOutcome>(s => s.CancelAsync(session.Id, admin, "Ill", default)));

        foreach (var part in new[] { session.MenteePart, session.MentorPart })
        {
            var link = await _scene.LinkAsync(part);
            var (status, text) = await GetAsync(link);
            using var pressed = await PostAsync(link);
            Assert.Equal((HttpStatusCode.Gone, HttpStatusCode.Gone), (status, pressed.StatusCode));
            Assert.Contains("data-decision=\"Cancelled\"", text);
            Assert.Null(pressed.Headers.Location);
        }
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("%C0%80")]
    [InlineData("%2e%2e%2fadmin")]
    [InlineData("AQGZ0vBqXHw-m34vbYobTF0AAQ.AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AQGZ0vBqXHw-m34vbYobTF0AAQ.")]
    [InlineData("%D8%B9%D8%B1%D8%A8%D9%8A")]
    public async Task What_is_no_ticket_of_ours_is_not_found(string ticket)
    {
        using var pressed = await PostAsync("/join/" + ticket);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), ((await GetAsync("/join/" + ticket)).Status, pressed.StatusCode));
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(60_000)]
    public async Task A_huge_ticket_is_not_found(int length)
    {
        using var pressed = await PostAsync("/join/" + new string('A', length));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound),
            ((await GetAsync("/join/" + new string('A', length))).Status, pressed.StatusCode));
    }

    [Fact]
    public async Task A_ticket_with_one_other_character_is_not_found()
    {
        var session = await _scene.BookedAsync();
        var link = await _scene.LinkAsync(session.MenteePart);
        _scene.GoTo(session);
        foreach (var at in new[] { "/join/".Length, link.IndexOf('.') - 1, link.IndexOf('.') + 1, link.Length - 1 })
        {
            var forged = link[..at] + (link[at] == 'B' ? 'C' : 'B') + link[(at + 1)..];
            using var pressed = await PostAsync(forged);
            Assert.Equal((at, HttpStatusCode.NotFound, HttpStatusCode.NotFound), (at, (await GetAsync(forged)).Status, pressed.StatusCode));
        }
    }
}
