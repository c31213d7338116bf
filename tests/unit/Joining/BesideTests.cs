using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Sessions;
using Portal.Sessions.Notes;
using Tests.Pages.Join;
using Tests.Support;

namespace Tests.Joining;

/// <summary>Notes and chat in the room, where the room's cookie is the proof.</summary>
public sealed class BesideTests : IAsyncLifetime
{
    private PortalApp _app = null!;
    private Scene _scene = null!;

    public async Task InitializeAsync()
    {
        _app = await PortalApp.StartAsync(a => SelfHostedApp.Set(a).With("Join:KeepsChat", "true"));
        _scene = new(_app);
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    private async Task<HttpClient> EnterAsync(Guid participant, HttpClient? browser = null)
    {
        browser ??= _app.Visitor();
        using var answer = await browser.PostAsync(await _scene.LinkAsync(participant), null);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return browser;
    }

    private static async Task<(HttpStatusCode Status, JsonElement Said)> PostAsync(
        HttpClient browser, Guid session, string handler, params (string, string)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.ToDictionary(f => f.Item1, f => f.Item2));
        using var answer = await browser.PostAsync($"/meeting/{session}/beside?handler={handler}", form);
        return (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType == "application/json"
            ? await answer.Content.ReadFromJsonAsync<JsonElement>() : default);
    }

    [Fact]
    public async Task In_the_room_both_sides_write_without_having_signed_in()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session, 1);
        using var mentee = await EnterAsync(session.MenteePart);
        using var mentor = await EnterAsync(session.MentorPart);
        var (status, said) = await PostAsync(mentee, session.Id, "Text", ("which", "notes"), ("before", ""), ("text", "Hello"));
        Assert.Equal((HttpStatusCode.OK, "Hello"), (status, said.GetProperty("text").GetString()));
        (_, said) = await PostAsync(mentor, session.Id, "Text", ("which", "notes"), ("before", ""), ("text", "World"));
        Assert.Equal("Hello World", said.GetProperty("text").GetString());
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(mentee, session.Id, "Step", ("step", "Send the CV"))).Status);
        var panel = await mentor.GetStringAsync($"/meeting/{session.Id}/beside");
        Assert.Contains("Hello World", panel, StringComparison.Ordinal);
        Assert.Contains("Send the CV", panel, StringComparison.Ordinal);
        Assert.Contains($"/sessions/{session.Id}#files", panel, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(mentee, session.Id, "Step", ("step", ""))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(mentee, session.Id, "Text", ("which", "x"))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(mentee, session.Id, "Done", ("step", "x"), ("done", "y"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(_app.Visitor(), session.Id, "Text", ("which", "notes"))).Status);
    }

    [Fact]
    public async Task A_link_alone_does_not_open_the_mentors_own_notes()
    {
        var session = await _scene.BookedAsync();
        using (var program = await _scene.ProgramAsync(session.Mentor))
        using (await program.PutAsJsonAsync($"/api/v1/sessions/{session.Id}/notes/own", new { text = "Be patient" })) { }
        _scene.GoTo(session, 1);
        using var link = await EnterAsync(session.MentorPart);
        Assert.DoesNotContain("Be patient", await link.GetStringAsync($"/meeting/{session.Id}/beside"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden,
            (await PostAsync(link, session.Id, "Text", ("which", "own"), ("before", ""), ("text", "Mine"))).Status);
        using var signedIn = await EnterAsync(session.MentorPart, await _scene.BrowserAsync(session.Mentor));
        Assert.Contains("Be patient", await signedIn.GetStringAsync($"/meeting/{session.Id}/beside"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_looks_on_sees_no_notes_and_a_withdrawn_link_opens_nothing()
    {
        var session = await _scene.BookedAsync();
        var observer = new SessionParticipant
        {
            SessionId = session.Id,
            Role = ParticipantRole.Observer,
            OwnName = "Rami",
            OwnEmail = "r@people.example",
        };
        await _app.InDatabaseAsync(async db =>
        {
            db.Participants.Add(observer);
            await db.SaveChangesAsync();
        });
        _scene.GoTo(session, 1);
        using var looking = await EnterAsync(observer.Id);
        Assert.Equal(HttpStatusCode.NotFound, (await looking.GetAsync($"/meeting/{session.Id}/beside")).StatusCode);
        Assert.DoesNotContain("room-beside\"", await looking.GetStringAsync($"/meeting/{session.Id}"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden,
            (await PostAsync(looking, session.Id, "Text", ("which", "notes"), ("text", "x"))).Status);

        using var mentee = await EnterAsync(session.MenteePart);
        await _app.InDatabaseAsync(db => db.Participants.Where(p => p.Id == session.MenteePart)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.WithdrawnUtc, _app.Clock.GetUtcNow())));
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(mentee, session.Id, "Text", ("which", "notes"), ("text", "x"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(mentee, session.Id, "Chat", ("text", "x"))).Status);
    }

    [Fact]
    public async Task Chat_is_kept_in_the_name_of_who_wrote_it_and_read_by_both_sides()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session, 1);
        using var mentee = await EnterAsync(session.MenteePart);
        Assert.Contains("handler=Chat", await mentee.GetStringAsync($"/meeting/{session.Id}"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await PostAsync(mentee, session.Id, "Chat", ("text", "Good <morning>"))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(mentee, session.Id, "Chat", ("text", " "))).Status);
        Assert.Equal(HttpStatusCode.BadRequest,
            (await PostAsync(mentee, session.Id, "Chat", ("text", new string('x', ChatLine.MaxText + 1)))).Status);
        using var mentor = await _scene.BrowserAsync(session.Mentor);
        Assert.Contains("Good &lt;morning&gt;", await mentor.GetStringAsync($"/sessions/{session.Id}"), StringComparison.Ordinal);
        var line = Assert.Single(await _app.InDatabaseAsync(db => db.ChatLines.Where(c => c.SessionId == session.Id).ToListAsync()));
        Assert.Equal(session.MenteePart, line.ParticipantId);
    }

    [Fact]
    public async Task Without_the_setting_nothing_of_the_chat_is_kept()
    {
        await using var app = await PortalApp.StartAsync(a => SelfHostedApp.Set(a));
        var scene = new Scene(app);
        var session = await scene.BookedAsync();
        scene.GoTo(session, 1);
        using var browser = app.Visitor();
        using (await browser.PostAsync(await scene.LinkAsync(session.MenteePart), null)) { }
        Assert.DoesNotContain("handler=Chat", await browser.GetStringAsync($"/meeting/{session.Id}"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Gone, (await PostAsync(browser, session.Id, "Chat", ("text", "x"))).Status);
        Assert.False(await app.InDatabaseAsync(db => db.ChatLines.AnyAsync()));
    }
}
