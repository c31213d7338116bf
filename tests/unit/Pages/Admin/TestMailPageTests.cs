using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Mail.Delivery;
using Portal.People;
using Portal.People.Accounts;
using Tests.Mail.Smtp;
using Tests.People;
using Tests.Support;

namespace Tests.Pages.Admin;

public sealed class TestMailPageTests
{
    private const string Page = "/admin/mail/test";

    private static Task<PortalApp> PortalAsync(ScriptedServer server) => PortalApp.StartAsync(a => a
        .With("Mail:Transport", "Smtp").With("Mail:Smtp:Host", "localhost").With("Mail:Smtp:Port", $"{server.Port}")
        .With("Mail:Smtp:Security", "None").With("Mail:Smtp:User", "majlis").With("Mail:Smtp:Password", "never-shown-1"));

    internal static async Task<HttpClient> AdminAsync(PortalApp app, PortalUser user)
    {
        await app.InScopeAsync<AdminService>(async a => await a.AddAsync(user.Email!));
        return await app.SignedInAsync(user);
    }

    [Fact]
    public async Task A_test_mail_goes_at_once_to_the_administrator_and_is_on_record()
    {
        await using var server = new ScriptedServer { Extensions = ["AUTH PLAIN"] };
        await using var app = await PortalAsync(server);
        var user = await app.AddPersonAsync();
        using var client = await AdminAsync(app, user);
        var before = await client.GetStringAsync(Page);
        Assert.Contains($"localhost:{server.Port}", before);
        Assert.DoesNotContain("never-shown-1", before);
        Assert.Empty(server.Commands);

        using var answer = await client.SubmitAsync(Page);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain("never-shown-1", page);
        Assert.DoesNotContain("chip bad", page);
        foreach (var stage in new[] { "Connect", "Greeting", "Auth", "Sender", "Recipient", "Content" })
            Assert.Contains($"data-id=\"stage-{stage}\"", page);
        Assert.DoesNotContain("stage-StartTls", page);
        Assert.Contains($"RCPT TO:<{user.Email}>", server.Commands);
        Assert.Single(server.Contents);
        Assert.Equal("Accepted Content 250",
            await app.InDatabaseAsync(db => db.AuditEntries.Where(a => a.Action == "mail.test").Select(a => a.Details).SingleAsync()));
        Assert.DoesNotContain("never-shown-1", app.Log.Text);
    }

    [Theory]
    [InlineData("greeting", "554 5.3.2 Not <b>you</b>", SendStage.Greeting, "554 5.3.2 Not &lt;b&gt;you&lt;/b&gt;")]
    [InlineData("AUTH", "535 5.7.8 Wrong password", SendStage.Auth, "535 5.7.8 Wrong password")]
    [InlineData("MAIL", "550 5.7.1 Not your address", SendStage.Sender, "550 5.7.1 Not your address")]
    [InlineData("RCPT", "550 5.7.1 No relay", SendStage.Recipient, "550 5.7.1 No relay")]
    [InlineData(".", "554 5.7.1 Spam", SendStage.Content, "554 5.7.1 Spam")]
    public async Task A_failure_is_shown_where_it_happened_in_the_words_of_the_server(string at, string says, SendStage stage, string shown)
    {
        await using var server = new ScriptedServer { Extensions = ["AUTH PLAIN"] };
        server.Answers[at] = says;
        await using var app = await PortalAsync(server);
        using var client = await AdminAsync(app, await app.AddPersonAsync());
        using var answer = await client.SubmitAsync(Page);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var row = page[page.IndexOf($"data-id=\"stage-{stage}\"", StringComparison.Ordinal)..];
        row = row[..row.IndexOf("</tr>", StringComparison.Ordinal)];
        Assert.Contains("chip bad", row);
        Assert.Contains(shown, row);
        Assert.Equal(1, page.Split("chip bad").Length - 1);
    }

    [Fact]
    public async Task Only_administrators_may_and_only_by_the_button()
    {
        await using var app = await PortalApp.StartAsync();
        using var client = await app.SignedInAsync(await app.AddPersonAsync());
        using var answer = await client.GetAsync(Page);
        Assert.StartsWith("/account/access-denied", answer.Headers.Location?.OriginalString);

        using var admin = await AdminAsync(app, await app.AddPersonAsync());
        using var forged = await admin.PostAsync(Page, new FormUrlEncodedContent([]));
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Contains(app.MailFolder, await admin.GetStringAsync(Page));
        using var sent = await admin.SubmitAsync(Page);
        Assert.Contains("notice good", await sent.Content.ReadAsStringAsync());
        Assert.Single(Directory.GetFiles(app.MailFolder, "*.eml"));
    }
}
