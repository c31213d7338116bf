using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Portal.People;
using Portal.People.Accounts;
using Portal.People.SignIn;
using Tests.People;
using Tests.Support;

namespace Tests.Security;

/// <summary>What administrators need, and what they can do about other people's ways in.</summary>
public sealed class AdminFactorTests : IAsyncLifetime
{
    private PortalApp _app = null!;
    private Scene _scene = null!;

    public async Task InitializeAsync()
    {
        _app = await PortalApp.StartAsync(a => a.With("Accounts:AdminsNeedSecondFactor", "true"));
        _scene = new(_app);
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task An_administrator_without_a_second_factor_comes_to_the_page_that_sets_one_up_and_no_further()
    {
        var admin = await _scene.AdminAsync();
        using var browser = await _scene.BrowserAsync(admin);
        foreach (var page in new[] { "/admin", "/admin/people", "/sessions", "/account/profile", "/settings" })
            Assert.Equal("/account/security", (await browser.GetAsync(page)).Headers.Location?.OriginalString);
        Assert.Contains("id=\"must-turn-on\"", await browser.GetStringAsync("/account/security"));
        var program = await _scene.ProgramAsync(admin);
        var refused = await (await program.GetAsync("/api/v1/sessions")).ProblemAsync(403);
        Assert.Equal("secondFactorNeeded", refused.GetProperty("code").GetString());

        using (await Forms.PostAsync(browser, "/account/security", [], "/account/security?handler=TwoFactor"))
        {
        }
        await TurnOnAsync(admin, browser);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/admin/people")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await (await _scene.BrowserAsync(await _scene.PersonAsync())).GetAsync("/sessions")).StatusCode);
    }

    [Fact]
    public async Task A_role_that_was_taken_away_is_gone_from_a_token_at_once_here_and_a_token_lives_with_its_stamp()
    {
        var person = await _scene.MentorAsync();
        var program = await _scene.ProgramAsync(person);
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/v1/mentor-settings")).StatusCode);
        await _app.InScopeAsync<AdminService, RoleOutcome>(a =>
            a.SetRoleAsync(Accounts.Administrator, person.Id, Roles.Mentor, false, default));
        Assert.Equal(HttpStatusCode.Forbidden, (await program.GetAsync("/api/v1/mentor-settings")).StatusCode);

        await _app.InDatabaseAsync(db => db.Users.Where(u => u.Id == person.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.SecurityStamp, "another")));
        _app.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/api/v1/account")).StatusCode);
    }

    [Fact]
    public async Task A_locked_account_is_out_everywhere_and_comes_in_by_nothing_until_it_is_unlocked()
    {
        var person = await _scene.PersonAsync();
        using var browser = await _scene.BrowserAsync(person);
        var program = await _scene.ProgramAsync(person);
        await DoAsync(locks => locks.SetAsync(Accounts.Administrator, person.Id, true, default));
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/sessions")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/api/v1/account")).StatusCode);
        Assert.True((await TryAsync(person)).Locked);
        Assert.False(SignInService.MayEnter((await _app.FindAsync(person.Email!))!)); // a passkey is judged by this

        await DoAsync(locks => locks.SetAsync(Accounts.Administrator, person.Id, false, default));
        Assert.NotNull((await TryAsync(person)).User);
        Assert.Equal(["person.lock", "person.unlock"], await AuditedAsync(person));
    }

    [Fact]
    public async Task Nobody_but_an_administrator_locks_signs_out_or_resets_and_the_last_one_is_not_locked()
    {
        var person = await _scene.PersonAsync();
        var stranger = new Caller(Guid.NewGuid(), IsAdmin: false);
        Assert.Equal(RoleOutcome.NotAllowed, await DoAsync(l => l.SetAsync(stranger, person.Id, true, default)));
        Assert.Equal(RoleOutcome.NotAllowed, await DoAsync(l => l.SignOutEverywhereAsync(stranger, person.Id, default)));
        Assert.Equal(RoleOutcome.NotAllowed,
            await _app.InScopeAsync<SecondFactorReset, RoleOutcome>(r => r.AskAsync(stranger, person.Id, default)));
        var admin = await _scene.AdminAsync();
        Assert.Equal(RoleOutcome.LastAdmin, await DoAsync(l => l.SetAsync(Accounts.Administrator, admin.Id, true, default)));
    }

    [Fact]
    public async Task A_second_factor_is_reset_after_a_delay_unless_its_owner_keeps_it()
    {
        var person = await _scene.PersonAsync();
        using var browser = await _scene.BrowserAsync(person);
        using (await Forms.PostAsync(browser, "/account/security", [], "/account/security?handler=TwoFactor"))
        {
        }
        await TurnOnAsync(person, browser);
        await ResetAsync(person);
        Assert.Contains(await _app.MailsToAsync(person.Email!), m => m.Model.Contains("SecondFactorReset"));
        Assert.True((await TryAsync(person)).User!.TwoFactorEnabled);

        Assert.Contains("id=\"keep-two-factor\"", await browser.GetStringAsync("/account/security"));
        using (await Forms.PostAsync(browser, "/account/security", [], "/account/security?handler=KeepTwoFactor"))
        {
        }
        _app.Clock.Advance(TimeSpan.FromHours(25));
        Assert.True((await TryAsync(person)).User!.TwoFactorEnabled);

        await ResetAsync(person);
        _app.Clock.Advance(TimeSpan.FromHours(23));
        Assert.True((await TryAsync(person)).User!.TwoFactorEnabled);
        _app.Clock.Advance(TimeSpan.FromHours(1));
        Assert.False((await TryAsync(person)).User!.TwoFactorEnabled);
        Assert.Equal(["person.reset-two-factor", "person.keep-two-factor", "person.reset-two-factor"], await AuditedAsync(person));
    }

    [Fact]
    public async Task A_password_that_the_command_line_made_is_for_choosing_another_one_and_does_not_last()
    {
        var added = await _app.InScopeAsync<AdminService, AdminAdded>(a => a.AddAsync("new-admin@people.example"));
        var password = added.Message.Split('\n')[^1];
        using var browser = _app.Visitor();
        using var answer = await browser.SubmitAsync("/account/sign-in", ("Email", "new-admin@people.example"), ("Password", password));
        var choose = answer.Headers.Location!.OriginalString;
        Assert.StartsWith("/account/reset-password?code=", choose);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/account/profile")).StatusCode); // not signed in
        using var program = await _app.Visitor().PostAsJsonAsync("/api/v1/sign-in", new { email = "new-admin@people.example", password });
        Assert.Equal("passwordMustChange", (await program.ProblemAsync(403)).GetProperty("code").GetString());

        _app.Clock.Advance(AdminService.MadePasswordLife);
        using var late = await _app.Visitor().PostAsJsonAsync("/api/v1/sign-in", new { email = "new-admin@people.example", password });
        await late.ProblemAsync(401);
    }

    private Task<SignInAnswer> TryAsync(PortalUser person) =>
        _app.InScopeAsync<SignInService, SignInAnswer>(s => s.CheckAsync(person.Email!, Scene.Password, new("test")));

    private Task<RoleOutcome> DoAsync(Func<AccountLocks, Task<RoleOutcome>> run) => _app.InScopeAsync(run);

    private Task ResetAsync(PortalUser person) =>
        _app.InScopeAsync<SecondFactorReset, RoleOutcome>(r => r.AskAsync(Accounts.Administrator, person.Id, default));

    private Task<List<string>> AuditedAsync(PortalUser person) => _app.InDatabaseAsync(db =>
        db.AuditEntries.Where(a => a.Subject == $"person:{person.Id}" && a.Action.StartsWith("person.")).OrderBy(a => a.Id).Select(a => a.Action).ToListAsync());

    private async Task TurnOnAsync(PortalUser person, HttpClient browser)
    {
        var key = (await _app.InScopeAsync<TwoFactor, byte[]?>(t => t.KeyToSetUpAsync(person, default)))!;
        var code = Totp.CodeAt(key, Totp.StepAt(_app.Clock.GetUtcNow()));
        using var on = await Forms.PostAsync(browser, "/account/two-factor", new() { ["Code"] = code }, "/account/two-factor?handler=On");
        Assert.Equal(HttpStatusCode.OK, on.StatusCode);
    }
}
