using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.AuditTrail;
using Portal.Mail.Queue;
using Portal.People;
using Portal.ProviderHost;
using Portal.Security;
using Tests.Support;
using Tests.Tools;

namespace Tests.Pages.Admin.Trail;

/// <summary>Every form and request of the admin area that changes something leaves a row, with before and after.</summary>
public sealed class AuditedFormsTests : IAsyncLifetime
{
    /// <summary>Why there is nothing to be audited.</summary>
    private static readonly Dictionary<string, string> Exceptions = new()
    {
        ["/admin/tools/{tool}/{id:guid} Check"] = "a test of the connection changes nothing and keeps nothing",
        ["POST /api/v1/admin/tools/{tool}/accounts/{account:guid}/settings/check"] = "likewise",
    };

    private readonly Dictionary<string, (string Kind, Func<Task<HttpResponseMessage>> Do)> _cases;
    private PortalApp _app = null!;
    private Scene _scene = null!;
    private HttpClient _admin = null!;
    private PortalUser _person = null!;
    private PortalUser _mentor = null!;
    private List<OutboxMessage> _mails = null!;
    private ProviderAccount _account = null!;

    public AuditedFormsTests() => _cases = Cases();

    public async Task InitializeAsync()
    {
        _app = await PortalApp.StartAsync(a => TokenPageTests.WithServer(a).WithJobs()
            .With("Plugins:Folders:0", Path.Combine(AppContext.BaseDirectory, "sample-providers")).With("Providers:sample:Level", "3"));
        _scene = new(_app);
        _admin = await _scene.BrowserAsync(await _scene.AdminAsync());
        _person = await _scene.PersonAsync();
        _mentor = await _scene.MentorAsync(profile: m => m.ProviderId = ToolBench.Tool);
        var session = await _scene.BookedAsync(_mentor);
        _mails = await _scene.MailsAsync(session.Id);
        await _app.InDatabaseAsync(async db =>
        {
            (await db.Users.SingleAsync(u => u.Id == _person.Id)).TwoFactorEnabled = true;
            db.SuppressedAddresses.Add(new() { Address = "gone@people.example", SinceUtc = _app.Clock.GetUtcNow(), Reason = "550" });
            await db.SaveChangesAsync();
        });
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Every_form_of_administrators_leaves_a_row_in_the_trail()
    {
        var all = (await FormsAsync()).Concat(Requests()).ToList();
        Assert.True(all.Count > 20, $"Only {all.Count} were found.");
        Assert.Empty(all.Except(_cases.Keys).Except(Exceptions.Keys));
        Assert.Empty(_cases.Keys.Concat(Exceptions.Keys).Except(all));
        var silent = new List<string>();
        foreach (var (form, (kind, run)) in _cases)
        {
            var before = await CountAsync(kind);
            using var answer = await run();
            if (await CountAsync(kind) != before + 1)
                silent.Add($"{form}: {(int)answer.StatusCode} {answer.Headers.Location}");
        }
        Assert.True(silent.Count == 0, string.Join('\n', silent));
        foreach (var kind in new[] { "person.grant-role", "person.lock", "person.reset-two-factor", "mail.send-again", "mail.try-now",
            "mail.lift-suppression", "tool.add", "tool.rename", "tool.make-default", "tool.turn-off", "tool.settings", "tool.policy",
            "tool.delete" })
            Assert.NotEmpty(AuditChanges.Read(await _app.InDatabaseAsync(db => db.AuditEntries.Where(a => a.Action == kind)
                .OrderBy(a => a.AtUtc).Select(a => a.Details).FirstAsync()))!.Changes);
    }

    private Dictionary<string, (string Kind, Func<Task<HttpResponseMessage>> Do)> Cases()
    {
        string Of(PortalUser person) => $"/admin/people/{person.Id}";
        string Account() => $"/admin/tools/{ToolBench.Tool}/{_account.Id}";
        return new()
        {
            ["/admin/people/{id:guid} Role"] = ("person.grant-role", () => PostAsync(Of(_person) + "?handler=Role", ("role", Roles.Mentor), ("granted", "true"))),
            ["/admin/people/{id:guid} Guardian"] = ("guardian.begin", () => PostAsync(Of(_person) + "?handler=Guardian", ("guardianEmail", _mentor.Email!))),
            ["/admin/people/{id:guid} EndGuardian"] = ("guardian.end", async () => await PostAsync(Of(_person) + "?handler=EndGuardian",
                ("guardianship", $"{await _app.InDatabaseAsync(db => db.Guardianships.Select(g => g.Id).SingleAsync())}"))),
            ["/admin/people/{id:guid} SignOut"] = ("person.sign-out-everywhere", () => PostAsync(Of(_person) + "?handler=SignOut")),
            ["/admin/people/{id:guid} ResetTwoFactor"] = ("person.reset-two-factor", () => PostAsync(Of(_person) + "?handler=ResetTwoFactor")),
            ["/admin/people/{id:guid} Lock"] = ("person.lock", () => PostAsync(Of(_person) + "?handler=Lock", ("locked", "true"))),
            ["/admin/trouble "] = ("session.answer-trouble", ReportAsync),
            ["/admin/jobs/{key} "] = ("job.run", () => PostAsync("/admin/jobs/clean-up")),
            ["/admin/mail/{id:guid} "] = ("mail.send-again", () => MailAsync(_mails[0], "", OutboxState.Failed, 5)),
            ["/admin/mail/{id:guid} TryNow"] = ("mail.try-now", () => MailAsync(_mails[1], "?handler=TryNow", OutboxState.Waiting, 1)),
            ["/admin/mail/suppressed "] = ("mail.lift-suppression", () => PostAsync("/admin/mail/suppressed", ("address", "gone@people.example"))),
            ["/admin/mail/test "] = ("mail.test", () => PostAsync("/admin/mail/test")),
            ["/admin/mail/gallery/{kind}/{language} "] = ("mail.send-sample", () => PostAsync("/admin/mail/gallery/SessionMoved/en")),
            ["/admin/tools/{tool} "] = ("tool.add", AddAsync),
            ["/admin/tools/{tool}/{id:guid} "] = ("tool.settings", async () => await PostAsync(Account(), ("Input.Version", $"{await VersionAsync()}"), ("Input.Values[Server]", "new"))),
            ["/admin/tools/{tool}/{id:guid} Rename"] = ("tool.rename", () => PostAsync(Account() + "?handler=Rename", ("name", "Renamed"))),
            ["/admin/tools/{tool}/{id:guid} Give"] = ("tool.give", () => PostAsync(Account() + "?handler=Give", ("email", _mentor.Email!))),
            ["/admin/tools/{tool}/{id:guid} TakeBack"] = ("tool.take-back", () => PostAsync(Account() + "?handler=TakeBack", ("mentorId", $"{_mentor.Id}"))),
            ["/admin/tools/{tool}/{id:guid} Switch"] = ("tool.turn-off", () => PostAsync(Account() + "?handler=Switch", ("on", "false"))),
            ["/admin/tools/{tool}/{id:guid} Delete"] = ("tool.delete", () => PostAsync(Account() + "?handler=Delete")),
            ["/admin/tools/{tool}/{id:guid} MakeDefault"] = ("tool.make-default", async () =>
            {
                using (await AddAsync()) { }
                return await PostAsync(Account() + "?handler=MakeDefault");
            }
            ),
            ["PUT /api/v1/admin/tools/{tool}/accounts/{account:guid}/settings"] = ("tool.settings", ByProgramAsync),
            ["/admin/tools/token Mint"] = ("token.mint", () => PostAsync("/admin/tools/token?handler=Mint", ("Mint.Room", "quiet-river"), ("Mint.Minutes", "60"), ("Mint.Role", "Mentor"))),
            ["/admin/tools/token Check"] = ("token.check", () => PostAsync("/admin/tools/token?handler=Check", ("Check.Token", "a.b.c"))),
            ["/admin/tool-policy "] = ("tool.policy", () => PostAsync("/admin/tool-policy", ("Input.Allowed", "jitsi"), ("Input.Version", ""))),
            ["/admin/tool-policy Move"] = ("tool.move-sessions", () => PostAsync("/admin/tool-policy?handler=Move", ("tool", ToolBench.Tool))),
            ["/admin/audit Export"] = (AuditKinds.Export, () => PostAsync("/admin/audit?handler=Export")),
        };
    }

    /// <summary>Of all pages of the admin area, by the table of routes.</summary>
    private async Task<List<string>> FormsAsync()
    {
        var loader = _app.Services.GetRequiredService<PageLoader>();
        var found = new List<string>();
        foreach (var endpoint in _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
            if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page
                && page.ViewEnginePath.StartsWith("/Admin/", StringComparison.Ordinal))
                found.AddRange((await loader.LoadAsync(page, endpoint.Metadata)).HandlerMethods.Where(h => h.HttpMethod is "Post" or "Put" or "Patch" or "Delete")
                    .Select(h => $"/{endpoint.RoutePattern.RawText!.TrimStart('/')} {h.Name}"));
        return [.. found.Distinct()];
    }

    private IEnumerable<string> Requests() =>
        from endpoint in _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let route = "/" + endpoint.RoutePattern.RawText!.TrimStart('/')
        where route.StartsWith(ApiKey.AdminPath, StringComparison.Ordinal)
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
        where method != "GET"
        select $"{method} {route}";

    private Task<int> CountAsync(string kind) => _app.InDatabaseAsync(db => db.AuditEntries.CountAsync(a => a.Action == kind));

    private Task<HttpResponseMessage> PostAsync(string to, params (string Name, string Value)[] fields) =>
        Forms.PostAsync(_admin, "/account/profile", fields.ToDictionary(f => f.Name, f => f.Value), to);

    private async Task<HttpResponseMessage> ReportAsync()
    {
        var session = await _scene.BookedAsync();
        using (await (await _scene.ProgramAsync(session.Mentee)).PostAsJsonAsync($"/api/v1/sessions/{session.Id}/trouble", new { })) { }
        var report = await _app.InDatabaseAsync(db => db.TroubleReports.Select(r => r.Id).SingleAsync());
        return await PostAsync("/admin/trouble", ("report", $"{report}"), ("answer", "Load the page again."));
    }

    /// <summary>A mail for each form: one that was queued again is on its way.</summary>
    private async Task<HttpResponseMessage> MailAsync(OutboxMessage mail, string handler, OutboxState state, int attempts)
    {
        var later = _app.Clock.GetUtcNow().AddDays(1);
        await _app.InDatabaseAsync(db => db.Outbox.Where(m => m.Id == mail.Id).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.State, state).SetProperty(m => m.Attempts, attempts).SetProperty(m => m.DueUtc, later)
            .SetProperty(m => m.ClaimedUntilUtc, (DateTimeOffset?)null)));
        return await PostAsync($"/admin/mail/{mail.Id}{handler}");
    }

    private async Task<HttpResponseMessage> AddAsync()
    {
        var name = $"account {Guid.NewGuid():N}";
        var answer = await PostAsync($"/admin/tools/{ToolBench.Tool}", ("name", name));
        _account = await _app.InDatabaseAsync(db => db.ProviderAccounts.AsNoTracking().SingleAsync(a => a.Name == name));
        return answer;
    }

    private Task<Guid> VersionAsync() =>
        _app.InDatabaseAsync(db => db.ProviderAccounts.Where(a => a.Id == _account.Id).Select(a => a.Version).SingleAsync());

    private async Task<HttpResponseMessage> ByProgramAsync()
    {
        var (stored, key) = ApiKeyAuthentication.Make("tools", _app.Clock.GetUtcNow(), ApiKeyScope.Admin);
        await _app.InDatabaseAsync(async db =>
        {
            db.ApiKeys.Add(stored);
            await db.SaveChangesAsync();
        });
        using var program = _app.Visitor();
        program.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return await program.PutAsJsonAsync($"/api/v1/admin/tools/{ToolBench.Tool}/accounts/{_account.Id}/settings",
            new { version = await VersionAsync(), values = new { Server = "by-program" } });
    }
}
