using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Portal.Demo;
using Portal.People;
using Tests.Support;

namespace Tests.Demo;

/// <summary>The tests run outside of Development: what Development left behind is no way in.</summary>
public sealed class DemoEndTests(PortalApp app) : IClassFixture<PortalApp>
{
    private Task<bool> MakeAsync() => app.InScopeAsync<DemoData, bool>(d => d.EnsureAsync());

    private Task EndAsync() => app.InScopeAsync<DemoEnd>(d => d.EndAsync(default));

    private static async Task<HttpStatusCode> SignInAsync(HttpClient browser, string email)
    {
        using var answer = await Forms.PostAsync(browser, "/account/sign-in", new() { ["Email"] = email, ["Password"] = DemoData.Password });
        return answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> TokenAsync(HttpClient program, string email) =>
        await program.PostAsJsonAsync("/api/v1/sign-in", new { email, password = DemoData.Password });

    [Fact]
    public async Task The_demo_people_get_in_by_no_way_and_development_can_make_them_again()
    {
        Assert.True(await MakeAsync());
        var admin = DemoData.People[0];
        var browser = app.Visitor();
        Assert.Equal(HttpStatusCode.Redirect, await SignInAsync(browser, admin.Email));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/admin/people")).StatusCode);
        using var signedIn = await TokenAsync(app.Visitor(), admin.Email);
        var token = (await signedIn.JsonAsync(HttpStatusCode.OK)).GetProperty("accessToken").GetString();
        await ChangeAddressAsync(DemoData.People[3].Id, "somebody@people.example");
        await PasskeyAsync(admin.Id);

        await EndAsync();

        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/admin/people")).StatusCode);
        var program = app.Visitor();
        program.DefaultRequestHeaders.Authorization = new("Bearer", token);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/api/v1/account")).StatusCode);
        foreach (var email in DemoData.People.Select(p => p.Email).Append("somebody@people.example"))
        {
            Assert.NotEqual(HttpStatusCode.Redirect, await SignInAsync(app.Visitor(), email));
            using var refused = await TokenAsync(app.Visitor(), email);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }
        Assert.Equal(0, await app.InDatabaseAsync(db => db.UserPasskeys.CountAsync()));
        Assert.Equal(0, await app.InDatabaseAsync(db => db.UserRoles.CountAsync()));
        Assert.Contains("5 demo accounts", app.Log.Text);

        Assert.True(await MakeAsync());
        Assert.Equal(HttpStatusCode.Redirect, await SignInAsync(app.Visitor(), admin.Email));
        await EndAsync();
    }

    [Fact]
    public async Task Among_people_of_its_own_a_database_gets_no_demo_people()
    {
        await using var own = await PortalApp.StartAsync();
        await new Scene(own).PersonAsync();
        Assert.False(await own.InScopeAsync<DemoData, bool>(d => d.EnsureAsync()));
        Assert.Equal(1, await own.InDatabaseAsync(db => db.Users.CountAsync()));
    }

    private Task ChangeAddressAsync(Guid id, string email) => app.InScopeAsync<UserManager<PortalUser>>(async users =>
    {
        var user = (await users.FindByIdAsync($"{id}"))!;
        (user.Email, user.UserName) = (email, email);
        Assert.True((await users.UpdateAsync(user)).Succeeded);
    });

    private Task PasskeyAsync(Guid id) => app.InScopeAsync<UserManager<PortalUser>>(async users =>
        Assert.True((await users.AddOrUpdatePasskeyAsync((await users.FindByIdAsync($"{id}"))!,
            new([1, 2, 3], [4], app.Clock.GetUtcNow(), 0, [], true, false, false, [], []))).Succeeded));
}
