using System.Net;
using Portal.People;
using Portal.People.Accounts;
using Tests.People;
using Tests.Support;

namespace Tests.Pages.Admin.People;

public sealed class PeoplePageTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task An_administrator_finds_somebody_and_makes_them_a_mentor()
    {
        var user = await app.AddPersonAsync();
        using var client = await AdminAsync();
        var page = "/admin/people?q=" + user.Email![..20];
        Assert.Contains($"data-id=\"{user.Id}\"", await client.GetStringAsync(page));
        Assert.DoesNotContain("data-id", await client.GetStringAsync("/admin/people?q=nobody-of-this-name"));

        using var answer = await client.SubmitAsync($"/admin/people/{user.Id}?handler=Role", ("role", Roles.Mentor), ("granted", "true"));
        Assert.Equal($"/admin/people/{user.Id}", answer.Headers.Location?.OriginalString);
        using var mentor = await app.SignedInAsync(user);
        using var settings = await mentor.GetAsync("/settings");
        Assert.Equal(HttpStatusCode.OK, settings.StatusCode);
    }

    [Fact]
    public async Task A_role_that_was_taken_away_ends_in_open_browsers_within_a_minute()
    {
        var user = await app.AddPersonAsync();
        await app.InScopeAsync<AdminService>(async a => await a.AddAsync(user.Email!));
        using var client = await app.SignedInAsync(user);
        await app.InScopeAsync<AdminService>(async a =>
            await a.SetRoleAsync(Accounts.Administrator, user.Id, Roles.Admin, granted: false, default));
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        using var answer = await client.GetAsync("/admin/people");
        Assert.StartsWith("/account/access-denied", answer.Headers.Location?.OriginalString);
        using var denied = await client.GetAsync(answer.Headers.Location);
        Assert.Equal(HttpStatusCode.Forbidden, denied.StatusCode);
    }

    [Fact]
    public async Task Others_do_not_come_in()
    {
        using var visitor = app.Visitor();
        using var asked = await visitor.GetAsync("/admin/people");
        Assert.StartsWith("/account/sign-in?", asked.Headers.Location?.OriginalString);
        using var client = await app.SignedInAsync(await app.AddPersonAsync());
        using var denied = await client.GetAsync("/admin/people");
        Assert.StartsWith("/account/access-denied", denied.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("king", HttpStatusCode.BadRequest)]
    [InlineData("", HttpStatusCode.BadRequest)]
    public async Task A_refusal_says_why(string role, HttpStatusCode status)
    {
        using var client = await AdminAsync();
        var person = await app.AddPersonAsync();
        using var answer = await client.SubmitAsync($"/admin/people/{person.Id}?handler=Role", ("role", role), ("granted", "true"));
        Assert.Equal(status, answer.StatusCode);
        Assert.Contains("id=\"refusal\"", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("no-id")]
    [InlineData("00000000-0000-0000-0000-000000000001")]
    public async Task Nobody_has_no_page(string person)
    {
        using var client = await AdminAsync();
        using var answer = await client.GetAsync($"/admin/people/{person}");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_search_forgives_what_no_name_holds()
    {
        using var client = await AdminAsync();
        using var answer = await client.GetAsync("/admin/people?q=%00");
        using var half = await client.GetAsync("/admin/people?q=" + new string('x', AdminService.MaxSearch - 1) + "😀");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (answer.StatusCode, half.StatusCode));
    }

    [Fact]
    public async Task A_person_s_page_says_when_they_were_seen_and_shows_their_sessions()
    {
        var people = new Scene(app);
        var scene = await people.BookedAsync();
        using var client = await AdminAsync();
        var page = await client.GetStringAsync($"/admin/people/{scene.Mentor.Id}");
        Assert.Contains(scene.Mentor.Email!, page);
        Assert.Contains($"data-id=\"session-{scene.Id}\"", page);
        Assert.Contains("Not recently", page);
        using var mentor = await people.BrowserAsync(scene.Mentor);
        Assert.DoesNotContain("Not recently", await client.GetStringAsync($"/admin/people/{scene.Mentor.Id}"));
    }

    private async Task<HttpClient> AdminAsync()
    {
        var admin = await app.AddPersonAsync();
        await app.InScopeAsync<AdminService>(async a => await a.AddAsync(admin.Email!));
        return await app.SignedInAsync(admin);
    }
}
