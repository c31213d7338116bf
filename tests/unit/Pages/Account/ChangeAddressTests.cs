using System.Net;
using Portal.People.Mails;
using Portal.People.SignIn;
using Tests.People;
using Tests.Support;

namespace Tests.Pages.Account;

public sealed class ChangeAddressTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task The_new_address_counts_once_its_reader_has_pressed_the_button()
    {
        var user = await app.AddPersonAsync();
        using var client = await app.SignedInAsync(user);
        var email = NewAddress();
        Assert.Equal("Found /account/profile", await AskAsync(client, email));
        var link = await Confirmation.LinkAsync<ConfirmNewAddress>(app, email);
        using var visitor = app.Visitor();
        Assert.Contains(email, await visitor.GetStringAsync(link));
        Assert.NotNull(await app.FindAsync(user.Email!));

        using var answer = await visitor.SubmitAsync(link);
        Assert.Equal("/account/sign-in", answer.Headers.Location?.OriginalString);
        Assert.Null(await app.FindAsync(user.Email!));
        Assert.Equal(user.Id, (await app.FindAsync(email))!.Id);
        Assert.Equal("SecurityNotice", Assert.Single(await app.MailsToAsync(user.Email!)).Kind);
        Assert.True(await app.InScopeAsync<SignInService, bool>(async s => await s.CheckAsync(email, Accounts.Password) is not null));

        Assert.Equal(HttpStatusCode.Gone, (await visitor.GetAsync(link)).StatusCode); // once
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/account/profile")).StatusCode); // and nobody was thrown out
    }

    [Fact]
    public async Task Whoever_confirms_where_they_are_signed_in_goes_on_with_the_new_address()
    {
        using var client = await app.SignedInAsync(await app.AddPersonAsync());
        var email = NewAddress();
        await AskAsync(client, email);
        using var answer = await client.SubmitAsync(await Confirmation.LinkAsync<ConfirmNewAddress>(app, email));
        Assert.Equal("/account/profile", answer.Headers.Location?.OriginalString);
        Assert.Equal(2, (await client.GetStringAsync("/account/profile")).Split(email).Length - 1); // page and menu
    }

    [Fact]
    public async Task An_address_that_is_taken_gets_the_same_answer_and_only_its_owner_is_told()
    {
        var owner = await app.AddPersonAsync();
        using var client = await app.SignedInAsync(await app.AddPersonAsync());
        Assert.Equal(await AskAsync(client, NewAddress()), await AskAsync(client, owner.Email!.ToUpperInvariant()));
        Assert.Equal("AddressTaken", Assert.Single(await app.MailsToAsync(owner.Email!)).Kind);
    }

    [Fact]
    public async Task An_address_that_somebody_took_meanwhile_is_not_taken_from_them()
    {
        var user = await app.AddPersonAsync();
        using var client = await app.SignedInAsync(user);
        var email = NewAddress();
        await AskAsync(client, email);
        var link = await Confirmation.LinkAsync<ConfirmNewAddress>(app, email);
        await app.InDatabaseAsync(async db =>
        {
            db.Users.Add(new()
            {
                Email = email,
                NormalizedEmail = email.ToUpperInvariant(),
                UserName = email,
                NormalizedUserName = email.ToUpperInvariant(),
                EmailConfirmed = true
            });
            await db.SaveChangesAsync();
        });
        using var answer = await client.SubmitAsync(link);
        Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
        Assert.NotNull(await app.FindAsync(user.Email!));
    }

    [Fact]
    public async Task Somebody_who_signed_up_with_it_and_never_confirmed_does_not_keep_the_owner_from_it()
    {
        var squatter = await app.AddPersonAsync(confirmed: false);
        var user = await app.AddPersonAsync();
        using var client = await app.SignedInAsync(user);
        await AskAsync(client, squatter.Email!);
        using var answer = await client.SubmitAsync(await Confirmation.LinkAsync<ConfirmNewAddress>(app, squatter.Email!));
        Assert.Equal(user.Id, (await app.FindAsync(squatter.Email!))!.Id);
    }

    [Fact]
    public async Task It_takes_the_password_a_real_address_and_another_one()
    {
        var user = await app.AddPersonAsync();
        using var client = await app.SignedInAsync(user);
        Assert.StartsWith("BadRequest", await AskAsync(client, NewAddress(), "wrong horse"));
        Assert.StartsWith("BadRequest", await AskAsync(client, "nowhere"));
        Assert.StartsWith("BadRequest", await AskAsync(client, user.Email!));
        Assert.StartsWith("BadRequest", await AskAsync(client, "x\0@people.example"));
    }

    [Fact]
    public async Task A_changed_address_makes_older_links_dead()
    {
        var user = await app.AddPersonAsync();
        using var client = await app.SignedInAsync(user);
        var (first, second) = (NewAddress(), NewAddress());
        await AskAsync(client, first);
        await AskAsync(client, second);
        var (one, two) = (await Confirmation.LinkAsync<ConfirmNewAddress>(app, first),
            await Confirmation.LinkAsync<ConfirmNewAddress>(app, second));
        using (var answer = await client.SubmitAsync(two))
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(HttpStatusCode.Gone, (await client.GetAsync(one)).StatusCode);
    }

    [Fact]
    public async Task The_link_is_good_for_a_day()
    {
        using var client = await app.SignedInAsync(await app.AddPersonAsync());
        var email = NewAddress();
        await AskAsync(client, email);
        var link = await Confirmation.LinkAsync<ConfirmNewAddress>(app, email);
        app.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(HttpStatusCode.Gone, (await app.Visitor().GetAsync(link)).StatusCode);
    }

    private static string NewAddress() => $"n{Guid.NewGuid():N}@people.example";

    private static async Task<string> AskAsync(HttpClient client, string email, string password = Accounts.Password)
    {
        using var answer = await client.SubmitAsync("/account/change-address", ("Email", email), ("ProofPassword", password));
        return $"{answer.StatusCode} {answer.Headers.Location}";
    }
}
