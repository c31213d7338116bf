using System.Net;
using System.Text.RegularExpressions;
using Localization;
using Microsoft.EntityFrameworkCore;
using Portal.AuditTrail;
using Portal.People;
using Tests.Support;

namespace Tests.Pages.Admin.Trail;

/// <summary>The audit log as an administrator reads it.</summary>
public sealed partial class AuditPageTests : IAsyncLifetime
{
    private const string Page = "/admin/audit";
    private PortalApp _app = null!;
    private Scene _scene = null!;

    public async Task InitializeAsync()
    {
        _app = await PortalApp.StartAsync();
        _scene = new(_app);
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [InlineData("en", "Session cancelled", "Status: Confirmed →became Cancelled", "Start")]
    [InlineData("ar", "إلغاء الجلسة", "الحالة: ", "البداية")]
    public async Task An_administrator_reads_rows_in_their_own_words(string language, string what, string changed, string field)
    {
        var session = await _scene.BookedAsync(topic: "Growing up");
        await NoteAsync(session.Mentor.Id, "session.cancel", $"session:{session.Id}", new AuditChanges(
            [new("State", "Confirmed", "Cancelled"), new("StartUtc", "2026-11-24T18:00:00.0000000+00:00", "")]).Write());
        var text = Bare(await (await AdminAsync(language)).GetStringAsync(Page));
        Assert.Contains(what, text);
        Assert.Contains("Growing up", text);
        Assert.Contains(session.Mentor.DisplayName, text);
        Assert.Contains(field, text);
        Assert.Contains($"href=\"/sessions/{session.Id}\"", text);
        Assert.Contains($"href=\"/admin/people/{session.Mentor.Id}\"", text);
        // Asia/Tokyo is nine hours ahead.
        Assert.Contains(language == "ar" ? "25 نوفمبر 2026، 03:00" : "25 Nov 2026, 03:00", text);
        Assert.Contains(changed, text);
    }

    [Fact]
    public async Task Every_kind_in_the_code_is_known_and_has_words()
    {
        var written = Directory.EnumerateFiles(Repository.File("Portal"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && Path.GetFileName(f) != "AuditKinds.cs")
            .Select(File.ReadAllText).SelectMany(text => Kind().Matches(text).Select(m => m.Groups[1].Value)
                .Concat(Literal().Matches(text).Select(m => m.Groups[1].Value).Where(k => AuditKinds.Families.Contains(k.Split('.')[0]))))
            .Except(["session.ics"]).ToHashSet(); // a file's name
        Assert.Contains("session.cancel", written);
        Assert.Empty(written.Except(AuditKinds.All));
        foreach (var language in Languages.All)
        {
            var page = WebUtility.HtmlDecode(await (await AdminAsync(language)).GetStringAsync(Page));
            Assert.DoesNotContain(AuditKinds.All, kind => page.Contains($">{kind}</option>"));
            Assert.DoesNotContain(AuditKinds.Families, family => page.Contains($"label=\"{family}\""));
        }
    }

    [Fact]
    public async Task Pages_follow_each_other_although_rows_come_in_between()
    {
        var actor = await _scene.PersonAsync();
        for (var i = 0; i < 60; i++)
            await NoteAsync(actor.Id, "job.run", $"job:number-{i:00}");
        var admin = await AdminAsync();
        var first = await admin.GetStringAsync($"{Page}?who={actor.Id}");
        // Of one moment with the last row of the page, and newer ones.
        for (var i = 60; i < 75; i++)
            await NoteAsync(actor.Id, "job.run", $"job:number-{i:00}");
        var second = await admin.GetStringAsync(WebUtility.HtmlDecode(Next().Match(first).Groups[1].Value));
        string[] seen = [.. Number().Matches(first).Concat(Number().Matches(second)).Select(m => m.Value)];
        Assert.Equal(60, seen.Length);
        Assert.Equal(60, seen.Distinct().Count());
        Assert.DoesNotContain("number-60", second);
        Assert.DoesNotContain("rel=\"next\"", second);
        Assert.Contains("rel=\"first\"", second);
        Assert.True(first.Length < 80_000, $"{first.Length} characters.");
    }

    [Fact]
    public async Task Filters_stand_in_the_address_and_days_are_the_readers()
    {
        var (layla, omar) = (await _scene.PersonAsync("Layla Khoury"), await _scene.PersonAsync("Omar Aziz"));
        await NoteAsync(layla.Id, "person.lock", $"person:{omar.Id}", at: new(2026, 3, 1, 14, 59, 0, TimeSpan.Zero));
        await NoteAsync(omar.Id, "person.unlock", $"person:{layla.Id}", at: new(2026, 3, 1, 15, 1, 0, TimeSpan.Zero));
        var admin = await AdminAsync();
        foreach (var (query, locked, unlocked) in new[]
        {
            ("who=khoury", true, false), ($"who={omar.Id}", false, true), ("about=khoury", false, true),
            ($"about=person:{omar.Id}", true, false), ("kind=person.lock", true, false), ("kind=person", true, true),
            ("kind=session", false, false), ("from=2026-03-02&to=2026-03-02", false, true), ("to=2026-03-01&from=2026-03-01", true, false),
            ("who=nobody-is-called-so", false, false),
        })
        {
            var page = await admin.GetStringAsync($"{Page}?{query}");
            var rows = page[(page.IndexOf("</form>", page.IndexOf("id=\"kind\"", StringComparison.Ordinal), StringComparison.Ordinal))..];
            Assert.Equal((query, locked, unlocked), (query, rows.Contains("Account locked"), rows.Contains("Account unlocked")));
        }
    }

    [Theory]
    [InlineData("kind=nothing")]
    [InlineData("from=tomorrow")]
    [InlineData("to=9999-12-31")]
    [InlineData("from=-9998-01-01")]
    [InlineData("before=0-00000000000000000000000000000000")]
    [InlineData("before=99999999999999999999-x")]
    [InlineData("before=3155378975999999999-ffffffffffffffffffffffffffffffff", false)]
    [InlineData("who=%00&about=%00", false)]
    [InlineData("who=%F0%9F%98%80'%3B--&about=person:'%25_", false)]
    [InlineData("who=a&who=b&kind=person&kind=session", false)]
    public async Task What_cannot_be_read_in_the_address_is_left_out_and_said(string query, bool isSaid = true)
    {
        using var answer = await (await AdminAsync()).GetAsync($"{Page}?{query}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(isSaid, (await answer.Content.ReadAsStringAsync()).Contains("id=\"left-out\""));
    }

    [Fact]
    public async Task Nobody_but_administrators_reads_or_takes_it_away()
    {
        using var visitor = await _app.Visitor().GetAsync(Page);
        Assert.StartsWith("/account/sign-in", visitor.Headers.Location?.OriginalString);
        foreach (var person in new[] { await _scene.PersonAsync(), await _scene.MentorAsync() })
        {
            var browser = await _scene.BrowserAsync(person);
            using var seen = await browser.GetAsync(Page);
            using var taken = await Forms.PostAsync(browser, "/account/profile", [], Page + "?handler=Export");
            Assert.All([seen, taken], a => Assert.StartsWith("/account/access-denied", a.Headers.Location?.OriginalString));
        }
        Assert.False(await _app.InDatabaseAsync(db => db.AuditEntries.AnyAsync(a => a.Action == AuditKinds.Export)));
    }

    [Fact]
    public async Task An_administrator_takes_away_what_the_filter_shows_and_no_formula_with_it()
    {
        var evil = await _scene.PersonAsync("=HYPERLINK(\"http://x\")");
        var other = await _scene.PersonAsync("Somebody Else");
        for (var i = 0; i < 510; i++)
            await NoteAsync(evil.Id, "person.lock", $"person:{other.Id}", AuditChanges.Write("Locked", "false", "true"));
        await NoteAsync(other.Id, "person.unlock", $"person:{other.Id}");
        var boss = await _scene.PersonAsync("Boss", zone: "Asia/Tokyo", roles: Roles.Admin);
        var admin = await _scene.BrowserAsync(boss);
        using var answer = await Forms.PostAsync(admin, Page, [], $"{Page}?who={evil.Id}&handler=Export");
        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        var lines = (await answer.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(511, lines.Length);
        Assert.All(lines.Skip(1), line => Assert.Contains("\"'=HYPERLINK(\"\"http://x\"\")\",\"Account locked\",\"Somebody Else\"", line));
        Assert.Contains("Locked: No → Yes", lines[1]);
        Assert.Equal(boss.Id, (await _app.InDatabaseAsync(db => db.AuditEntries.SingleAsync(a => a.Action == AuditKinds.Export))).ActorId);
    }

    [Fact]
    public async Task A_persons_page_shows_the_latest_rows_about_them()
    {
        var person = await _scene.PersonAsync();
        for (var i = 0; i < 25; i++)
            await NoteAsync(null, "person.lock", $"person:{person.Id}");
        var page = await (await AdminAsync()).GetStringAsync($"/admin/people/{person.Id}");
        Assert.Equal(20, Row().Count(page));
        Assert.Contains($"href=\"/admin/audit?about=person:{person.Id}\"", page);
    }

    private async Task<HttpClient> AdminAsync(string language = "en") =>
        await _scene.BrowserAsync(await _scene.PersonAsync("Admin", language, "Asia/Tokyo", Roles.Admin));

    /// <summary>At one moment each, unless said otherwise: the id decides.</summary>
    private Task NoteAsync(Guid? actor, string kind, string subject, string? details = null, DateTimeOffset? at = null) =>
        _app.InDatabaseAsync(async db =>
        {
            var now = _app.Clock.GetUtcNow();
            Audit.Note(db, at ?? now.AddTicks(-now.Ticks % TimeSpan.TicksPerDay), actor, kind, subject, details);
            await db.SaveChangesAsync();
        });

    /// <summary>Words without the tags and marks between them.</summary>
    private static string Bare(string html) =>
        Marks().Replace(WebUtility.HtmlDecode(html).Replace("</bdi>", "").Replace("<bdi>", "").Replace("</span>", ""), "");

    [GeneratedRegex("""(?:Audit\.Note\([^;]*?|Audit\(caller, |trail\.Note\w*\(|Stamp\([^;]*?)"([a-z-]+\.[a-z-]+)"(?!\.)""")]
    private static partial Regex Kind();

    [GeneratedRegex("\"([a-z-]+\\.[a-z-]+)\"")]
    private static partial Regex Literal();

    [GeneratedRegex("rel=\"next\" href=\"([^\"]+)\"")]
    private static partial Regex Next();

    [GeneratedRegex("number-\\d\\d(?=</bdi>)")]
    private static partial Regex Number();

    [GeneratedRegex("<tr data-id=\"audit-")]
    private static partial Regex Row();

    [GeneratedRegex("[\u2066-\u2069]|<span[^>]*>")]
    private static partial Regex Marks();
}
