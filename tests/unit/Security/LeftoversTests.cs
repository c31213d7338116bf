using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Calendar;
using Portal.People.Accounts;
using Portal.People.SignIn;
using Portal.Tickets;
using Tests.People;
using Tests.Support;

namespace Tests.Security;

/// <summary>What was handed out ends when it should, whatever the clock did meanwhile, and leaves nothing behind.</summary>
public sealed class LeftoversTests(PortalApp app) : IClassFixture<PortalApp>
{
    private readonly Scene _scene = new(app);

    private void SetBack()
    {
        app.Clock.Advance(-TimeSpan.FromHours(1));
        app.Clock.Advance(TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task A_device_that_ended_elsewhere_is_out_within_the_minute_also_when_the_clock_is_set_back()
    {
        var person = await app.AddPersonAsync();
        var program = await _scene.ProgramOfAsync(person, Accounts.Password);
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/v1/account")).StatusCode);
        await app.InDatabaseAsync(db => db.SignedInDevices.Where(d => d.UserId == person.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.EndedUtc, app.Clock.GetUtcNow())));
        SetBack();
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/api/v1/account")).StatusCode);
    }

    [Fact]
    public async Task A_role_that_was_taken_away_elsewhere_is_gone_from_an_open_browser_also_when_the_clock_is_set_back()
    {
        var mentor = await _scene.MentorAsync();
        var browser = await _scene.BrowserAsync(mentor);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/settings")).StatusCode);
        await app.InDatabaseAsync(db => db.UserRoles.Where(r => r.UserId == mentor.Id).ExecuteDeleteAsync());
        SetBack();
        Assert.NotEqual(HttpStatusCode.OK, (await browser.GetAsync("/settings")).StatusCode);
    }

    [Fact]
    public async Task A_proof_is_good_for_its_minutes_also_when_the_clock_is_set_back()
    {
        var person = await app.AddPersonAsync();
        using var browser = await app.SignedInAsync(person);
        SetBack();
        app.Clock.Advance(RecentProof.Good);
        using var asked = await Forms.PostAsync(browser, "/account/calendar", []);
        Assert.Equal(HttpStatusCode.Unauthorized, asked.StatusCode);
    }

    [Fact]
    public async Task A_link_signed_by_another_portals_new_key_opens_also_when_the_clock_is_set_back()
    {
        var session = await _scene.BookedAsync();
        var visitor = app.Visitor();
        (await visitor.GetAsync(await _scene.LinkAsync(session.MenteePart))).EnsureSuccessStatusCode().Dispose();
        var other = ActivatorUtilities.CreateInstance<TicketKeys>(app.Services);
        await app.InDatabaseAsync(async db =>
        {
            await other.AddNextAsync(db, default);
            await db.SaveChangesAsync();
        });
        SetBack();
        var (id, key) = await other.CurrentAsync(default);
        var version = await app.InDatabaseAsync(db =>
            db.Participants.Where(p => p.Id == session.MenteePart).Select(p => p.LinkVersion).SingleAsync());
        using var answer = await visitor.GetAsync("/join/" + new JoinTicket(id, session.MenteePart, version).Write(key));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_locked_account_is_read_and_entered_by_none_of_its_links()
    {
        var session = await _scene.BookedAsync();
        var feed = await app.InScopeAsync<CalendarFeed, string>(f => Task.FromResult(f.AddressOf(session.Mentee).PathAndQuery));
        var link = await _scene.LinkAsync(session.MenteePart);
        var visitor = app.Visitor();
        (await visitor.GetAsync(feed)).EnsureSuccessStatusCode().Dispose();
        (await visitor.GetAsync(link)).EnsureSuccessStatusCode().Dispose();
        await app.InScopeAsync<AccountLocks>(locks => locks.SetAsync(Accounts.Administrator, session.Mentee.Id, locked: true, default));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Gone),
            ((await visitor.GetAsync(feed)).StatusCode, (await visitor.GetAsync(link)).StatusCode));
        await app.InScopeAsync<AccountLocks>(locks => locks.SetAsync(Accounts.Administrator, session.Mentee.Id, locked: false, default));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK),
            ((await visitor.GetAsync(feed)).StatusCode, (await visitor.GetAsync(link)).StatusCode));
    }

    [Fact]
    public async Task A_browser_keeps_nothing_of_who_has_signed_out()
    {
        var browser = await _scene.BrowserAsync(await _scene.MentorAsync());
        foreach (var path in new[] { "/sessions", "/settings/tool?handler=Mail", "/account/profile", "/mentors" })
            using (var answer = await browser.GetAsync(path))
                Assert.True(answer.Headers.CacheControl?.NoStore, $"{path}: {answer.Headers.CacheControl}");
        using var left = await Forms.PostAsync(browser, "/account/sign-out", []);
        Assert.Contains("\"cache\"", Assert.Single(left.Headers.GetValues("Clear-Site-Data")));
    }

    [Fact]
    public async Task A_key_for_an_app_is_shown_to_nobody_who_has_not_just_shown_who_they_are()
    {
        using var browser = await app.SignedInAsync(await app.AddPersonAsync());
        using (var begun = await Forms.PostAsync(browser, "/account/security", [], "/account/security?handler=TwoFactor"))
            Assert.Equal("/account/two-factor", begun.Headers.Location?.OriginalString, ignoreCase: true);
        (await browser.GetAsync("/account/two-factor")).EnsureSuccessStatusCode().Dispose();
        app.Clock.Advance(RecentProof.Good);
        using var later = await browser.GetAsync("/account/two-factor");
        Assert.Equal(HttpStatusCode.Redirect, later.StatusCode);
    }

    [Fact]
    public async Task Another_password_needs_the_present_one_however_fresh_the_sign_in()
    {
        var person = await app.AddPersonAsync();
        using var browser = await app.SignedInAsync(person);
        using (var asked = await Forms.PostAsync(browser, "/account/security", new() { ["NewPassword"] = "another long one" },
            "/account/security?handler=Password"))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, asked.StatusCode);
            Assert.DoesNotContain("data-passkey", await asked.Content.ReadAsStringAsync());
        }
        var program = await _scene.ProgramOfAsync(person, Accounts.Password);
        using (var proven = await program.PostAsJsonAsync("/api/v1/account/proof", new { password = Accounts.Password }))
            Assert.Equal(HttpStatusCode.NoContent, proven.StatusCode);
        using (var refused = await program.PostAsJsonAsync("/api/v1/account/password", new { newPassword = "another long one" }))
            await refused.ProblemAsync(401);
        Assert.Equal(person.PasswordHash, (await app.FindAsync(person.Email!))!.PasswordHash);
        Assert.Contains("name=\"ProofPassword\"", await browser.GetStringAsync("/account/security"));
        using (var done = await Forms.PostAsync(browser, "/account/security",
            new() { ["NewPassword"] = "another long one", ["ProofPassword"] = Accounts.Password }, "/account/security?handler=Password"))
            Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
    }
}
