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
    public async Task Five_failures_close_the_door_they_were_made_at_for_a_minute_and_the_owner_is_told_once()
    {
        var user = await app.AddPersonAsync();
        for (var i = 0; i < 4; i++)
            await CheckAsync(user.Email!, "wrong horse");
        Assert.NotNull(await CheckAsync(user.Email!, Accounts.Password)); // and the count begins anew
        for (var i = 0; i < 5; i++)
            await CheckAsync(user.Email!, "wrong horse");
        var closed = await AskAsync(user.Email!, Accounts.Password, new("test"));
        Assert.Equal((null, TimeSpan.FromMinutes(1)), (closed.User, closed.Wait));
        Assert.Contains("1 minute", closed.Refusal("wrong"));
        Assert.NotNull((await AskAsync(user.Email!, Accounts.Password, new("elsewhere"))).User);
        Assert.NotNull((await AskAsync(user.Email!, Accounts.Password, new("test", "known"))).User);

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await CheckAsync(user.Email!, "wrong horse");
        Assert.Equal(TimeSpan.FromMinutes(2), (await AskAsync(user.Email!, "wrong horse", new("test"))).Wait);
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.NotNull(await CheckAsync(user.Email!, Accounts.Password));
        Assert.Single(await app.MailsToAsync(user.Email!), m => m.Model.Contains("PasswordGuessed"));
    }

    [Fact]
    public async Task An_unknown_address_waits_as_a_known_one_does()
    {
        var user = await app.AddPersonAsync();
        var nobody = $"p{Guid.NewGuid():N}@people.example";
        foreach (var email in new[] { user.Email!, nobody })
            for (var i = 0; i < 7; i++)
                await CheckAsync(email, "wrong horse");
        Assert.Equal((await AskAsync(user.Email!, "x", new("test"))).Wait, (await AskAsync(nobody, "x", new("test"))).Wait);
        Assert.Empty(await app.MailsToAsync(nobody));
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

    private Task<SignInAnswer> AskAsync(string email, string password, GuessSource from) =>
        app.InScopeAsync<SignInService, SignInAnswer>(s => s.CheckAsync(email, password, from));

    private Task<PortalUser?> CheckAsync(string email, string password) =>
        app.InScopeAsync<SignInService, PortalUser?>(s => s.CheckAsync(email, password));
}
