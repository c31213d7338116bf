using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Portal.People.Accounts;
using Portal.Sessions.Files;
using Tests.Support;

namespace Tests.Sessions.Files;

public sealed class FilesApp : IAsyncLifetime
{
    public PortalApp App { get; private set; } = null!;

    public async Task InitializeAsync() => App = await PortalApp.StartAsync(a => a
        .With("Files:MaxMegabytes", "1").With("Files:MaxPerSession", "3").With("Files:MaxMegabytesPerSession", "2"));

    public async Task DisposeAsync() => await App.DisposeAsync();
}

/// <summary>Files are between the people of a session, and only they know of them.</summary>
public sealed class SessionFilesTests(FilesApp files) : IClassFixture<FilesApp>
{
    private static readonly byte[] Pdf = "%PDF-1.7\nhello"u8.ToArray();

    private readonly PortalApp _app = files.App;
    private readonly Scene _scene = new(files.App);

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, Guid session, byte[] file, string name = "worksheet.pdf") =>
        client.PostAsync($"/api/v1/sessions/{session}/files?name={Uri.EscapeDataString(name)}", new ByteArrayContent(file));

    private static async Task<Guid> SharedAsync(HttpClient client, Guid session, string name = "worksheet.pdf")
    {
        using var answer = await SendAsync(client, session, Pdf, name);
        return (await answer.JsonAsync(HttpStatusCode.Created)).GetProperty("id").GetGuid();
    }

    private static async Task<HttpResponseMessage> FormAsync(HttpClient browser, Guid session, byte[] file, string name)
    {
        var token = await Forms.TokenAsync(browser, $"/sessions/{session}");
        var form = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" } };
        form.Add(new ByteArrayContent(file), "file", name);
        return await browser.PostAsync($"/sessions/{session}/files", form);
    }

    private Task<List<SessionFile>> RowsAsync(Guid session) => _app.InDatabaseAsync(db =>
        db.SessionFiles.AsNoTracking().Where(f => f.SessionId == session).ToListAsync());

    private string PathOf(string key) => Path.Combine(_app.DataFolder, "files", key);

    [Fact]
    public async Task What_one_shares_the_other_saves_and_nothing_of_it_can_run()
    {
        var session = await _scene.BookedAsync();
        var (mentee, mentor) = (await _scene.ProgramAsync(session.Mentee), await _scene.ProgramAsync(session.Mentor));
        var id = await SharedAsync(mentee, session.Id, "سيرة ذاتية.pdf");
        var listed = (await (await mentor.GetAsync($"/api/v1/sessions/{session.Id}/files")).JsonAsync(HttpStatusCode.OK))
            .EnumerateArray().Single();
        Assert.Equal(("سيرة ذاتية.pdf", "application/pdf", Pdf.Length, "Maha Nassar", true), (listed.GetProperty("name").GetString(),
            listed.GetProperty("contentType").GetString(), listed.GetProperty("size").GetInt32(), listed.GetProperty("by").GetString(),
            listed.GetProperty("mayDelete").GetBoolean()));
        foreach (var answer in new[]
        {
            await mentor.GetAsync($"/api/v1/sessions/{session.Id}/files/{id}"),
            await (await _scene.BrowserAsync(session.Mentor)).GetAsync($"/sessions/{session.Id}/files/{id}"),
        })
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(Pdf, await answer.Content.ReadAsByteArrayAsync());
            Assert.Equal(("attachment", "سيرة ذاتية.pdf"),
                (answer.Content.Headers.ContentDisposition!.DispositionType, answer.Content.Headers.ContentDisposition.FileNameStar));
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Contains("sandbox", answer.Headers.GetValues("Content-Security-Policy").Single());
            Assert.Contains("no-store", answer.Headers.CacheControl!.ToString());
        }
    }

    [Fact]
    public async Task The_form_works_without_a_script_and_says_what_is_wrong()
    {
        var session = await _scene.BookedAsync();
        var browser = await _scene.BrowserAsync(session.Mentee);
        using (var done = await FormAsync(browser, session.Id, Pdf, "worksheet.pdf"))
            Assert.Equal((HttpStatusCode.Redirect, $"/sessions/{session.Id}#files"), (done.StatusCode, done.Headers.Location!.OriginalString));
        Assert.Contains("worksheet.pdf", await browser.GetStringAsync($"/sessions/{session.Id}"));
        foreach (var (file, name, status, said) in new[]
        {
            (Pdf, "worksheet.docx", HttpStatusCode.UnprocessableEntity, "doesn’t match its extension"),
            ("<html>"u8.ToArray(), "page.txt", HttpStatusCode.UnprocessableEntity, "can’t be shared"),
            ([], "empty.pdf", HttpStatusCode.UnprocessableEntity, "not empty"),
            (new byte[1024 * 1024 + 1], "large.pdf", HttpStatusCode.RequestEntityTooLarge, "larger than 1 MB"),
        })
        {
            using var answer = await FormAsync(browser, session.Id, file, name);
            Assert.Equal((name, status), (name, answer.StatusCode));
            Assert.Contains(said, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()));
        }
        using var huge = await FormAsync(browser, session.Id, new byte[12 * 1024 * 1024], "huge.pdf");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, huge.StatusCode);
        Assert.Single(await RowsAsync(session.Id));
    }

    [Fact]
    public async Task Nobody_else_learns_of_a_file_an_administrator_neither()
    {
        var (session, other) = (await _scene.BookedAsync(), await _scene.BookedAsync());
        var id = await SharedAsync(await _scene.ProgramAsync(session.Mentor), session.Id, "secret-plans.pdf");
        var admin = await _scene.AdminAsync();
        foreach (var (who, program) in new[]
        {
            ("another mentee", await _scene.ProgramAsync(other.Mentee)), ("another mentor", await _scene.ProgramAsync(other.Mentor)),
            ("an administrator", await _scene.ProgramAsync(admin)), ("a program", (await _scene.KeyHolderAsync()).Client),
        })
        {
            async Task<HttpStatusCode> TryAsync(HttpMethod method, string path) =>
                (await program.SendAsync(new(method, $"/api/v1/sessions/{session.Id}/files{path}"))).StatusCode;
            Assert.Equal((who, HttpStatusCode.Forbidden), (who, await TryAsync(HttpMethod.Get, "")));
            Assert.Equal((who, HttpStatusCode.NotFound), (who, await TryAsync(HttpMethod.Get, $"/{id}")));
            Assert.Equal((who, HttpStatusCode.Forbidden), (who, await TryAsync(HttpMethod.Delete, $"/{id}")));
            using var sent = await SendAsync(program, session.Id, Pdf);
            Assert.Equal((who, HttpStatusCode.Forbidden), (who, sent.StatusCode));
        }
        // By the address of a session that is one's own, another's file is not there.
        using var crossed = await (await _scene.ProgramAsync(other.Mentee)).GetAsync($"/api/v1/sessions/{other.Id}/files/{id}");
        Assert.Equal(HttpStatusCode.NotFound, crossed.StatusCode);
        var page = await _scene.BrowserAsync(admin);
        Assert.DoesNotContain("secret-plans", await page.GetStringAsync($"/sessions/{session.Id}"));
        Assert.Equal(HttpStatusCode.NotFound, (await page.GetAsync($"/sessions/{session.Id}/files/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await page.GetAsync($"/sessions/{session.Id}/files")).StatusCode);
        Assert.Single(await RowsAsync(session.Id));
    }

    [Fact]
    public async Task Whose_link_was_withdrawn_sees_nothing_any_more()
    {
        var session = await _scene.BookedAsync();
        var program = await _scene.ProgramAsync(session.Mentee);
        var id = await SharedAsync(program, session.Id);
        using var withdrawn = await (await _scene.ProgramAsync(session.Mentor))
            .PostAsync($"/api/mentoring/session/{session.Id}/participants/{session.MenteePart}/withdraw-link", null);
        Assert.Equal(HttpStatusCode.NoContent, withdrawn.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await program.GetAsync($"/api/v1/sessions/{session.Id}/files")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await program.GetAsync($"/api/v1/sessions/{session.Id}/files/{id}")).StatusCode);
        using var sent = await SendAsync(program, session.Id, Pdf);
        Assert.Equal(HttpStatusCode.Forbidden, sent.StatusCode);
    }

    [Fact]
    public async Task Who_shared_it_deletes_it_or_the_mentor_and_its_bytes_go()
    {
        var session = await _scene.BookedAsync();
        var (mentee, mentor) = (await _scene.ProgramAsync(session.Mentee), await _scene.ProgramAsync(session.Mentor));
        var (own, mentors) = (await SharedAsync(mentee, session.Id, "a.pdf"), await SharedAsync(mentor, session.Id, "b.pdf"));
        var third = await SharedAsync(mentee, session.Id, "c.pdf");
        var keys = (await RowsAsync(session.Id)).ConvertAll(f => PathOf(f.BlobKey));
        Assert.All(keys, k => Assert.True(File.Exists(k)));
        async Task<HttpStatusCode> DeleteAsync(HttpClient by, Guid id) =>
            (await by.DeleteAsync($"/api/v1/sessions/{session.Id}/files/{id}")).StatusCode;
        Assert.Equal(HttpStatusCode.Forbidden, await DeleteAsync(mentee, mentors));
        Assert.Equal(HttpStatusCode.NoContent, await DeleteAsync(mentee, own));
        Assert.Equal(HttpStatusCode.NotFound, await DeleteAsync(mentee, own));
        Assert.Equal(HttpStatusCode.NoContent, await DeleteAsync(mentor, third));
        Assert.Equal(mentors, Assert.Single(await RowsAsync(session.Id)).Id);
        Assert.Single(keys, File.Exists);
        var browser = await _scene.BrowserAsync(session.Mentor);
        using var answer = await Forms.PostAsync(browser, $"/sessions/{session.Id}", new() { ["file"] = $"{mentors}" },
            $"/sessions/{session.Id}/files?handler=Delete");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Empty(await RowsAsync(session.Id));
    }

    [Fact]
    public async Task Of_many_that_come_at_once_as_many_are_kept_as_may_be()
    {
        var session = await _scene.BookedAsync();
        var program = await _scene.ProgramAsync(session.Mentee);
        var before = Directory.GetFiles(Path.Combine(_app.DataFolder, "files")).Length;
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => SendAsync(program, session.Id, Pdf, $"{i}.pdf")));
        Assert.Equal(3, answers.Count(a => a.StatusCode == HttpStatusCode.Created));
        Assert.Equal(5, answers.Count(a => a.StatusCode == HttpStatusCode.Conflict));
        Assert.Equal(3, (await RowsAsync(session.Id)).Count);
        Assert.Equal(before + 3, Directory.GetFiles(Path.Combine(_app.DataFolder, "files")).Length);
    }

    [Fact]
    public async Task All_of_them_together_have_a_limit_too()
    {
        var session = await _scene.BookedAsync();
        var program = await _scene.ProgramAsync(session.Mentee);
        var large = Encoding.ASCII.GetBytes(new string('a', 900_000));
        foreach (var expected in new[] { HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.Conflict })
        {
            using var answer = await SendAsync(program, session.Id, large, "notes.txt");
            Assert.Equal(expected, answer.StatusCode);
        }
    }

    [Fact]
    public async Task The_api_says_what_is_wrong_with_a_file()
    {
        var session = await _scene.BookedAsync();
        var program = await _scene.ProgramAsync(session.Mentee);
        await (await SendAsync(program, session.Id, new byte[1024 * 1024 + 1], "large.pdf")).ProblemAsync(413);
        await (await SendAsync(program, session.Id, new byte[12 * 1024 * 1024], "huge.pdf")).ProblemAsync(413);
        await (await SendAsync(program, session.Id, Pdf, "page.html")).ProblemAsync(422);
        await (await SendAsync(program, session.Id, Pdf, "")).ProblemAsync(422);
        await (await SendAsync(program, session.Id, [], "a.pdf")).ProblemAsync(422);
        await (await SendAsync(program, Guid.NewGuid(), Pdf)).ProblemAsync(404);
    }

    [Fact]
    public async Task A_cancelled_session_takes_no_more_files_and_keeps_those_it_has()
    {
        var session = await _scene.BookedAsync();
        var program = await _scene.ProgramAsync(session.Mentee);
        var id = await SharedAsync(program, session.Id);
        using var cancelled = await program.PostAsync($"/api/v1/sessions/{session.Id}/cancel", JsonBody("{\"reason\":\"I am ill\"}"));
        Assert.Equal(HttpStatusCode.NoContent, cancelled.StatusCode);
        await (await SendAsync(program, session.Id, Pdf)).ProblemAsync(410);
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync($"/api/v1/sessions/{session.Id}/files/{id}")).StatusCode);
    }

    [Fact]
    public async Task What_a_deleted_person_shared_stays_with_the_others_without_their_name()
    {
        var session = await _scene.BookedAsync();
        await SharedAsync(await _scene.ProgramAsync(session.Mentee), session.Id);
        await _app.InScopeAsync<AccountDeletion, DeletionOutcome>(d => d.DeleteAsync(session.Mentee.Id, default));
        Assert.Null(Assert.Single(await RowsAsync(session.Id)).AddedBy);
        var listed = await (await (await _scene.ProgramAsync(session.Mentor)).GetAsync($"/api/v1/sessions/{session.Id}/files"))
            .JsonAsync(HttpStatusCode.OK);
        Assert.False(listed[0].TryGetProperty("by", out var by) && by.ValueKind != System.Text.Json.JsonValueKind.Null);
        // Where nobody is left who could read it, it goes.
        await _app.InScopeAsync<AccountDeletion, DeletionOutcome>(d => d.DeleteAsync(session.Mentor.Id, default));
        Assert.Empty(await RowsAsync(session.Id));
    }

    private static StringContent JsonBody(string text) => new(text, Encoding.UTF8, "application/json");
}
