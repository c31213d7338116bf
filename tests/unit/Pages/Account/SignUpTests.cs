using System.Globalization;
using System.Net;
using Localization;
using Portal.People.SignIn;
using Tests.People;
using Tests.Support;

namespace Tests.Pages.Account;

public sealed class SignUpTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task A_new_address_gets_an_account_that_waits_and_a_mail()
    {
        using var answer = await SignUpAsync("new@people.example", language: "ar", zone: "Africa/Cairo");
        Assert.Equal("/account/check-mail", answer.Headers.Location?.OriginalString);
        var user = await app.FindAsync("new@people.example");
        Assert.Equal((false, "Nour", "ar", "Africa/Cairo"), (user!.EmailConfirmed, user.DisplayName, user.Language, user.TimeZone));
        Assert.Equal("ConfirmAddress", Assert.Single(await app.MailsToAsync("new@people.example")).Kind);
    }

    [Fact]
    public async Task A_known_address_gets_the_same_answer_and_only_its_owner_is_told()
    {
        var owner = await app.AddPersonAsync();
        using var unknown = await SignUpAsync("unknown@people.example");
        using var known = await SignUpAsync($" \u200F{owner.Email!.ToUpperInvariant()}\u200E ");
        Assert.Equal(await SeenAsync(unknown), await SeenAsync(known));

        using var again = await SignUpAsync(owner.Email!);
        Assert.Equal("AddressTaken", Assert.Single(await app.MailsToAsync(owner.Email!)).Kind);
        Assert.Equal(owner.PasswordHash, (await app.FindAsync(owner.Email!))!.PasswordHash);

        app.Clock.Advance(TimeSpan.FromHours(1));
        using var later = await SignUpAsync(owner.Email!);
        Assert.Equal(2, (await app.MailsToAsync(owner.Email!)).Count);
    }

    /// <summary>The stranger first, or last: there is one mail, and its reader alone chooses.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_password_that_a_stranger_chose_opens_nothing(bool strangerFirst)
    {
        var email = $"victim{Guid.NewGuid():N}@people.example";
        const string strangers = "chosen by a stranger", owners = "chosen by the owner";
        using var first = await SignUpAsync(email, password: strangerFirst ? strangers : owners);
        using var second = await SignUpAsync(email, password: strangerFirst ? owners : strangers);
        Assert.Single(await app.MailsToAsync(email));
        await Confirmation.ConfirmAsync(app, email, owners);
        Assert.Equal((false, true), (await CanSignInAsync(strangers), await CanSignInAsync(owners)));

        // And once it is open, signing up again changes nothing.
        using var late = await SignUpAsync(email, password: strangers);
        Assert.Equal((false, true), (await CanSignInAsync(strangers), await CanSignInAsync(owners)));

        async Task<bool> CanSignInAsync(string password) =>
            await app.InScopeAsync<SignInService, object?>(async s => await s.CheckAsync(email, password)) is not null;
    }

    [Fact]
    public async Task The_next_page_says_where_the_mail_went_and_sends_it_again()
    {
        using var client = app.Visitor();
        using var answer = await client.SubmitAsync("/account/sign-up", [.. Form("said@people.example")]);
        Assert.Equal("/account/check-mail", answer.Headers.Location?.OriginalString);
        var html = await client.GetStringAsync("/account/check-mail");
        Assert.Contains("said@people.example", html);
        app.Clock.Advance(TimeSpan.FromMinutes(10));
        using var again = await Forms.PostAsync(client, "/account/check-mail", new() { ["Email"] = "said@people.example" }, "/account/resend");
        Assert.Equal(2, (await app.MailsToAsync("said@people.example")).Count);
    }

    [Fact]
    public async Task Sign_ups_with_one_address_at_once_make_one_account_and_one_mail()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => SignUpAsync("twice@people.example")));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Redirect, a.StatusCode));
        Assert.NotNull(await app.FindAsync("twice@people.example"));
        Assert.Single(await app.MailsToAsync("twice@people.example"));
    }

    [Theory]
    [InlineData("Name", "Nour\u202E")]
    [InlineData("Email", "nour")]
    [InlineData("Language", "tlh")]
    [InlineData("Zone", "Mars/Olympus")]
    public async Task What_does_not_fit_is_shown_again_with_what_was_typed(string field, string value)
    {
        using var client = app.Visitor();
        var form = Form("fits@people.example").Select(f => f.Name == field ? (f.Name, value) : f).ToArray();
        using var answer = await client.SubmitAsync("/account/sign-up", form);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var html = await answer.Content.ReadAsStringAsync();
        Assert.Contains($"href=\"#{field}\"", html);
        Assert.Equal(field != "Email", html.Contains("fits@people.example"));
        Assert.Null(await app.FindAsync("fits@people.example"));
    }

    [Fact]
    public async Task Huge_and_missing_fields_are_no_error_of_ours()
    {
        using var client = app.Visitor();
        using var huge = await client.SubmitAsync("/account/sign-up", [.. Form(new string('a', 100_000) + "@people.example")]);
        using var empty = await client.SubmitAsync("/account/sign-up");
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (huge.StatusCode, empty.StatusCode));
    }

    [Fact]
    public async Task The_page_speaks_the_readers_language()
    {
        using var client = app.Visitor();
        client.DefaultRequestHeaders.Add("Accept-Language", "ar-EG");
        using var answer = await client.SubmitAsync("/account/sign-up", [.. Form("nour")]);
        Assert.Contains(ErrorText.ResourceManager.GetString(nameof(ErrorText.PeopleEmailWrong), CultureInfo.GetCultureInfo("ar"))!,
            await answer.Content.ReadAsStringAsync());
    }

    private async Task<HttpResponseMessage> SignUpAsync(
        string email, string password = "long enough pass", string language = "en", string zone = "Etc/UTC")
    {
        using var client = app.Visitor();
        return await client.SubmitAsync("/account/sign-up", [.. Form(email, password, language, zone)]);
    }

    private static (string Name, string Value)[] Form(
        string email, string password = "long enough pass", string language = "en", string zone = "Etc/UTC") =>
        [("Name", " Nour "), ("Email", email), ("Password", password), ("Language", language), ("Zone", zone)];

    private static async Task<string> SeenAsync(HttpResponseMessage answer) =>
        $"{answer.StatusCode} {answer.Headers.Location} {await answer.Content.ReadAsStringAsync()} {string.Join(',', answer.Headers.Select(h => h.Key).Order())}";
}
