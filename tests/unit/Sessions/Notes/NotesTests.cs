using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Portal.People;
using Portal.People.Accounts;
using Portal.Sessions;
using Portal.Sessions.Notes;
using Tests.Support;

namespace Tests.Sessions.Notes;

/// <summary>What a session's people write down together: who may, and what becomes of what they write at once.</summary>
public sealed class NotesTests(PortalApp app) : IClassFixture<PortalApp>
{
    private readonly Scene _scene = new(app);

    private static Task<HttpResponseMessage> SaveAsync(
        HttpClient client, Guid session, string text, string before = "", string which = "notes") =>
        client.PutAsJsonAsync($"/api/v1/sessions/{session}/notes/{which}", new { text, before });

    private static async Task<JsonElement> ReadAsync(HttpClient client, Guid session)
    {
        using var answer = await client.GetAsync($"/api/v1/sessions/{session}/notes");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task<HttpStatusCode> StatusAsync(Task<HttpResponseMessage> call)
    {
        using var answer = await call;
        return answer.StatusCode;
    }

    [Fact]
    public async Task Both_sides_write_and_nobody_else_reads()
    {
        var session = await _scene.BookedAsync();
        using var mentor = await _scene.ProgramAsync(session.Mentor);
        using var mentee = await _scene.ProgramAsync(session.Mentee);
        using (var saved = await SaveAsync(mentee, session.Id, "My portfolio ", which: "agenda"))
        {
            Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
            var answer = await saved.Content.ReadFromJsonAsync<JsonElement>();
            // The space that was typed last is part of it: its writer goes on there.
            Assert.Equal(("My portfolio ", 1), (answer.GetProperty("text").GetString(), answer.GetProperty("version").GetInt32()));
        }
        Assert.Equal("My portfolio ", (await ReadAsync(mentor, session.Id)).GetProperty("agenda").GetString());

        using var stranger = await _scene.ProgramAsync(await _scene.PersonAsync());
        using var admin = await _scene.ProgramAsync(await _scene.AdminAsync());
        using var waiting = await _scene.ProgramAsync(await OnListAsync(session.Id, ParticipantRole.Mentee));
        using var observer = await _scene.ProgramAsync(await OnListAsync(session.Id, ParticipantRole.Observer));
        foreach (var other in new[] { stranger, admin, waiting, observer })
        {
            Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(other.GetAsync($"/api/v1/sessions/{session.Id}/notes")));
            Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(SaveAsync(other, session.Id, "x")));
            Assert.Equal(HttpStatusCode.Forbidden,
                await StatusAsync(other.PostAsJsonAsync($"/api/v1/sessions/{session.Id}/steps", new { text = "x" })));
        }
        using var adminsBrowser = await _scene.BrowserAsync(await _scene.AdminAsync());
        Assert.DoesNotContain("My portfolio", await adminsBrowser.GetStringAsync($"/sessions/{session.Id}"), StringComparison.Ordinal);
    }

    /// <summary>On the waiting list, or somebody who looks on.</summary>
    private async Task<PortalUser> OnListAsync(Guid session, ParticipantRole role)
    {
        var person = await _scene.PersonAsync();
        await app.InDatabaseAsync(async db =>
        {
            db.Participants.Add(new()
            {
                SessionId = session,
                UserId = person.Id,
                Role = role,
                WaitingSinceUtc = role == ParticipantRole.Mentee ? app.Clock.GetUtcNow() : null,
            });
            await db.SaveChangesAsync();
        });
        return person;
    }

    [Fact]
    public async Task What_two_save_in_one_moment_is_all_there()
    {
        var session = await _scene.BookedAsync();
        using var mentor = await _scene.ProgramAsync(session.Mentor);
        using var mentee = await _scene.ProgramAsync(session.Mentee);
        using (await SaveAsync(mentor, session.Id, "Goals:\nPlan:\n")) { }
        var saves = Enumerable.Range(0, 10).Select(i =>
            SaveAsync(i % 2 == 0 ? mentor : mentee, session.Id, $"Goals: g{i}\nPlan: p{i}\n", "Goals:\nPlan:\n"));
        foreach (var answer in await Task.WhenAll(saves))
            using (answer)
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var text = (await ReadAsync(mentor, session.Id)).GetProperty("notes").GetString()!;
        for (var i = 0; i < 10; i++)
        {
            Assert.Contains($"g{i}", text.Split('\n')[0], StringComparison.Ordinal);
            Assert.Contains($"p{i}", text.Split('\n')[1], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_save_whose_answer_was_lost_is_sent_again_and_is_there_once()
    {
        var session = await _scene.BookedAsync();
        using var mentor = await _scene.ProgramAsync(session.Mentor);
        using var mentee = await _scene.ProgramAsync(session.Mentee);
        using (await SaveAsync(mentor, session.Id, "Goals ")) { }
        using (await SaveAsync(mentor, session.Id, "Aims ", "Goals ")) { }
        for (var i = 0; i < 3; i++)
        {
            using var answer = await mentee.PutAsJsonAsync($"/api/v1/sessions/{session.Id}/notes/notes",
                new { text = "Goals and means ", before = "Goals ", key = session.Id });
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("Aims and means ", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("text").GetString());
        }
        Assert.Equal(3, (await ReadAsync(mentor, session.Id)).GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task What_cannot_be_kept_is_said_and_changes_nothing()
    {
        var session = await _scene.BookedAsync();
        using var mentee = await _scene.ProgramAsync(session.Mentee);
        using (await SaveAsync(mentee, session.Id, new string('a', SessionNotes.MaxText))) { }
        var texts = new[] { new string('b', SessionNotes.MaxText + 1), "with a \u202E turn", new string('c', 9000) };
        foreach (var text in texts)
            using (var refused = await SaveAsync(mentee, session.Id, text))
            {
                Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
                Assert.Equal("application/problem+json", refused.Content.Headers.ContentType!.MediaType);
            }
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(SaveAsync(mentee, session.Id, "x", which: "diary")));
        Assert.Equal(new string('a', SessionNotes.MaxText), (await ReadAsync(mentee, session.Id)).GetProperty("notes").GetString());
        await app.InDatabaseAsync(db => db.Sessions.Where(s => s.Id == session.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.State, SessionState.Cancelled)));
        Assert.Equal(HttpStatusCode.Gone, await StatusAsync(SaveAsync(mentee, session.Id, "too late")));
    }

    [Fact]
    public async Task Steps_and_notes_come_back_at_the_pairs_next_session_alone()
    {
        var first = await _scene.BookedAsync();
        var second = await _scene.BookedAsync(first.Mentor, first.Mentee, first.Start.AddHours(3));
        var others = await _scene.BookedAsync(first.Mentor, start: first.Start.AddHours(5));
        using var mentor = await _scene.ProgramAsync(first.Mentor);
        using var mentee = await _scene.ProgramAsync(first.Mentee);
        using (await SaveAsync(mentor, first.Id, "Rewrite the CV")) { }
        using (await mentor.PostAsJsonAsync($"/api/v1/sessions/{first.Id}/steps", new { text = "Send the CV" })) { }
        using (await mentor.PostAsJsonAsync($"/api/v1/sessions/{first.Id}/steps", new { text = "Read a book" })) { }
        var earlier = (await ReadAsync(mentee, second.Id)).GetProperty("earlier");
        Assert.Equal("Rewrite the CV", earlier.GetProperty("notes").GetString());
        var steps = earlier.GetProperty("open").EnumerateArray().ToList();
        Assert.Equal(["Send the CV", "Read a book"], steps.Select(s => s.GetProperty("text").GetString()));
        Assert.Equal(JsonValueKind.Null, (await ReadAsync(mentor, others.Id)).GetProperty("earlier").ValueKind);
        Assert.Equal(JsonValueKind.Null, (await ReadAsync(mentor, first.Id)).GetProperty("earlier").ValueKind);

        // It is done where it is shown, but not from a session that shows nothing of it.
        var step = steps[0].GetProperty("id").GetGuid();
        Assert.Equal(HttpStatusCode.NotFound,
            await StatusAsync(mentor.PatchAsJsonAsync($"/api/v1/sessions/{others.Id}/steps/{step}", new { done = true })));
        Assert.Equal(HttpStatusCode.NoContent,
            await StatusAsync(mentee.PatchAsJsonAsync($"/api/v1/sessions/{second.Id}/steps/{step}", new { done = true })));
        Assert.Equal(["Read a book"], (await ReadAsync(mentee, second.Id)).GetProperty("earlier").GetProperty("open").EnumerateArray()
            .Select(s => s.GetProperty("text").GetString()));
        Assert.NotEqual(JsonValueKind.Null, (await ReadAsync(mentee, first.Id)).GetProperty("steps")[0].GetProperty("done").ValueKind);
        using var stranger = await _scene.ProgramAsync(await _scene.PersonAsync());
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(stranger.DeleteAsync($"/api/v1/sessions/{first.Id}/steps/{step}")));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(mentor.DeleteAsync($"/api/v1/sessions/{first.Id}/steps/{step}")));
        Assert.Single((await ReadAsync(mentor, first.Id)).GetProperty("steps").EnumerateArray());
    }

    [Fact]
    public async Task Somebody_new_in_a_group_reads_nothing_of_what_was_before()
    {
        var first = await _scene.BookedAsync();
        var second = await _scene.BookedAsync(first.Mentor, first.Mentee, first.Start.AddHours(3));
        using var mentor = await _scene.ProgramAsync(first.Mentor);
        using (await SaveAsync(mentor, first.Id, "Between us two")) { }
        var guest = await _scene.PersonAsync();
        await app.InDatabaseAsync(async db =>
        {
            db.Participants.Add(new() { SessionId = second.Id, UserId = guest.Id, Role = ParticipantRole.Mentee });
            await db.SaveChangesAsync();
        });
        using var theirs = await _scene.ProgramAsync(guest);
        Assert.Equal(JsonValueKind.Null, (await ReadAsync(theirs, second.Id)).GetProperty("earlier").ValueKind);
    }

    [Fact]
    public async Task A_mentors_own_notes_are_the_mentors_own()
    {
        var session = await _scene.BookedAsync();
        using var mentor = await _scene.ProgramAsync(session.Mentor);
        using var mentee = await _scene.ProgramAsync(session.Mentee);
        using var admin = await _scene.ProgramAsync(await _scene.AdminAsync());
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(SaveAsync(mentor, session.Id, "Be patient", which: "own")));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(SaveAsync(mentee, session.Id, "Mine", which: "own")));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(SaveAsync(admin, session.Id, "Mine", which: "own")));
        Assert.Equal("Be patient", (await ReadAsync(mentor, session.Id)).GetProperty("own").GetString());
        Assert.Equal(JsonValueKind.Null, (await ReadAsync(mentee, session.Id)).GetProperty("own").ValueKind);

        Assert.Equal(DeletionOutcome.Done,
            await app.InScopeAsync<AccountDeletion, DeletionOutcome>(d => d.DeleteAsync(session.Mentor.Id, default)));
        Assert.False(await app.InDatabaseAsync(db => db.PrivateNotes.AnyAsync(n => n.SessionId == session.Id)));
    }

    [Fact]
    public async Task Without_a_script_the_same_is_sent_by_forms()
    {
        var session = await _scene.BookedAsync();
        using var browser = await _scene.BrowserAsync(session.Mentee);
        var page = $"/sessions/{session.Id}";
        using (var saved = await Forms.PostAsync(browser, page,
            new() { ["text"] = "Line one\r\nLine two", ["which"] = "notes", ["before"] = "" }, $"{page}/notes?handler=Text"))
            Assert.Equal($"{page}#notes", saved.Headers.Location?.OriginalString);
        var tooLong = new string('x', SessionNotes.MaxText + 1);
        using (var refused = await Forms.PostAsync(browser, page,
            new() { ["text"] = tooLong, ["which"] = "notes", ["before"] = "Line one\nLine two" }, $"{page}/notes?handler=Text"))
        {
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            var html = await refused.Content.ReadAsStringAsync();
            // Nothing is lost: what was typed is in the field, what is kept is beside it.
            Assert.Contains(tooLong, html, StringComparison.Ordinal);
            Assert.Contains("Line one\nLine two", WebUtility.HtmlDecode(html).ReplaceLineEndings("\n"), StringComparison.Ordinal);
        }
        using (var step = await Forms.PostAsync(browser, page, new() { ["step"] = " " }, $"{page}/notes?handler=Step"))
            Assert.Equal(HttpStatusCode.BadRequest, step.StatusCode);
        using (var step = await Forms.PostAsync(browser, page, new() { ["step"] = "Send the CV" }, $"{page}/notes?handler=Step"))
            Assert.Equal($"{page}#notes", step.Headers.Location?.OriginalString);
        Assert.Contains("Send the CV", await browser.GetStringAsync(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_more_steps_than_a_page_can_show()
    {
        var session = await _scene.BookedAsync();
        using var mentee = await _scene.ProgramAsync(session.Mentee);
        await app.InDatabaseAsync(async db =>
        {
            db.SessionSteps.AddRange(Enumerable.Range(0, SessionStep.MaxSteps - 1).Select(i =>
                new SessionStep { SessionId = session.Id, Text = $"Step {i}", CreatedUtc = app.Clock.GetUtcNow() }));
            await db.SaveChangesAsync();
        });
        var adds = await Task.WhenAll(Enumerable.Range(0, 4).Select(i =>
            StatusAsync(mentee.PostAsJsonAsync($"/api/v1/sessions/{session.Id}/steps", new { text = $"One more {i}" }))));
        Assert.Equal(1, adds.Count(s => s == HttpStatusCode.NoContent));
        Assert.Equal(3, adds.Count(s => s == HttpStatusCode.UnprocessableEntity));
    }
}
