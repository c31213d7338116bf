using Portal.People;
using Portal.People.SignIn;
using Tests.Support;

namespace Tests.People;

public sealed class SignInServiceTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task The_right_password_answers_with_who_it_is()
    {
        var user = await app.AddPersonAsync(language: "ar");
        var person = await CheckAsync($" {user.Email!.ToUpperInvariant()} ", Accounts.Password);
        Assert.NotNull(person);
        Assert.Equal(user.Id, person.Id);
    }

    [Fact]
    public async Task Wrong_unknown_and_unconfirmed_are_one_answer()
    {
        var user = await app.AddPersonAsync();
        var unconfirmed = await app.AddPersonAsync(confirmed: false);
        Assert.Null(await CheckAsync(user.Email!, "wrong horse"));
        Assert.Null(await CheckAsync("nobody@people.example", Accounts.Password));
        Assert.Null(await CheckAsync(unconfirmed.Email!, Accounts.Password));
        Assert.Null(await CheckAsync("no\0address", Accounts.Password));
        Assert.Null(await CheckAsync("", ""));
    }

    [Fact]
    public async Task Five_failures_lock_for_ten_minutes()
    {
        var user = await app.AddPersonAsync();
        for (var i = 0; i < 4; i++)
            await CheckAsync(user.Email!, "wrong horse");
        Assert.NotNull(await CheckAsync(user.Email!, Accounts.Password)); // and the count begins anew
        for (var i = 0; i < 5; i++)
            await CheckAsync(user.Email!, "wrong horse");
        Assert.Null(await CheckAsync(user.Email!, Accounts.Password));

        app.Clock.Advance(TimeSpan.FromMinutes(9));
        Assert.Null(await CheckAsync(user.Email!, Accounts.Password));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.NotNull(await CheckAsync(user.Email!, Accounts.Password));
    }

    [Fact]
    public async Task Guesses_that_come_at_once_are_all_counted()
    {
        var user = await app.AddPersonAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => CheckAsync(user.Email!, $"wrong horse {i}")));
        Assert.Null(await CheckAsync(user.Email!, Accounts.Password));
    }

    [Fact]
    public async Task People_who_sign_in_at_once_on_many_devices_all_come_in()
    {
        var user = await app.AddPersonAsync();
        var people = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => CheckAsync(user.Email!, Accounts.Password)));
        Assert.All(people, Assert.NotNull);
    }

    private Task<PortalUser?> CheckAsync(string email, string password) =>
        app.InScopeAsync<SignInService, PortalUser?>(s => s.CheckAsync(email, password));
}
