using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Tests.People;
using Tests.Support;

namespace Tests.Pages.Admin;

public sealed partial class TokenPageTests
{
    private const string Page = "/admin/tools/token";
    private const string Secret = "0123456789abcdef0123456789abcdef-never-shown";

    internal static PortalApp WithServer(PortalApp app) => app
        .With("Providers:jitsi:Mode", "SelfHosted").With("Providers:jitsi:Domain", "meet.example.org")
        .With("Providers:jitsi:AppId", "portal").With("Providers:jitsi:AppSecret", Secret);

    [Fact]
    public async Task An_administrator_makes_a_token_sees_what_it_says_and_has_it_checked()
    {
        await using var app = await PortalApp.StartAsync(a => WithServer(a));
        var user = await app.AddPersonAsync();
        using var admin = await TestMailPageTests.AdminAsync(app, user);
        Assert.Contains($"href=\"{Page}\"", await admin.GetStringAsync("/admin/tools"));

        using var made = await MintAsync(admin, ("Mint.Room", "Quiet-River"), ("Mint.Role", "Mentor"), ("Mint.Minutes", "60"));
        var page = WebUtility.HtmlDecode(await made.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        Assert.True(made.Headers.CacheControl?.NoStore);
        Assert.Contains("\"room\": \"quiet-river\"", page);
        Assert.Contains("\"alg\": \"HS256\"", page);
        Assert.Contains("https://meet.example.org/quiet-river?lang=en&jwt=", page);
        var token = Token().Match(page).Groups[1].Value;

        foreach (var (room, tone, says) in new[] { ("quiet-river", "good", "signature is the portal’s"), ("other", "bad", "doesn’t open the room") })
        {
            using var answer = await CheckAsync(admin, token, room);
            var report = await answer.Content.ReadAsStringAsync();
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains($"notice {tone}", report);
            Assert.Contains(says, WebUtility.HtmlDecode(report));
        }
        Assert.Equal(
            [("token.check", "bad"), ("token.check", "good"), ("token.mint", "Mentor OneToOne 60 min")],
            await app.InDatabaseAsync(async db => (await db.AuditEntries.Where(a => a.Subject == "provider:jitsi" && a.ActorId == user.Id)
                .Select(a => new { a.Action, a.Details }).ToListAsync()).Select(a => (a.Action, a.Details!)).Order().ToList()));
        Assert.DoesNotContain(token, app.Log.Text);
        Assert.DoesNotContain(Secret, page + app.Log.Text);
    }

    [Fact]
    public async Task What_was_not_understood_is_said_at_its_field_in_both_languages()
    {
        await using var app = await PortalApp.StartAsync(a => WithServer(a));
        using var admin = await TestMailPageTests.AdminAsync(app, await app.AddPersonAsync());
        using var empty = await MintAsync(admin, ("Mint.Room", ""), ("Mint.Minutes", "0"));
        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
        Assert.Contains("href=\"#Mint_Room\"", await empty.Content.ReadAsStringAsync());
        using var odd = await MintAsync(admin, ("Mint.Room", "../x"), ("Mint.Minutes", "60"));
        Assert.Equal(HttpStatusCode.BadRequest, odd.StatusCode);
        using var none = await CheckAsync(admin, "", "");
        Assert.Equal(HttpStatusCode.BadRequest, none.StatusCode);
        using var script = await CheckAsync(admin, "<script>alert(1)</script>", "");
        Assert.Contains("notice bad", await script.Content.ReadAsStringAsync());
        Assert.DoesNotContain("<script>alert(1)", await script.Content.ReadAsStringAsync());

        using var reader = await TestMailPageTests.AdminAsync(app, await app.AddPersonAsync(language: "ar"));
        using var arabic = await CheckAsync(reader, "x", "");
        Assert.Contains("هذا ليس رمز دخول", WebUtility.HtmlDecode(await arabic.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Only_administrators_may_and_where_no_tool_has_tokens_the_page_says_so()
    {
        await using var app = await PortalApp.StartAsync();
        using var client = await app.SignedInAsync(await app.AddPersonAsync());
        using var refused = await client.GetAsync(Page);
        Assert.StartsWith("/account/access-denied", refused.Headers.Location?.OriginalString);

        using var admin = await TestMailPageTests.AdminAsync(app, await app.AddPersonAsync());
        Assert.DoesNotContain($"href=\"{Page}\"", await admin.GetStringAsync("/admin/tools"));
        Assert.Contains("data-id=\"no-tokens\"", await admin.GetStringAsync(Page));
        using var made = await MintAsync(admin, ("Mint.Room", "quiet-river"), ("Mint.Minutes", "60"));
        Assert.Equal(HttpStatusCode.BadRequest, made.StatusCode);
        Assert.Empty(await app.InDatabaseAsync(db => db.AuditEntries.Where(a => a.Action == "token.mint").ToListAsync()));
    }

    private static Task<HttpResponseMessage> MintAsync(HttpClient admin, params (string Name, string Value)[] fields) =>
        Forms.PostAsync(admin, Page, fields.Append(("ProofPassword", Accounts.Password)).ToDictionary(f => f.Item1, f => f.Item2),
            Page + "?handler=Mint");

    private static Task<HttpResponseMessage> CheckAsync(HttpClient admin, string token, string room) =>
        Forms.PostAsync(admin, Page, new() { ["Check.Token"] = token, ["Check.Room"] = room }, Page + "?handler=Check");

    [GeneratedRegex("""<textarea id="made-token"[^>]*>\s*([^<\s]+)""")]
    private static partial Regex Token();
}
