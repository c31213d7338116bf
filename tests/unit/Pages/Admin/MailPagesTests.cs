using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Portal.Mail.Admin;
using Portal.Mail.Queue;
using Portal.People;
using Tests.Mail;
using Tests.Support;

namespace Tests.Pages.Admin;

public sealed class MailPagesTests : IAsyncLifetime
{
    private readonly PortalApp _app = new PortalApp().With(services =>
    {
        services.AddAuthentication("ByHeader").AddScheme<AuthenticationSchemeOptions, RoleByHeader>("ByHeader", null);
        services.PostConfigure<AuthenticationOptions>(o =>
            o.DefaultScheme = o.DefaultAuthenticateScheme = o.DefaultChallengeScheme = o.DefaultForbidScheme = "ByHeader");
        services.AddAuthorization();
    });

    private List<OutboxMessage> _mails = [];

    public async Task InitializeAsync()
    {
        await _app.InitializeAsync();
        await _app.ConfirmAsync(await _app.AddSessionAsync());
        await _app.DispatchAsync();
        _mails = await _app.OutboxAsync();
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData(Roles.Mentor, HttpStatusCode.Forbidden)]
    [InlineData(Roles.Admin, HttpStatusCode.OK)]
    public async Task Only_an_administrator_reads_mails(string? role, HttpStatusCode status)
    {
        var browser = Browser(role);
        foreach (var path in (string[])["/admin/mail", $"/admin/mail/{_mails[0].Id}", $"/admin/mail/{_mails[0].Id}?handler=Body"])
            Assert.Equal(status, (await browser.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task The_list_can_be_filtered_by_its_address_and_forgives_what_it_cannot_read()
    {
        var browser = Browser(Roles.Admin);
        var all = await browser.GetStringAsync("/admin/mail");
        Assert.All(_mails, m => Assert.Contains(m.ToAddress, all));
        Assert.DoesNotContain("murshid@", await browser.GetStringAsync("/admin/mail?q=talib&state=Sent"));
        Assert.Contains("No matching emails", await browser.GetStringAsync("/admin/mail?state=Failed"));
        Assert.Contains("No matching emails", await browser.GetStringAsync("/admin/mail?state=Attention"));
        await _app.InDatabaseAsync(async db =>
        {
            foreach (var (mail, state) in (await db.Outbox.OrderBy(m => m.Id).ToListAsync()).Zip([OutboxState.Failed, OutboxState.InDoubt]))
                mail.State = state;
            await db.SaveChangesAsync();
        });
        Assert.Contains("/admin/mail?state=Attention", await browser.GetStringAsync("/admin"));
        var listed = await browser.GetStringAsync("/admin/mail?state=Attention");
        Assert.All(_mails, m => Assert.Contains(m.ToAddress, listed));
        Assert.Contains("value=\"Attention\" selected", listed);
        foreach (var odd in (string[])["state=Nonsense", "state=99", "p=-4", "p=99999999999", $"q={new string('x', 2000)}", "q=%00%27",
            "q=" + new string('x', MailArchive.MaxSearch - 1) + "😀"])
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/admin/mail?" + odd)).StatusCode);
    }

    [Fact]
    public async Task A_mail_is_shown_without_its_readers_link_in_a_frame_that_can_do_nothing()
    {
        var mail = _mails.Single(m => m.Language == "ar");
        var link = Assert.Single(_app.Files().Select(MailFixture.TextPart).Single(t => t.Contains("مرحبًا")).Split("\r\n"), l =>
            l.Contains("/join/"));
        var browser = Browser(Roles.Admin);
        var page = await browser.GetStringAsync($"/admin/mail/{mail.Id}");
        Assert.Contains("<iframe sandbox", page);
        Assert.DoesNotContain(new Uri(link).AbsolutePath, page);

        var body = await browser.GetAsync($"/admin/mail/{mail.Id}?handler=Body");
        Assert.Equal(
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; sandbox; frame-ancestors 'self'",
            Assert.Single(body.Headers.GetValues("Content-Security-Policy")));
        var html = await body.Content.ReadAsStringAsync();
        Assert.Contains("dir=\"rtl\"", html);
        Assert.DoesNotContain(new Uri(link).AbsolutePath, html);
    }

    [Fact]
    public async Task A_mail_that_does_not_exist_is_not_found_and_one_that_cannot_be_drawn_says_why()
    {
        var browser = Browser(Roles.Admin);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/admin/mail/{Guid.NewGuid()}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/admin/mail/no-id")).StatusCode);
        await _app.InDatabaseAsync(db => db.Outbox.Where(m => m.Id == _mails[0].Id)
            .ExecuteUpdateAsync(s => s.SetProperty(m => m.Kind, "Gone")));
        Assert.Contains("There is no email of the type Gone", await browser.GetStringAsync($"/admin/mail/{_mails[0].Id}"));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/admin/mail/{_mails[0].Id}?handler=Body")).StatusCode);
    }

    [Fact]
    public async Task A_failed_mail_is_sent_again_by_the_button_on_its_page()
    {
        var browser = Browser(Roles.Admin);
        await _app.InDatabaseAsync(db => db.Outbox.Where(m => m.Id == _mails[0].Id)
            .ExecuteUpdateAsync(s => s.SetProperty(m => m.State, OutboxState.Failed)));
        var page = await browser.GetStringAsync($"/admin/mail/{_mails[0].Id}");
        var token = Regex.Match(page, "name=\"__RequestVerificationToken\"[^>]* value=\"([^\"]+)\"").Groups[1].Value;
        var answer = await browser.PostAsync($"/admin/mail/{_mails[0].Id}",
            new FormUrlEncodedContent([new("__RequestVerificationToken", token)]));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("Email queued again", await browser.GetStringAsync($"/admin/mail/{_mails[0].Id}"));
        Assert.Equal(OutboxState.Waiting, (await _app.OutboxAsync())[0].State);
    }

    [Fact]
    public async Task The_page_of_a_mail_lists_its_attempts_and_that_its_address_is_suppressed()
    {
        var browser = Browser(Roles.Admin);
        var page = await browser.GetStringAsync($"/admin/mail/{_mails[0].Id}");
        Assert.Contains("Written to the pickup folder.", page);
        Assert.Contains("Accepted", page);
        Assert.DoesNotContain("This address is suppressed", page);
        await SuppressAsync(_mails[0].ToAddress);
        Assert.Contains("This address is suppressed", await browser.GetStringAsync($"/admin/mail/{_mails[0].Id}"));
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData(Roles.Mentor, HttpStatusCode.Forbidden)]
    public async Task Only_an_administrator_sees_suppressed_addresses(string? role, HttpStatusCode status) =>
        Assert.Equal(status, (await Browser(role).GetAsync("/admin/mail/suppressed")).StatusCode);

    [Fact]
    public async Task Suppressed_addresses_are_searched_and_lifted_one_by_one()
    {
        var browser = Browser(Roles.Admin);
        Assert.Contains("No suppressed addresses", await browser.GetStringAsync("/admin/mail/suppressed"));
        await SuppressAsync("one@demo.example");
        await SuppressAsync("two@demo.example");
        var found = await browser.GetStringAsync("/admin/mail/suppressed?q=ONE%00");
        Assert.Contains("one@demo.example", found);
        Assert.DoesNotContain("two@demo.example", found);
        Assert.Contains("No matching addresses", await browser.GetStringAsync($"/admin/mail/suppressed?q={new string('x', 2000)}"));

        const string Page = "/admin/mail/suppressed";
        Assert.Equal(HttpStatusCode.Redirect,
            (await Forms.PostAsync(browser, Page, new() { ["address"] = "one@demo.example" })).StatusCode);
        Assert.Equal(["two@demo.example"], await _app.InDatabaseAsync(db => db.SuppressedAddresses.Select(a => a.Address).ToListAsync()));
        foreach (var odd in (string[])["one@demo.example", "", "'; --", "%"])
            Assert.Equal(HttpStatusCode.NotFound, (await Forms.PostAsync(browser, Page, new() { ["address"] = odd })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await Forms.PostAsync(browser, Page, new() { ["address"] = "\0" })).StatusCode);
        Assert.Single(await _app.InDatabaseAsync(db => db.AuditEntries.Where(a => a.Action == "mail.lift-suppression").ToListAsync()));
    }

    private Task SuppressAsync(string address) => _app.InDatabaseAsync(db =>
    {
        db.SuppressedAddresses.Add(new()
        {
            Address = address,
            SinceUtc = _app.Clock.GetUtcNow(),
            MailId = _mails[0].Id,
            Reason = "Recipient, 550 5.1.1: no such user"
        });
        return db.SaveChangesAsync();
    });

    private HttpClient Browser(string? role)
    {
        var browser = _app.Visitor();
        if (role is not null)
            browser.DefaultRequestHeaders.Add("X-Test-Role", role);
        return browser;
    }

    /// <summary>Somebody of the role that the test's browser says.</summary>
    private sealed class RoleByHeader(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
            Request.Headers["X-Test-Role"].ToString() is { Length: > 0 } role
                ? AuthenticateResult.Success(new(new(new ClaimsIdentity([new Claim(ClaimTypes.Role, role)], Scheme.Name)), Scheme.Name))
                : AuthenticateResult.NoResult());
    }
}
