using System.Net.Http.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.AuditTrail;
using Portal.Data;
using Portal.Jobs;
using Portal.People.Accounts;
using Portal.People.SignIn;
using Portal.Security;
using Tests.People;
using Tests.Support;

namespace Tests.Security;

/// <summary>Whoever asks afterwards whether there was an attack finds it in the audit trail and in the log.</summary>
public sealed class SecurityTrailTests : IAsyncLifetime
{
    private const string Peer = "203.0.113.77";

    private PortalApp _app = null!;

    public async Task InitializeAsync() => _app = await PortalApp.StartAsync(a => Peers.In(a));

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Sign_ins_good_bad_and_stopped_are_there_with_their_factor_and_a_cut_network()
    {
        var user = await _app.AddPersonAsync();
        using var browser = Peers.Of(_app, Peer);
        for (var i = 0; i < GuessRules.FreeAtOneDoor + 3; i++)
            (await browser.PostAsJsonAsync("/api/v1/sign-in", new { email = user.Email, password = $"guess number {i}" })).Dispose();
        _app.Clock.Advance(TimeSpan.FromHours(1));
        (await browser.PostAsJsonAsync("/api/v1/sign-in", new { email = user.Email, password = Accounts.Password })).Dispose();
        (await browser.PostAsJsonAsync("/api/v1/sign-in", new { email = "nobody@people.example", password = "x" })).Dispose();

        var rows = await RowsAsync();
        Assert.Equal(GuessRules.FreeAtOneDoor, rows.Count(r => r.Action == SecurityTrail.Bad && r.Subject == $"person:{user.Id}"));
        Assert.Single(rows, r => r.Action == SecurityTrail.Limited); // once a minute
        Assert.Single(rows, r => r.Action == SecurityTrail.Bad && r.Subject == "-");
        Assert.Contains("program, password", Assert.Single(rows, r => r.Action == SecurityTrail.Good).Details);
        Assert.All(rows, r => Assert.Contains("203.0.113.0/24", r.Details));
        var log = _app.Log.Text;
        Assert.Contains("sign-in.bad", log);
        Assert.Contains("203.0.113.0/24", log);
        Assert.All(new[] { Peer, user.Email!, user.DisplayName, "guess number", Accounts.Password },
            secret => Assert.DoesNotContain(secret, string.Join('\n', rows.Select(r => r.Details + r.Subject + r.Action))));
        Assert.DoesNotContain(Peer, log);
        Assert.DoesNotContain(user.Email!, log);
    }

    [Fact]
    public async Task What_is_changed_about_an_account_and_what_is_refused_is_there_too()
    {
        var user = await _app.AddPersonAsync();
        using var browser = await _app.SignedInAsync(user);
        using (await _app.Visitor().SubmitAsync("/account/forgot-password", ("Email", user.Email!)))
        {
        }
        using (await Forms.PostAsync(browser, "/account/security", new() { ["NewPassword"] = "another long one", ["ProofPassword"] = Accounts.Password },
            "/account/security?handler=Password"))
        {
        }
        for (var i = 0; i < 3; i++)
            (await browser.GetAsync("/admin/people")).Dispose();
        var (key, _) = await new Scene(_app).KeyHolderAsync();
        for (var i = 0; i < 3; i++)
            (await key.GetAsync("/api/v1/account")).Dispose();

        var actions = (await RowsAsync()).Select(r => r.Action).ToList();
        Assert.Single(actions, "account.reset-asked");
        Assert.Single(actions, "account.password");
        Assert.Single(actions, SecurityTrail.KeyUsed);
        Assert.Equal(2, actions.Count(a => a == SecurityTrail.Refused)); // the person and the key, once a minute each
    }

    [Fact]
    public async Task What_a_refused_request_had_begun_to_change_is_not_saved_with_the_note_of_it()
    {
        var user = await _app.AddPersonAsync();
        await using var request = _app.Services.CreateAsyncScope();
        var db = request.ServiceProvider.GetRequiredService<PortalDbContext>();
        (await db.Users.SingleAsync(u => u.Id == user.Id)).DisplayName = "Half changed";

        await Refusals.NoteAsync(
            new DefaultHttpContext { RequestServices = request.ServiceProvider }, StatusCodes.Status403Forbidden, "/here");

        Assert.Contains(await RowsAsync(), r => r.Action == SecurityTrail.Refused && r.Details?.Contains("/here") == true);
        Assert.Equal(user.DisplayName, await _app.InDatabaseAsync(
            d => d.Users.Where(u => u.Id == user.Id).Select(u => u.DisplayName).SingleAsync()));
    }

    [Fact]
    public async Task Rows_of_sign_ins_go_before_the_rest_of_the_trail()
    {
        var user = await _app.AddPersonAsync();
        (await _app.SignedInAsync(user)).Dispose();
        await _app.InDatabaseAsync(async db =>
        {
            Audit.Note(db, _app.Clock.GetUtcNow(), null, "person.grant-role", "x");
            await db.SaveChangesAsync();
        });
        _app.Clock.Advance(TimeSpan.FromDays(181));
        await _app.InScopeAsync<Retention, int>(r => r.RunAsync(default));
        Assert.Equal(["person.grant-role"], (await RowsAsync()).Select(r => r.Action));
    }

    private Task<List<AuditEntry>> RowsAsync() =>
        _app.InDatabaseAsync(db => db.AuditEntries.AsNoTracking().OrderBy(a => a.Id).ToListAsync());
}
