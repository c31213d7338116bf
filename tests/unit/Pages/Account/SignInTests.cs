using System.Net;
using System.Net.Http.Json;
using Localization;
using Microsoft.AspNetCore.Identity;
using Tests.People;
using Tests.Support;

namespace Tests.Pages.Account;

public sealed class SignInTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task Who_signs_in_is_known_until_they_sign_out()
    {
        var user = await app.AddPersonAsync();
        using var signedIn = await TryAsync(user.Email!, Accounts.Password);
        Assert.True(SignsIn(signedIn)); // what the other tests look for
        using var client = await app.SignedInAsync(user);
        Assert.Contains("Nour", await client.GetStringAsync("/account/profile"));

        using var opened = await client.GetAsync("/account/sign-out");
        Assert.Contains("Nour", await client.GetStringAsync("/account/profile")); // a link signs nobody out
        using var left = await client.SubmitAsync("/account/sign-out");
        using var answer = await client.GetAsync("/account/profile");
        Assert.Equal("/account/sign-in?returnUrl=%2Faccount%2Fprofile", answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Every_failure_is_the_same_page()
    {
        var user = await app.AddPersonAsync();
        var unconfirmed = await app.AddPersonAsync(confirmed: false);

        var pages = new List<string>();
        foreach (var (email, password) in new[]
                 {
                     (user.Email!, "wrong horse"), ($"p{Guid.NewGuid():N}@people.example", Accounts.Password),
                     (unconfirmed.Email!, Accounts.Password),
                 })
        {
            using var answer = await TryAsync(email, password);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.False(SignsIn(answer));
            pages.Add(WithoutTokens(await answer.Content.ReadAsStringAsync()).Replace(email, "EMAIL"));
        }
        // It is said once, over the form: no field is called the wrong one.
        Assert.DoesNotContain("input-validation-error", Assert.Single(pages.Distinct()));
    }

    [Fact]
    public async Task Strangers_who_guess_keep_the_owner_out_of_nothing_that_was_open_to_them_before()
    {
        var user = await app.AddPersonAsync();
        using var owner = await app.SignedInAsync(user);
        for (var i = 0; i < 8; i++)
            (await TryAsync(user.Email!, "wrong horse")).Dispose();
        using (var closed = await TryAsync(user.Email!, Accounts.Password))
            Assert.Contains(ErrorText.TriesUsedUp.Split('{')[0], await closed.Content.ReadAsStringAsync());

        Assert.Contains("Nour", await owner.GetStringAsync("/account/profile")); // the session
        using (await owner.SubmitAsync("/account/sign-out"))
        {
        }
        using var back = await owner.SubmitAsync("/account/sign-in", ("Email", user.Email!), ("Password", Accounts.Password));
        Assert.Equal(HttpStatusCode.Redirect, back.StatusCode); // the browser
    }

    [Fact]
    public async Task Signing_in_again_ends_the_session_that_it_replaces()
    {
        var user = await app.AddPersonAsync();
        using var client = app.Visitor();
        using var first = await client.SubmitAsync("/account/sign-in", ("Email", user.Email!), ("Password", Accounts.Password));
        var copied = first.Headers.GetValues("Set-Cookie")
            .Single(c => c.StartsWith(".AspNetCore.Identity.Application=", StringComparison.Ordinal)).Split(';')[0];
        using var form = await client.GetAsync("/account/profile");
        var token = Accounts.TokenIn(await form.Content.ReadAsStringAsync());
        using var second = await client.PostAsync("/account/sign-in", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Email"] = user.Email!,
            ["Password"] = Accounts.Password,
            ["__RequestVerificationToken"] = token,
        }));
        Assert.Equal(HttpStatusCode.Redirect, second.StatusCode);
        using var thief = app.Visitor();
        thief.DefaultRequestHeaders.Add("Cookie", copied);
        Assert.Equal(HttpStatusCode.Redirect, (await thief.GetAsync("/account/profile")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/account/profile")).StatusCode);
    }

    [Theory]
    [InlineData("/account/profile?x=1", "/account/profile?x=1")]
    [InlineData("https://evil.example/", "/sessions")]
    [InlineData("//evil.example/", "/sessions")]
    [InlineData("/\\evil.example/", "/sessions")]
    [InlineData("javascript:alert(1)", "/sessions")]
    [InlineData("", "/sessions")]
    public async Task Signing_in_leads_to_a_page_of_ours_only(string returnUrl, string expected)
    {
        var user = await app.AddPersonAsync();
        using var client = app.Visitor();
        var page = "/account/sign-in?returnUrl=" + Uri.EscapeDataString(returnUrl);
        using var answer = await client.SubmitAsync(page, ("Email", user.Email!), ("Password", Accounts.Password));
        Assert.Equal(expected, answer.Headers.Location?.OriginalString);
        using var signedInAlready = await client.GetAsync(page);
        Assert.Equal(expected, signedInAlready.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_visitor_is_led_to_the_sign_in_page_whatever_host_the_request_names()
    {
        using var client = app.Visitor();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/account/profile") { Headers = { Host = "evil.example" } };
        using var answer = await client.SendAsync(request);
        Assert.Equal("/account/sign-in?returnUrl=%2Faccount%2Fprofile", answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task The_api_answers_401_and_never_a_page_to_sign_in_on()
    {
        using var client = app.Visitor();
        foreach (var header in new[] { null, "Bearer nonsense", "Bearer mk_nonsense", "Basic bm91cjpub3Vy" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/sessions");
            request.Headers.TryAddWithoutValidation("Authorization", header is null ? [] : new[] { header });
            using var answer = await client.SendAsync(request);
            Assert.Equal((header, HttpStatusCode.Unauthorized), (header, answer.StatusCode));
        }
    }

    [Fact]
    public async Task A_program_signs_in_with_a_token_and_the_cookie_is_not_needed()
    {
        var user = await app.AddPersonAsync();
        using var client = app.Visitor();
        using var answer = await client.PostAsJsonAsync("/api/v1/sign-in", new { email = user.Email, password = Accounts.Password });
        Assert.False(SignsIn(answer));
        var token = (await answer.Content.ReadFromJsonAsync<Token>())!.AccessToken;
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var sessions = await client.GetAsync("/api/v1/sessions");
        Assert.Equal(HttpStatusCode.OK, sessions.StatusCode);

        using var wrong = await client.PostAsJsonAsync("/api/v1/sign-in", new { email = user.Email, password = "wrong horse" });
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
    }

    [Fact]
    public async Task What_does_not_exist_is_not_found_without_a_sign_in()
    {
        using var client = app.Visitor();
        using var answer = await client.GetAsync("/no/such/page");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_form_from_elsewhere_signs_nobody_in()
    {
        var user = await app.AddPersonAsync();
        using var client = app.Visitor();
        using var answer = await client.PostAsync("/account/sign-in", new FormUrlEncodedContent(
            new Dictionary<string, string> { ["Email"] = user.Email!, ["Password"] = Accounts.Password }));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.False(SignsIn(answer));
    }

    private async Task<HttpResponseMessage> TryAsync(string email, string password)
    {
        using var client = app.Visitor();
        return await client.SubmitAsync("/account/sign-in", ("Email", email), ("Password", password));
    }

    private static bool SignsIn(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.Any(c => c.Contains(IdentityConstants.ApplicationScheme));

    private static string WithoutTokens(string html) =>
        System.Text.RegularExpressions.Regex.Replace(html, "RequestVerificationToken\" type=\"hidden\" value=\"[^\"]*\"", "");

    private sealed record Token(string AccessToken);
}
