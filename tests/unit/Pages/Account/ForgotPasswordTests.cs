using System.Net;
using Portal.Mail.Rendering;
using Portal.People;
using Portal.People.Accounts;
using Portal.People.Mails;
using Portal.People.SignIn;
using Tests.People;
using Tests.Support;

namespace Tests.Pages.Account;

public sealed class ForgotPasswordTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string NewPassword = "another long one";

    [Fact]
    public async Task Known_unknown_and_unconfirmed_addresses_get_the_same_answer()
    {
        var known = await app.AddPersonAsync();
        var unconfirmed = await app.AddPersonAsync(confirmed: false);
        var answers = new List<string>();
        foreach (var email in new[] { known.Email!, known.Email!, unconfirmed.Email!, "nobody@people.example" })
            answers.Add(await AskAsync(email));
        Assert.Equal("Found /account/check-mail?for=password", Assert.Single(answers.Distinct()));
        Assert.Equal("ResetPassword", Assert.Single(await app.MailsToAsync(known.Email!)).Kind);
        Assert.Equal("ConfirmAddress", Assert.Single(await app.MailsToAsync(unconfirmed.Email!)).Kind);
        Assert.Equal("BadRequest ", await AskAsync("no address"));
    }

    [Fact]
    public async Task The_link_sets_a_password_once_and_ends_what_was_signed_in()
    {
        var user = await app.AddPersonAsync();
        using var elsewhere = await app.SignedInAsync(user);
        var link = await LinkAsync(user);
        using var visitor = app.Visitor();
        using (var opened = await visitor.GetAsync(link))
            Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        Assert.True(await CanSignInAsync(user, Accounts.Password)); // a scanner has looked

        using (var answer = await visitor.SubmitAsync(link, ("NewPassword", NewPassword)))
            Assert.Equal("/account/sign-in", answer.Headers.Location?.OriginalString);
        Assert.Equal((false, true), (await CanSignInAsync(user, Accounts.Password), await CanSignInAsync(user, NewPassword)));
        using (var left = await elsewhere.GetAsync("/account/profile"))
            Assert.Equal(HttpStatusCode.Redirect, left.StatusCode);
        Assert.Contains("SecurityNotice", (await app.MailsToAsync(user.Email!)).Select(m => m.Kind));

        using (var again = await visitor.GetAsync(link))
            Assert.Equal(HttpStatusCode.Gone, again.StatusCode);
        using (var replayed = await ReplayAsync(visitor, link, "a third password"))
            Assert.Equal(HttpStatusCode.Gone, replayed.StatusCode);
        Assert.True(await CanSignInAsync(user, NewPassword));
    }

    [Fact]
    public async Task The_link_is_good_for_an_hour()
    {
        var user = await app.AddPersonAsync();
        var link = await LinkAsync(user);
        using var visitor = app.Visitor();
        app.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(link)).StatusCode);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Gone, (await visitor.GetAsync(link)).StatusCode);
        using var late = await ReplayAsync(visitor, link, NewPassword);
        Assert.Equal((HttpStatusCode.Gone, true), (late.StatusCode, await CanSignInAsync(user, Accounts.Password)));
    }

    [Fact]
    public async Task It_unlocks_an_account_that_guesses_had_locked()
    {
        var user = await app.AddPersonAsync();
        for (var i = 0; i < GuessRules.FreeAtOneDoor; i++)
            await CanSignInAsync(user, "a guess");
        using var visitor = app.Visitor();
        using var answer = await visitor.SubmitAsync(await LinkAsync(user), ("NewPassword", NewPassword));
        Assert.True(await CanSignInAsync(user, NewPassword));
    }

    [Fact]
    public async Task A_password_that_is_too_short_is_asked_for_again_and_the_link_lives_on()
    {
        var user = await app.AddPersonAsync();
        var link = await LinkAsync(user);
        using var visitor = app.Visitor();
        using var answer = await visitor.SubmitAsync(link, ("NewPassword", "short"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("name=\"code\"", await answer.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(link)).StatusCode);
    }

    [Fact]
    public async Task Of_two_who_use_a_link_at_once_one_wins()
    {
        var user = await app.AddPersonAsync();
        var code = (await LinkAsync(user)).Split("code=")[1];
        var done = await Task.WhenAll(Enumerable.Range(0, 4).Select(i =>
            app.InScopeAsync<PasswordService, bool>(async p => await p.ResetAsync(code, $"{NewPassword} {i}", default) is not null)));
        Assert.Single(done, true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?code=")]
    [InlineData("?code=AAAA")]
    [InlineData("?code=%00%ff")]
    public async Task What_is_no_code_is_gone(string query)
    {
        using var visitor = app.Visitor();
        Assert.Equal(HttpStatusCode.Gone, (await visitor.GetAsync("/account/reset-password" + query)).StatusCode);
        Assert.Equal(HttpStatusCode.Gone, (await visitor.GetAsync("/account/new-mail" + query)).StatusCode);
    }

    [Fact]
    public async Task A_code_of_another_kind_is_none_and_no_code_is_in_a_log()
    {
        var user = await app.AddPersonAsync();
        var link = await LinkAsync(user);
        using var visitor = app.Visitor();
        Assert.Equal(HttpStatusCode.Gone, (await visitor.GetAsync(link.Replace("reset-password", "new-mail"))).StatusCode);
        Assert.DoesNotContain(link.Split("code=")[1], app.Log.Text);
    }

    [Fact]
    public async Task A_mail_that_is_sent_later_takes_no_secret_to_an_address_that_was_given_up()
    {
        var user = await app.AddPersonAsync();
        await AskAsync(user.Email!);
        await app.InDatabaseAsync(async db =>
        {
            (await db.Users.FindAsync(user.Id))!.Email = "new@people.example";
            await db.SaveChangesAsync();
        });
        await Assert.ThrowsAsync<MailCompositionException>(() => Confirmation.LinkAsync<ResetPassword>(app, user.Email!));
    }

    private async Task<string> LinkAsync(PortalUser user)
    {
        await AskAsync(user.Email!);
        return await Confirmation.LinkAsync<ResetPassword>(app, user.Email!);
    }

    private async Task<string> AskAsync(string email)
    {
        using var client = app.Visitor();
        using var answer = await client.SubmitAsync("/account/forgot-password", ("Email", email));
        return $"{answer.StatusCode} {answer.Headers.Location}";
    }

    /// <summary>The form as it was, though the page no longer shows one.</summary>
    private static Task<HttpResponseMessage> ReplayAsync(HttpClient client, string link, string password) =>
        Forms.PostAsync(client, "/account/forgot-password", new() { ["code"] = link.Split("code=")[1], ["NewPassword"] = password },
            "/account/reset-password");

    private Task<bool> CanSignInAsync(PortalUser user, string password) =>
        app.InScopeAsync<SignInService, bool>(async s => await s.CheckAsync(user.Email!, password) is not null);
}
