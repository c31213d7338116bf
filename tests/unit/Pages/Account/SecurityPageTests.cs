using System.Net;
using Localization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Jobs;
using Portal.People;
using Portal.People.SignIn;
using Tests.People;
using Tests.Support;

namespace Tests.Pages.Account;

public sealed class SecurityPageTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string Page = "/account/security";

    [Fact]
    public async Task A_new_password_signs_the_other_devices_out_and_this_one_stays()
    {
        var user = await app.AddPersonAsync();
        using var here = await app.SignedInAsync(user);
        using var there = await app.SignedInAsync(user);
        var program = await new Scene(app).ProgramOfAsync(user, Accounts.Password);
        Assert.Equal("302 /account/security",
            await PressAsync(here, "Password", ("NewPassword", "another long one"), ("ProofPassword", Accounts.Password)));
        Assert.Equal(("200", "302"), (await StatusAsync(here), await StatusAsync(there)));
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/api/v1/sessions")).StatusCode);
        app.Clock.Advance(TimeSpan.FromMinutes(2)); // when the security stamp is looked at
        Assert.Equal("200", await StatusAsync(here));
        Assert.Contains("SecurityNotice", (await app.MailsToAsync(user.Email!)).Select(m => m.Kind));
    }

    [Theory]
    [InlineData("short")]
    [InlineData("")]
    public async Task What_does_not_fit_changes_nothing(string wanted)
    {
        using var client = await app.SignedInAsync(await app.AddPersonAsync());
        using var answer = await Forms.PostAsync(
            client, Page, new() { ["NewPassword"] = wanted, ["ProofPassword"] = Accounts.Password }, Page + "?handler=Password");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("href=\"#NewPassword\"", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Guessing_the_password_of_a_lent_device_must_wait_and_is_told_apart_from_a_wrong_one()
    {
        var user = await app.AddPersonAsync();
        using var client = await app.SignedInAsync(user);
        app.Clock.Advance(RecentProof.Good);
        async Task<string> ProveAsync(string password)
        {
            using var answer = await Forms.PostAsync(client, Page,
                new() { ["ProofPassword"] = password, ["NewPassword"] = "another long one" }, Page + "?handler=Password");
            return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
        }
        for (var i = 0; i < GuessRules.FreeAtOneDoor; i++)
            Assert.Contains(ErrorText.PasswordWrong, await ProveAsync("wrong horse"));
        Assert.Contains(ErrorText.TriesUsedUp.Split('{')[0], await ProveAsync(Accounts.Password));
        // Nobody else's door is closed by it, and a minute later this one is open again.
        (await app.SignedInAsync(user)).Dispose();
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.StartsWith("302", await ProveAsync(Accounts.Password));
    }

    [Fact]
    public async Task Devices_are_listed_by_name_and_this_one_is_marked()
    {
        var user = await app.AddPersonAsync();
        using var phone = app.Visitor();
        phone.DefaultRequestHeaders.UserAgent.ParseAdd(
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/604.1");
        using (await phone.SubmitAsync("/account/sign-in", ("Email", user.Email!), ("Password", Accounts.Password)))
        {
        }
        using var here = await app.SignedInAsync(user);
        var html = await here.GetStringAsync(Page);
        Assert.Contains("Safari · iPhone", html);
        Assert.Equal(2, html.Split("data-device=").Length - 1);
        Assert.Equal(1, html.Split("chip accent").Length - 1);
    }

    [Fact]
    public async Task Ending_a_device_ends_its_next_request_and_no_other()
    {
        var user = await app.AddPersonAsync();
        using var here = await app.SignedInAsync(user);
        using var there = await app.SignedInAsync(user);
        Assert.Equal("200", await StatusAsync(there));
        var own = await HereAsync(here);
        var other = (await DevicesAsync(user)).Single(d => d.Id != own);
        Assert.Equal("302 /account/security", await PressAsync(here, "EndDevice", ("device", other.Id.ToString())));
        Assert.Equal(("302", "200"), (await StatusAsync(there), await StatusAsync(here)));
    }

    [Fact]
    public async Task Nobody_ends_the_device_of_somebody_else()
    {
        var victim = await app.AddPersonAsync();
        using var theirs = await app.SignedInAsync(victim);
        using var mine = await app.SignedInAsync(await app.AddPersonAsync());
        await PressAsync(mine, "EndDevice", ("device", (await DevicesAsync(victim)).Single().Id.ToString()));
        await PressAsync(mine, "EndDevice", ("device", "nonsense"));
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("200", await StatusAsync(theirs));
    }

    [Fact]
    public async Task Sign_out_everywhere_ends_all_browsers_and_programs()
    {
        var user = await app.AddPersonAsync();
        using var here = await app.SignedInAsync(user);
        using var there = await app.SignedInAsync(user);
        var program = await new Scene(app).ProgramOfAsync(user, Accounts.Password);
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/v1/sessions")).StatusCode);
        Assert.Equal("302 /account/sign-in", await PressAsync(here, "SignOutEverywhere"));
        Assert.Equal(("302", "302"), (await StatusAsync(here), await StatusAsync(there)));
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/api/v1/sessions")).StatusCode);
        Assert.Empty(await DevicesAsync(user));
    }

    [Fact]
    public async Task Signing_out_ends_the_device_so_that_a_copied_cookie_is_no_use()
    {
        var user = await app.AddPersonAsync();
        using var client = await app.SignedInAsync(user);
        using (await client.SubmitAsync("/account/sign-out"))
        {
        }
        Assert.Empty(await DevicesAsync(user));
    }

    [Fact]
    public async Task A_program_that_signs_in_again_is_one_device()
    {
        var user = await app.AddPersonAsync();
        var scene = new Scene(app);
        await scene.ProgramOfAsync(user, Accounts.Password);
        await scene.ProgramOfAsync(user, Accounts.Password);
        Assert.StartsWith("API", Assert.Single(await DevicesAsync(user)).Name);
    }

    [Fact]
    public async Task The_same_program_from_elsewhere_is_a_device_of_its_own()
    {
        var user = await app.AddPersonAsync();
        foreach (var network in new[] { "192.0.2.0/24", "192.0.2.0/24", "198.51.100.0/24" })
            await app.InScopeAsync<Devices, Guid>(d => d.AddProgramAsync(user.Id, "curl/8.5", network, default));
        var names = (await DevicesAsync(user)).Select(d => d.Name).ToList();
        Assert.Equal((2, 2), (names.Count, names.Distinct().Count()));
        Assert.DoesNotContain(names, n => n.Contains("192.0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_session_that_is_used_every_day_ends_after_thirty_all_the_same()
    {
        using var client = await app.SignedInAsync(await app.AddPersonAsync());
        for (var day = 1; day < 30; day++)
        {
            app.Clock.Advance(TimeSpan.FromDays(1));
            Assert.Equal((day, "200"), (day, await StatusAsync(client)));
        }
        app.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal("302", await StatusAsync(client));
    }

    [Fact]
    public async Task The_database_is_asked_once_a_minute_and_then_knows_when_the_device_was_seen()
    {
        var user = await app.AddPersonAsync();
        using var client = await app.SignedInAsync(user);
        await StatusAsync(client);
        var first = (await DevicesAsync(user)).Single().SeenUtc;
        app.Clock.Advance(TimeSpan.FromSeconds(59));
        await StatusAsync(client);
        Assert.Equal(first, (await DevicesAsync(user)).Single().SeenUtc);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await StatusAsync(client);
        Assert.Equal(first.AddMinutes(1), (await DevicesAsync(user)).Single().SeenUtc);
    }

    [Fact]
    public async Task Old_devices_are_cleaned_away()
    {
        var user = await app.AddPersonAsync();
        (await app.SignedInAsync(user)).Dispose();
        app.Clock.Advance(TimeSpan.FromDays(31));
        (await app.SignedInAsync(user)).Dispose();
        await app.InScopeAsync<IServiceProvider>(async s =>
            await ActivatorUtilities.CreateInstance<CleanUpJob>(s).Execute(null!, default));
        Assert.Equal(1, await app.InDatabaseAsync(db => db.SignedInDevices.CountAsync(d => d.UserId == user.Id)));
    }

    private static async Task<string> StatusAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("/account/profile");
        return ((int)answer.StatusCode).ToString();
    }

    private static async Task<string> PressAsync(HttpClient client, string handler, params (string Name, string Value)[] fields)
    {
        using var answer = await Forms.PostAsync(client, Page, fields.ToDictionary(f => f.Name, f => f.Value), $"{Page}?handler={handler}");
        return $"{(int)answer.StatusCode} {answer.Headers.Location}";
    }

    private async Task<Guid> HereAsync(HttpClient client)
    {
        var html = await client.GetStringAsync(Page);
        var row = html[..html.IndexOf("chip accent", StringComparison.Ordinal)];
        return Guid.Parse(row[(row.LastIndexOf("data-device=\"", StringComparison.Ordinal) + 13)..][..36]);
    }

    private Task<List<SignedInDevice>> DevicesAsync(PortalUser user) =>
        app.InScopeAsync<Devices, List<SignedInDevice>>(d => d.ListAsync(user.Id, default));
}
