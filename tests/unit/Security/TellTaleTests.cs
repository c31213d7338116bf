using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Portal.People.Accounts;
using Portal.People.SignIn;
using Tests.People;
using Tests.Support;

namespace Tests.Security;

/// <summary>What a stranger tries is told to the operator, and its answer tells the stranger nothing.</summary>
public sealed class TellTaleTests
{
    [Fact]
    public async Task The_last_free_guess_is_answered_before_the_owner_is_written_to()
    {
        // Without the worker whatever is left for after the answer stays undone.
        await using var app = await PortalApp.StartAsync(a => a.With("Accounts:AnswerFirst", "true").With(s =>
        {
            foreach (var worker in s.Where(d => d.ServiceType == typeof(IHostedService)
                && d.ImplementationFactory?.GetType().GenericTypeArguments.Contains(typeof(LaterWork)) == true).ToList())
                s.Remove(worker);
        }));
        var person = await app.AddPersonAsync();
        for (var i = 0; i < GuessRules.FreeAtOneDoor; i++)
            (await app.Visitor().PostAsJsonAsync("/api/v1/sign-in", new { email = person.Email, password = "guess" })).Dispose();
        Assert.Empty(await app.MailsToAsync(person.Email!));
        await app.Services.GetRequiredService<LaterWork>().StartAsync(default);
        for (var i = 0; i < 100 && (await app.MailsToAsync(person.Email!)).Count == 0; i++)
            await Task.Delay(50);
        Assert.Single(await app.MailsToAsync(person.Email!));
    }

    [Fact]
    public async Task Wrong_keys_wrong_tokens_and_forged_forms_are_in_the_trail_without_what_was_sent()
    {
        await using var app = await PortalApp.StartAsync();
        var program = app.Visitor();
        foreach (var secret in new[] { "mk_" + new string('a', 64), "CfDJ8-no-token" })
            for (var i = 0; i < 2; i++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/sessions");
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
                using var answer = await program.SendAsync(request);
                Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            }
        using (var forged = await app.Visitor().PostAsync("/account/sign-in", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Email"] = "somebody@people.example",
            ["Password"] = "guess",
        })))
            Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        using (await app.Visitor().GetAsync("/api/v1/sessions")) // nothing was tried
        {
        }
        var rows = await app.InDatabaseAsync(db => db.AuditEntries.Where(a => a.Action.StartsWith("access.")).ToListAsync());
        Assert.Equal(["access.forged", "access.unknown"], rows.Select(r => r.Action).Order());
        Assert.DoesNotContain("mk_", app.Log.Text + string.Join(' ', rows.Select(r => r.Details)));
    }

    [Fact]
    public async Task A_header_that_only_the_portal_itself_writes_is_not_taken_from_a_stranger()
    {
        await using var app = await PortalApp.StartAsync(a => a.With("Portal:PublicUrl", "https://portal.test"));
        var visitor = app.CreateDefaultClient(new Uri("http://portal.test"));
        visitor.DefaultRequestHeaders.Add("X-Original-Proto", "http");
        using var answer = await visitor.GetAsync("/mentors");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task No_answer_can_be_framed_by_others_or_given_another_base_also_where_it_brings_a_policy_of_its_own()
    {
        await using var app = await PortalApp.StartAsync();
        var scene = new Scene(app);
        var mentor = await scene.MentorAsync();
        await app.InDatabaseAsync(async db =>
        {
            db.Pictures.Add(new() { UserId = mentor.Id, Content = [1], ContentType = "image/jpeg", Version = "v" });
            await db.SaveChangesAsync();
        });
        var browser = await scene.BrowserAsync(mentor);
        foreach (var (path, frames) in new[]
        {
            ("/", "'none'"), ("/healthz", "'none'"), ("/icons.svg", "'none'"), ("/api/v1/sessions", "'none'"),
            ($"/pictures/{mentor.Id}/v", "'none'"), ("/settings/tool?handler=Mail", "'self'"),
        })
        {
            using var answer = await browser.GetAsync(path);
            var policy = string.Join(' ', answer.Headers.GetValues("Content-Security-Policy"));
            Assert.True(policy.Contains($"frame-ancestors {frames}") && policy.Contains("base-uri 'none'"), $"{path}: {policy}");
        }
    }

    [Fact]
    public void No_script_keeps_an_address_which_may_hold_a_ticket_in_the_browsers_storage()
    {
        var scripts = Directory.GetFiles(Repository.File("Portal/wwwroot/js"), "*.js");
        Assert.True(scripts.Length > 3);
        Assert.DoesNotContain(scripts, s => System.Text.RegularExpressions.Regex.IsMatch(
            File.ReadAllText(s), @"`(pressed|typed):\$\{location\.(pathname|href)\}`"));
    }

    [Theory]
    [InlineData("/icons.svg", "image/svg+xml; charset=utf-8")]
    [InlineData("/css/base.css", "text/css; charset=utf-8")]
    public async Task Every_text_says_its_encoding(string path, string type)
    {
        await using var app = await PortalApp.StartAsync();
        using var answer = await app.Visitor().GetAsync(path);
        Assert.Equal(type, answer.Content.Headers.ContentType?.ToString());
    }
}
