using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Mail.Rendering;
using Portal.Sessions;
using Portal.Sessions.Booking;
using Portal.Sessions.Live;
using Portal.Sessions.Mails;
using Tests.Support;

namespace Tests.Sessions;

/// <summary>Coming late, waiting for somebody, and not coming at all.</summary>
public sealed class PresenceTests(PortalApp app) : IClassFixture<PortalApp>
{
    private readonly Scene _scene = new(app);

    private static FormUrlEncodedContent Minutes(string minutes) => new(new Dictionary<string, string> { ["minutes"] = minutes });

    private async Task<int> MailsAsync(BookedScene session, string kind, string? to = null) =>
        (await _scene.MailsAsync(session.Id)).Count(m => m.Kind == kind && (to is null || m.ToAddress == to));

    private async Task JoinAsync(Guid participant)
    {
        using var joined = await app.Visitor().PostAsync(await _scene.LinkAsync(participant), null);
        Assert.Equal(HttpStatusCode.SeeOther, joined.StatusCode);
    }

    private async Task<HttpResponseMessage> MissedAsync(Portal.People.PortalUser by, Guid session, Guid? participantId = null) =>
        await (await _scene.ProgramAsync(by)).PostAsJsonAsync($"/api/v1/sessions/{session}/missed", new { participantId });

    private Task SweepAsync() => app.InScopeAsync<LiveSweep>(s => s.RunAsync(default));

    [Fact, Trait("Clock", "moves")]
    public async Task Who_is_late_says_so_at_the_door_and_the_other_side_reads_it_there_and_in_a_mail()
    {
        var session = await _scene.BookedAsync();
        var link = await _scene.LinkAsync(session.MentorPart);
        _scene.GoTo(session, -10);
        using var said = await app.Visitor().PostAsync($"{link}?handler=Late", Minutes("10"));
        Assert.Equal((HttpStatusCode.SeeOther, link), (said.StatusCode, said.Headers.Location?.OriginalString));

        var expected = await app.InDatabaseAsync(db => db.Participants.Where(p => p.Id == session.MentorPart).Select(p => p.ExpectedUtc)
            .SingleAsync());
        Assert.Equal(session.Start.AddMinutes(10), expected);
        Assert.Equal((1, 1), (await MailsAsync(session, "RunningLate"), await MailsAsync(session, "RunningLate", session.Mentee.Email)));
        // In Cairo, where the mentee is, and not by the mentor's clock.
        Assert.Contains("late-other", await app.Visitor().GetStringAsync(await _scene.LinkAsync(session.MenteePart)));
        Assert.Contains(ClockChanges.Wall("Africa/Cairo", expected!.Value),
            await app.Visitor().GetStringAsync(await _scene.LinkAsync(session.MenteePart)));
        Assert.Contains("id=\"late-said\"", await app.Visitor().GetStringAsync(link));
        await JoinAsync(session.MenteePart); // the door is open: who has come is not asked whether they are late
        Assert.DoesNotContain("late-box", await app.Visitor().GetStringAsync(await _scene.LinkAsync(session.MenteePart)));
        Assert.Contains("late-other", await (await _scene.BrowserAsync(session.Mentee)).GetStringAsync($"/sessions/{session.Id}"));
        Assert.DoesNotContain(await _scene.EventsAsync(session.Id),
            e => e.ParticipantId == session.MentorPart && e.Kind is MeetingEventKind.Joined or MeetingEventKind.Refused);
    }

    [Fact]
    public async Task However_often_it_is_said_there_is_one_mail_in_five_minutes()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session, -10);
        var program = await _scene.ProgramAsync(session.Mentee);
        var sent = new List<int>();
        foreach (var (minute, minutes) in new[] { (-10, 5), (-9, 10), (-6, 15), (-4, 5), (2, 5) })
        {
            _scene.GoTo(session, minute);
            using var answer = await program.PostAsJsonAsync($"/api/v1/sessions/{session.Id}/late", new { minutes });
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
            sent.Add(await MailsAsync(session, "RunningLate"));
        }
        Assert.Equal([1, 1, 1, 2, 3], sent);
        Assert.Equal(session.Start.AddMinutes(7),
            await app.InDatabaseAsync(db => db.Participants.Where(p => p.Id == session.MenteePart).Select(p => p.ExpectedUtc)
            .SingleAsync()));
    }

    [Theory, Trait("Clock", "moves")]
    [InlineData(-31, 409)]
    [InlineData(-30, 204)]
    [InlineData(9, 204)]
    [InlineData(10, 410)]
    public async Task It_is_said_from_half_an_hour_before_the_start_until_the_grace_period_is_over(int minute, int status)
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session, minute);
        var program = await _scene.ProgramAsync(session.Mentee);
        using var answer = await program.PostAsJsonAsync($"/api/v1/sessions/{session.Id}/late", new { minutes = 5 });
        Assert.Equal(status, (int)answer.StatusCode);
        using var page = await app.Visitor().PostAsync($"{await _scene.LinkAsync(session.MentorPart)}?handler=Late", Minutes("5"));
        Assert.Equal(status == 204 ? 303 : status, (int)page.StatusCode);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("")]
    [InlineData("-5")]
    [InlineData("ten")]
    [InlineData("99999999999999")]
    public async Task Other_minutes_are_refused_and_nobody_is_told(string minutes)
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session);
        using var page = await app.Visitor().PostAsync($"{await _scene.LinkAsync(session.MentorPart)}?handler=Late", Minutes(minutes));
        Assert.Equal(HttpStatusCode.BadRequest, page.StatusCode);
        Assert.Contains("id=\"refusal\"", await page.Content.ReadAsStringAsync());
        Assert.Equal(0, await MailsAsync(session, "RunningLate"));
    }

    [Fact]
    public async Task A_forged_or_withdrawn_link_says_nothing_to_anybody()
    {
        var session = await _scene.BookedAsync();
        var link = await _scene.LinkAsync(session.MenteePart);
        _scene.GoTo(session);
        using (var forged = await app.Visitor().PostAsync($"{link[..^3]}AAA?handler=Late", Minutes("5")))
            Assert.Equal(HttpStatusCode.NotFound, forged.StatusCode);
        await app.InDatabaseAsync(db => db.Participants.Where(p => p.Id == session.MenteePart)
            .ExecuteUpdateAsync(u => u.SetProperty(p => p.WithdrawnUtc, app.Clock.GetUtcNow())));
        using (var withdrawn = await app.Visitor().PostAsync($"{link}?handler=Late", Minutes("5")))
            Assert.Equal(HttpStatusCode.Gone, withdrawn.StatusCode);
        using (var stranger = await (await _scene.ProgramAsync(await _scene.PersonAsync()))
            .PostAsJsonAsync($"/api/v1/sessions/{session.Id}/late", new { minutes = 5 }))
            await stranger.ProblemAsync(403);
        Assert.Equal(0, await MailsAsync(session, "RunningLate"));
    }

    [Fact]
    public async Task A_mentee_who_waited_records_the_miss_and_books_again_by_the_link_of_the_mail()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session, 1);
        await JoinAsync(session.MenteePart);
        var browser = await _scene.BrowserAsync(session.Mentee);
        _scene.GoTo(session, 9);
        using (var early = await MissedAsync(session.Mentee, session.Id))
            await early.ProblemAsync(409);
        var page = await browser.GetStringAsync($"/sessions/{session.Id}");
        Assert.Contains("id=\"missed-from\"", page);
        Assert.DoesNotContain("id=\"missed\"", page);

        _scene.GoTo(session, 10);
        using var missed = await Forms.PostAsync(browser, $"/sessions/{session.Id}", [], $"/sessions/{session.Id}/presence?handler=Missed");
        Assert.Equal(HttpStatusCode.Redirect, missed.StatusCode);
        var after = await app.InDatabaseAsync(db => db.Sessions.AsNoTracking().Include(s => s.Participants)
            .SingleAsync(s => s.Id == session.Id));
        Assert.Equal((SessionState.Missed, session.Mentee.Id), (after.State, after.ClosedBy));
        Assert.NotNull(after.MentorPart.MissedUtc);
        Assert.Equal((1, 1), (await MailsAsync(session, "SessionMissed", session.Mentor.Email),
            await MailsAsync(session, "SessionMissed", session.Mentee.Email)));
        Assert.Equal(1, await app.InDatabaseAsync(db =>
            db.AuditEntries.CountAsync(a => a.Subject == $"session:{session.Id}" && a.Action == "session.missed")));
        Assert.Contains("id=\"rebook\"", await browser.GetStringAsync($"/sessions/{session.Id}"));

        var mail = (await _scene.MailsAsync(session.Id)).Single(m => m.Kind == "SessionMissed" && m.ToAddress == session.Mentee.Email);
        var context = (SessionMailContext)await app.InScopeAsync<MailContexts, MailContext>(
            c => c.ForReaderAsync(mail, MailKinds.Read(mail.Kind, mail.Model), default));
        Assert.Equal(SessionStanding.Missed, context.Standing);
        using var rebook = await browser.GetAsync(context.RebookUrl!.PathAndQuery);
        Assert.Equal((HttpStatusCode.OK, $"/mentors/{session.Mentor.Id}"), (rebook.StatusCode, context.RebookUrl!.AbsolutePath));
        // The very hour that was missed is free again, and so is the next.
        await _scene.BookedAsync(session.Mentor, session.Mentee, session.Start.AddHours(1));
        Assert.Equal(0, await app.InDatabaseAsync(db => db.BusyTicks.CountAsync(t => t.SessionId == session.Id)));
    }

    [Fact]
    public async Task The_mail_after_a_session_does_not_call_it_confirmed_and_offers_nothing_of_one_that_is_ahead()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session, 5);
        using var mentor = await _scene.ProgramAsync(session.Mentor);
        using (await mentor.PostAsync($"/api/v1/sessions/{session.Id}/complete", null)) { }
        var mail = (await _scene.MailsAsync(session.Id)).Single(m => m.Kind == "SessionCompleted" && m.ToAddress == session.Mentee.Email);
        var model = (SessionMail)MailKinds.Read(mail.Kind, mail.Model);
        var context = (SessionMailContext)await app.InScopeAsync<MailContexts, MailContext>(c => c.ForReaderAsync(mail, model, default));
        // What stands as the mail says it needs no line of its own.
        Assert.Equal(SessionStanding.Over, context.Standing);
        Assert.Null(model.Card(context).Standing);
        Assert.Equal((null, null, null), (context.JoinUrl, context.CancelUrl, context.MoveUrl));
        Assert.NotNull(context.FeedbackUrl);
    }

    [Fact]
    public async Task Nobody_is_missing_who_has_come_and_nobody_says_so_who_has_not()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session, 15);
        using (var absent = await MissedAsync(session.Mentor, session.Id))
            await absent.ProblemAsync(409);
        await JoinAsync(session.MentorPart);
        await JoinAsync(session.MenteePart);
        using (var both = await MissedAsync(session.Mentor, session.Id))
            await both.ProblemAsync(409);
        using (var stranger = await MissedAsync(await _scene.PersonAsync(), session.Id))
            await stranger.ProblemAsync(403);
        using (var admin = await MissedAsync(await _scene.AdminAsync(), session.Id))
            await admin.ProblemAsync(403);
        Assert.Equal(0, await MailsAsync(session, "SessionMissed"));
    }

    [Fact]
    public async Task A_time_that_was_announced_is_waited_for()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session, 0);
        await JoinAsync(session.MentorPart);
        using (var late = await app.Visitor().PostAsync($"{await _scene.LinkAsync(session.MenteePart)}?handler=Late", Minutes("15")))
            Assert.Equal(HttpStatusCode.SeeOther, late.StatusCode);
        _scene.GoTo(session, 12);
        using (var early = await MissedAsync(session.Mentor, session.Id))
            await early.ProblemAsync(409);
        _scene.GoTo(session, 15);
        using var missed = await MissedAsync(session.Mentor, session.Id);
        Assert.Equal(HttpStatusCode.NoContent, missed.StatusCode);
        using var again = await MissedAsync(session.Mentor, session.Id);
        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
        Assert.Equal(2, await MailsAsync(session, "SessionMissed"));
    }

    [Fact]
    public async Task Of_a_group_only_who_is_absent_is_marked_and_the_session_goes_on()
    {
        var kind = new Portal.Sessions.Availability.SessionKind { Name = "Circle", Minutes = 60, Capacity = 4 };
        var mentor = await _scene.MentorAsync(profile: m => m.Kinds = [kind]);
        var people = new[] { await _scene.PersonAsync("Ann"), await _scene.PersonAsync("Ben") };
        foreach (var person in people)
        {
            var booked = await app.InScopeAsync<BookingService, BookingResult>(b =>
                b.BookAsync(new BookingRequest(mentor.Id, _scene.Slot, "Circle") { KindId = kind.Id }, person.Id, default));
            Assert.Equal(BookingOutcome.Booked, booked.Outcome);
        }
        var session = await app.InDatabaseAsync(db => db.Sessions.AsNoTracking().Include(s => s.Participants)
            .SingleAsync(s => s.MentorId == mentor.Id));
        Guid Part(Portal.People.PortalUser user) => session.Participants.Single(p => p.UserId == user.Id).Id;
        app.Clock.MoveTo(session.StartUtc.AddMinutes(11));
        await JoinAsync(Part(mentor));
        await JoinAsync(Part(people[0]));

        using (var there = await MissedAsync(mentor, session.Id, Part(people[0])))
            await there.ProblemAsync(409);
        using (var missed = await MissedAsync(mentor, session.Id))
            Assert.Equal(HttpStatusCode.NoContent, missed.StatusCode);
        var after = await app.InDatabaseAsync(db => db.Sessions.AsNoTracking().Include(s => s.Participants)
            .SingleAsync(s => s.Id == session.Id));
        Assert.Equal((SessionState.Confirmed, people[1].Id), (after.State, after.Participants.Single(p => p.MissedUtc is not null).UserId));
        Assert.Equal(new[] { mentor.Email, people[1].Email }.Order(),
            (await _scene.MailsAsync(session.Id)).Where(m => m.Kind == "SessionMissed").Select(m => m.ToAddress).Order());
    }

    [Fact]
    public async Task Joining_before_a_session_was_moved_is_no_presence_at_its_new_time()
    {
        var session = await _scene.BookedAsync();
        var programs = (Mentor: session.Mentor, session.Mentee);
        _scene.GoTo(session, -5);
        await JoinAsync(session.MenteePart);
        using (var moved = await (await _scene.ProgramAsync(programs.Mentor))
            .PostAsJsonAsync($"/api/v1/sessions/{session.Id}/move", new { start = session.Start.AddHours(5) }))
            Assert.Equal(HttpStatusCode.NoContent, moved.StatusCode);
        _scene.GoTo(session, 5 * 60 + 12);
        await JoinAsync(session.MentorPart);
        using var missed = await MissedAsync(session.Mentor, session.Id);
        Assert.Equal(HttpStatusCode.NoContent, missed.StatusCode);
    }

    [Fact]
    public async Task Somebody_waits_is_told_once_to_who_has_not_come()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session, 0);
        await JoinAsync(session.MenteePart);
        _scene.GoTo(session, 1);
        await SweepAsync();
        Assert.Equal(0, await MailsAsync(session, "SomeoneWaits"));
        for (var minute = 2; minute < 6; minute++)
        {
            _scene.GoTo(session, minute);
            await Task.WhenAll(SweepAsync(), SweepAsync());
        }
        Assert.Equal((1, 1), (await MailsAsync(session, "SomeoneWaits"), await MailsAsync(session, "SomeoneWaits", session.Mentor.Email)));
    }

    [Fact]
    public async Task Nobody_is_told_to_come_where_both_are_or_neither_is_or_the_time_was_announced()
    {
        var both = await _scene.BookedAsync();
        var neither = await _scene.BookedAsync();
        var late = await _scene.BookedAsync();
        var mentor = await _scene.BookedAsync();
        _scene.GoTo(both, 0);
        foreach (var person in new[] { both.MentorPart, both.MenteePart, late.MenteePart, mentor.MentorPart })
            await JoinAsync(person);
        using (var said = await app.Visitor().PostAsync($"{await _scene.LinkAsync(late.MentorPart)}?handler=Late", Minutes("10")))
            Assert.Equal(HttpStatusCode.SeeOther, said.StatusCode);
        _scene.GoTo(both, 3);
        await SweepAsync();
        Assert.Equal((0, 0, 0, 1),
            (await MailsAsync(both, "SomeoneWaits"), await MailsAsync(neither, "SomeoneWaits"), await MailsAsync(late, "SomeoneWaits"),
            await MailsAsync(mentor, "SomeoneWaits", mentor.Mentee.Email)));
    }
}
