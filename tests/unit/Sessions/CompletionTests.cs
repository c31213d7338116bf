using System.Net;
using System.Net.Http.Json;
using Localization;
using Microsoft.EntityFrameworkCore;
using Portal.People;
using Portal.Sessions;
using Portal.Sessions.Live;
using Portal.Sessions.Mails;
using Tests.Support;

namespace Tests.Sessions;

public sealed class CompletionTests(PortalApp app) : IClassFixture<PortalApp>
{
    private readonly Scene _scene = new(app);

    private Task<int> CompleteAsync() => app.InScopeAsync<CompletionService, int>(c => c.CompleteAsync(default));

    private Task<MentoringSession> ReadAsync(Guid id) =>
        app.InDatabaseAsync(db => db.Sessions.AsNoTracking().Include(s => s.Participants).SingleAsync(s => s.Id == id));

    private async Task<List<string>> AskedAsync(Guid id) =>
        [.. (await _scene.MailsAsync(id)).Where(m => m.Kind == nameof(SessionCompleted)).Select(m => m.ToName)];

    /// <summary>As the door writes it.</summary>
    private Task CameAsync(BookedScene session, params Guid[] parts) => app.InDatabaseAsync(async db =>
    {
        db.MeetingEvents.AddRange(parts.Select(part => new MeetingEvent
        {
            SessionId = session.Id,
            ParticipantId = part,
            Kind = MeetingEventKind.Joined,
            Decision = JoinDecision.Open,
            AtUtc = session.Start,
        }));
        await db.SaveChangesAsync();
    });

    private async Task<BookedScene> OverAsync()
    {
        var session = await _scene.BookedAsync();
        app.Clock.MoveTo(session.End.AddMinutes(30));
        return session;
    }

    [Fact, Trait("Clock", "moves")]
    public async Task A_session_closes_by_itself_when_its_door_has_closed_and_not_before()
    {
        var session = await _scene.BookedAsync();
        await CameAsync(session, session.MentorPart, session.MenteePart);
        app.Clock.MoveTo(session.End.AddMinutes(29));
        await CompleteAsync();
        Assert.Equal(SessionState.Confirmed, (await ReadAsync(session.Id)).State);
        app.Clock.MoveTo(session.End.AddMinutes(30));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(CompleteAsync)));
        var closed = await ReadAsync(session.Id);
        Assert.Equal((SessionState.Completed, (DateTimeOffset?)app.Clock.GetUtcNow(), (Guid?)null),
            (closed.State, closed.ClosedUtc, closed.ClosedBy));
        Assert.Single(await _scene.EventsAsync(session.Id), e => e.Kind == MeetingEventKind.Completed);
        Assert.Equal(["Maha Nassar"], await AskedAsync(session.Id));
        Assert.False(await app.InDatabaseAsync(db => db.BusyTicks.AnyAsync(t => t.SessionId == session.Id)));
        Assert.Equal(0, await CompleteAsync());
    }

    [Fact]
    public async Task Only_a_mentee_who_came_is_asked_where_that_is_known()
    {
        var session = await OverAsync();
        await CameAsync(session, session.MentorPart);
        await CompleteAsync();
        Assert.Equal(SessionState.Completed, (await ReadAsync(session.Id)).State);
        Assert.Empty(await AskedAsync(session.Id));
    }

    [Theory]
    [InlineData(MeetingEventKind.Refused, JoinDecision.WaitingForMentor, 0, true)]
    [InlineData(MeetingEventKind.ProviderFailed, JoinDecision.ProviderFailed, 0, true)]
    [InlineData(MeetingEventKind.Refused, JoinDecision.NotConfirmed, 0, false)]
    [InlineData(MeetingEventKind.Joined, JoinDecision.Open, -16, false)] // at a time that the session had before
    public async Task Who_came_is_who_stood_at_the_open_door(MeetingEventKind kind, JoinDecision decision, int minutes, bool came)
    {
        var session = await OverAsync();
        await app.InDatabaseAsync(async db =>
        {
            foreach (var (part, what, told, at) in new[]
            {
                (session.MentorPart, MeetingEventKind.Joined, JoinDecision.Open, session.Start),
                (session.MenteePart, kind, decision, session.Start.AddMinutes(minutes)),
            })
                db.MeetingEvents.Add(new MeetingEvent
                {
                    SessionId = session.Id,
                    ParticipantId = part,
                    Kind = what,
                    Decision = told,
                    AtUtc = at
                });
            await db.SaveChangesAsync();
        });
        await CompleteAsync();
        Assert.Equal(came, (await AskedAsync(session.Id)).Count == 1);
    }

    [Fact]
    public async Task What_nobody_came_to_was_missed_by_both_and_nobody_is_asked_how_it_was()
    {
        var session = await OverAsync();
        await CompleteAsync();
        var closed = await ReadAsync(session.Id);
        Assert.Equal((SessionState.Missed, (Guid?)null), (closed.State, closed.ClosedBy));
        Assert.All(closed.Participants, p => Assert.NotNull(p.MissedUtc));
        Assert.Empty(await AskedAsync(session.Id));
        Assert.Equal(2, (await _scene.EventsAsync(session.Id)).Count(e => e.Kind == MeetingEventKind.Missed));
        var browser = await _scene.BrowserAsync(session.Mentee);
        var page = await browser.GetStringAsync($"/sessions/{session.Id}");
        Assert.DoesNotContain("feedback-link", page);
        Assert.Contains("nobody-came", page);
    }

    [Fact]
    public async Task What_was_missed_or_cancelled_stays_so_and_nobody_is_asked_about_old_times()
    {
        var (missed, old) = (await _scene.BookedAsync(), await _scene.BookedAsync());
        await app.InDatabaseAsync(db => db.Sessions.Where(s => s.Id == missed.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.State, SessionState.Missed)));
        await CameAsync(old, old.MentorPart, old.MenteePart);
        app.Clock.MoveTo(old.End.AddDays(3));
        await CompleteAsync();
        Assert.Equal((SessionState.Missed, SessionState.Completed), ((await ReadAsync(missed.Id)).State, (await ReadAsync(old.Id)).State));
        Assert.Empty(await AskedAsync(old.Id));
    }

    [Fact]
    public async Task The_mentee_says_how_it_was_and_may_say_it_again()
    {
        var session = await OverAsync();
        await CameAsync(session, session.MentorPart, session.MenteePart);
        var page = $"/sessions/{session.Id}/feedback";
        var browser = await _scene.BrowserAsync(session.Mentee);
        Assert.Contains("id=\"not-yet\"", await browser.GetStringAsync(page));
        await CompleteAsync();
        Assert.Contains("feedback-link", await browser.GetStringAsync($"/sessions/{session.Id}"));
        foreach (var (rating, comment) in new[] { ("5", "Very\r\nclear"), ("4", "") })
        {
            using var answer = await Forms.PostAsync(browser, page, new() { ["Rating"] = rating, ["Comment"] = comment });
            Assert.Equal((HttpStatusCode.Redirect, $"/sessions/{session.Id}"),
                (answer.StatusCode, answer.Headers.Location?.OriginalString));
            var part = (await ReadAsync(session.Id)).Participants.Single(p => p.Id == session.MenteePart);
            Assert.Equal((rating, comment.Replace("\r", "")), ($"{part.Rating}", part.Feedback ?? ""));
        }
        Assert.Contains("value=\"4\" checked", (await browser.GetStringAsync(page)).Replace(" id=\"\"", ""));
    }

    [Fact]
    public async Task What_is_wrong_with_feedback_is_said_and_what_was_typed_is_kept()
    {
        var session = await OverAsync();
        await CameAsync(session, session.MentorPart, session.MenteePart);
        await CompleteAsync();
        var browser = await _scene.BrowserAsync(session.Mentee);
        foreach (var (rating, comment) in new[] { ("0", "kept <b>"), ("6", "kept <b>"), ("", "kept <b>"), ("five", "kept <b>"),
            ("5", "kept <b>" + new string('x', 1000)) })
        {
            using var answer = await Forms.PostAsync(browser, $"/sessions/{session.Id}/feedback",
                new() { ["Rating"] = rating, ["Comment"] = comment });
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains("kept &lt;b&gt;", await answer.Content.ReadAsStringAsync());
        }
        Assert.Null((await ReadAsync(session.Id)).Participants.Single(p => p.Id == session.MenteePart).Rating);
    }

    [Fact]
    public async Task Nobody_else_says_how_it_was()
    {
        var session = await OverAsync();
        foreach (var other in new[] { session.Mentor, await _scene.PersonAsync("Other"), await _scene.AdminAsync() })
        {
            var browser = await _scene.BrowserAsync(other);
            using var seen = await browser.GetAsync($"/sessions/{session.Id}/feedback");
            using var said = await Forms.PostAsync(browser, "/account/reminders", new() { ["Rating"] = "1" },
                $"/sessions/{session.Id}/feedback");
            Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (seen.StatusCode, said.StatusCode));
        }
        var mentee = await _scene.BrowserAsync(session.Mentee);
        using var early = await Forms.PostAsync(mentee, "/account/reminders", new() { ["Rating"] = "1" },
            $"/sessions/{session.Id}/feedback");
        Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
    }

    [Fact]
    public async Task What_was_said_is_read_by_administrators_alone()
    {
        var mentor = await _scene.MentorAsync();
        var session = await _scene.BookedAsync(mentor);
        await CameAsync(session, session.MentorPart, session.MenteePart);
        app.Clock.MoveTo(session.End.AddMinutes(30));
        await CompleteAsync();
        var program = await _scene.ProgramAsync(session.Mentee);
        using var given = await program.PostAsJsonAsync($"/api/v1/sessions/{session.Id}/feedback",
            new { rating = 2, comment = "A little <b>hurried</b>" });
        Assert.Equal(HttpStatusCode.NoContent, given.StatusCode);
        async Task<string> PageAsync(PortalUser reader) =>
            await (await _scene.BrowserAsync(reader)).GetStringAsync($"/sessions/{session.Id}");
        var page = await PageAsync(await _scene.AdminAsync());
        Assert.Contains("A little &lt;b&gt;hurried&lt;/b&gt;", page);
        Assert.Contains(UiText.FeedbackRating2, WebUtility.HtmlDecode(page));
        // Not even where the mentor is an administrator as well: the form has promised it.
        foreach (var reader in new[] { mentor, session.Mentee })
            Assert.DoesNotContain("hurried", await PageAsync(reader));
        await app.InScopeAsync<Microsoft.AspNetCore.Identity.UserManager<PortalUser>>(async users =>
            Assert.True((await users.AddToRoleAsync((await users.FindByIdAsync(mentor.Id.ToString()))!, Roles.Admin)).Succeeded));
        Assert.DoesNotContain("hurried", await PageAsync(mentor));
        foreach (var reader in new[] { mentor, session.Mentee })
            Assert.DoesNotContain("hurried",
            await (await (await _scene.ProgramAsync(reader)).GetAsync($"/api/v1/sessions/{session.Id}")).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_program_says_how_it_was_and_hears_why_not()
    {
        var session = await _scene.BookedAsync();
        var path = $"/api/v1/sessions/{session.Id}/feedback";
        var program = await _scene.ProgramAsync(session.Mentee);
        await (await program.PostAsJsonAsync(path, new { rating = 5 })).ProblemAsync(409);
        await CameAsync(session, session.MentorPart, session.MenteePart);
        app.Clock.MoveTo(session.End.AddMinutes(30));
        await CompleteAsync();
        program = await _scene.ProgramAsync(session.Mentee); // the token's hour is over
        foreach (var wrong in new object[] { new { }, new { rating = 0 }, new { rating = 6 },
            new { rating = 5, comment = new string('x', 1001) } })
            await (await program.PostAsJsonAsync(path, wrong)).ProblemAsync(422);
        await (await program.PostAsJsonAsync(path, new { rating = "five" })).ProblemAsync(400);
        foreach (var (rating, comment) in new[] { (1, "No"), (5, null) })
        {
            using var said = await program.PostAsJsonAsync(path, new { rating, comment });
            Assert.Equal(HttpStatusCode.NoContent, said.StatusCode);
            var part = (await ReadAsync(session.Id)).Participants.Single(p => p.Id == session.MenteePart);
            Assert.Equal(((short?)rating, comment), (part.Rating, part.Feedback));
        }
        var (key, _) = await _scene.KeyHolderAsync();
        foreach (var other in new[] { key, await _scene.ProgramAsync(session.Mentor),
            await _scene.ProgramAsync(await _scene.PersonAsync("Other")) })
            await (await other.PostAsJsonAsync(path, new { rating = 1 })).ProblemAsync(403);
        await (await program.PostAsJsonAsync("/api/v1/sessions/none/feedback", new { rating = 1 })).ProblemAsync(404);
        await app.InDatabaseAsync(db => db.Participants.Where(p => p.Id == session.MenteePart)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.MissedUtc, app.Clock.GetUtcNow())));
        await (await program.PostAsJsonAsync(path, new { rating = 1 })).ProblemAsync(409);
        Assert.Equal((short?)5, (await ReadAsync(session.Id)).Participants.Single(p => p.Id == session.MenteePart).Rating);
    }
}
