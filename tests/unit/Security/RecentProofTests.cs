using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Portal.People.SignIn;
using Tests.People;
using Tests.Support;

namespace Tests.Security;

/// <summary>Whatever changes how one signs in asks who it is, on pages and in the API alike.</summary>
public sealed class RecentProofTests(PortalApp app) : IClassFixture<PortalApp>
{
    /// <summary>What changes something about an account and not how it is signed in to. Think twice before anything is added.</summary>
    private static readonly string[] Harmless =
    [
        "PUT /api/v1/account/profile", "PUT /api/v1/account/picture", "DELETE /api/v1/account/picture", "PUT /api/v1/account/reminders",
        "POST /api/v1/account/proof",
        // Asking somebody, and letting go: what gives power over an account is the accepting, and that asks.
        "POST /api/v1/account/guardians", "DELETE /api/v1/account/guardians/{id:guid}", "GuardiansModel.OnPostAskAsync",
        "GuardiansModel.OnPostEndAsync",
        "ProfileModel.OnPostAsync", "ProfileModel.OnPostPictureAsync", "ProfileModel.OnPostRemovePictureAsync",
        "RemindersModel.OnPostAsync",
        // A browser is told that somebody waits, and neither who nor about what.
        "NotificationsModel.OnPostAsync", "NotificationsModel.OnPostEndAsync",
        "SignOutModel.OnPostAsync",
        "SecurityModel.OnPostKeepTwoFactorAsync", // keeps what there is
        "TokenModel.OnPostCheckAsync", // reads what somebody pasted
        // Nobody is signed in there; a mailed link, a password or a passkey is the proof.
        "SignInModel.OnPostAsync", "SignInModel.OnPostPasskeyAsync", "SignInModel.OnPostPasskeyOptionsAsync", "SignInCodeModel.OnPostAsync",
        "SignUpModel.OnPostAsync", "AskAddressModel.OnPostAsync", "ConfirmEmailModel.OnPostAsync", "ConfirmNewAddressModel.OnPostAsync",
        "ResetPasswordModel.OnPostAsync", "RemindersOffModel.OnPostAsync", "NoMailModel.OnPostAsync",
    ];

    [Fact]
    public void Every_call_and_every_form_of_an_account_asks_or_is_known_to_be_harmless()
    {
        var calls = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith("/api/v1/account", StringComparison.Ordinal))
            .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Where(m => m != "GET")
                .Select(m => (Name: $"{m} {e.RoutePattern.RawText!.TrimEnd('/')}", Asks: e.Metadata.GetMetadata<NeedsProofAttribute>() is not null)));
        var forms = typeof(Portal.Pages.Account.SecurityModel).Assembly.GetTypes()
            .Where(t => t.IsSubclassOf(typeof(PageModel)) && t.Namespace is "Portal.Pages.Account" or "Portal.Pages.Admin.People" or "Portal.Pages.Admin.Tools")
            .SelectMany(t => t.GetMethods().Where(m => m.Name.StartsWith("OnPost", StringComparison.Ordinal))
                .Select(m => (Name: $"{m.DeclaringType!.Name}.{m.Name}", Asks: m.GetCustomAttribute<NeedsProofAttribute>() is not null)));
        var all = calls.Concat(forms).ToList();
        Assert.True(all.Count(a => a.Asks) >= 20, "The walk found too little.");
        Assert.Empty(all.Where(a => !a.Asks && !Harmless.Contains(a.Name)).Select(a => a.Name).Distinct());
        Assert.Empty(all.Where(a => a.Asks && Harmless.Contains(a.Name)).Select(a => a.Name));
    }

    [Theory]
    [InlineData("POST", "password")]
    [InlineData("POST", "address")]
    [InlineData("POST", "two-factor")]
    [InlineData("POST", "two-factor/confirm")]
    [InlineData("POST", "two-factor/recovery-codes")]
    [InlineData("POST", "two-factor/off")]
    [InlineData("POST", "sign-out-everywhere")]
    [InlineData("POST", "calendar-feed/renew")]
    [InlineData("POST", "delete")]
    [InlineData("DELETE", "devices/0199d2f0-6a5c-7c3e-9b7e-2f6d8a1b4c5d")]
    public async Task A_token_alone_is_not_enough_not_even_a_fresh_one(string method, string call)
    {
        var user = await app.AddPersonAsync();
        var program = await new Scene(app).ProgramOfAsync(user, Accounts.Password);
        using var answer = await SendAsync(program, method, call, new { newPassword = "a thief's own one", email = "thief@people.example" });
        var problem = await answer.ProblemAsync(401);
        Assert.Equal("proofNeeded", problem.GetProperty("code").GetString());
        var after = (await app.FindAsync(user.Email!))!;
        Assert.Equal((user.PasswordHash, false, user.FeedVersion, null),
            (after.PasswordHash, after.TwoFactorEnabled, after.FeedVersion, after.DeletedUtc));
    }

    [Fact]
    public async Task The_proof_is_good_for_five_minutes_and_for_its_own_device()
    {
        var user = await app.AddPersonAsync();
        var program = await new Scene(app).ProgramOfAsync(user, Accounts.Password);
        using var browser = await app.SignedInAsync(user);
        app.Clock.Advance(RecentProof.Good);
        using (var proven = await program.PostAsJsonAsync("/api/v1/account/proof", new { password = Accounts.Password }))
            Assert.Equal(HttpStatusCode.NoContent, proven.StatusCode);
        using var asked = await Forms.PostAsync(browser, "/account/calendar", []);
        Assert.Equal(HttpStatusCode.Unauthorized, asked.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(program, "POST", "calendar-feed/renew", null)).StatusCode);
        app.Clock.Advance(RecentProof.Good);
        await (await SendAsync(program, "POST", "calendar-feed/renew", null)).ProblemAsync(401);
    }

    [Theory]
    [InlineData("en", "Confirm it’s you")]
    [InlineData("ar", "تأكيد الهوية")]
    public async Task A_page_asks_in_its_place_and_goes_on_with_what_was_typed(string language, string title)
    {
        var user = await app.AddPersonAsync(language: language);
        using var client = await app.SignedInAsync(user);
        app.Clock.Advance(RecentProof.Good);
        var wanted = $"n{Guid.NewGuid():N}@people.example";
        using var asked = await client.SubmitAsync("/account/change-address", ("Email", wanted));
        Assert.Equal((HttpStatusCode.Unauthorized, true), (asked.StatusCode, asked.Headers.CacheControl?.NoStore));
        var html = await asked.Content.ReadAsStringAsync();
        Assert.Contains(title, html);
        Assert.Contains($"name=\"Email\" value=\"{wanted}\"", html);
        Assert.Contains("action=\"/account/change-address\"", html);
        Assert.Empty(await app.MailsToAsync(wanted));

        using var proven = await client.PostAsync("/account/change-address", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = Accounts.TokenIn(html),
            ["Email"] = wanted,
            ["ProofPassword"] = Accounts.Password,
        }));
        Assert.Equal("/account/profile", proven.Headers.Location?.OriginalString);
        Assert.Single(await app.MailsToAsync(wanted));
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient program, string method, string call, object? body) =>
        program.SendAsync(new(new(method), "/api/v1/account/" + call) { Content = method == "POST" ? JsonContent.Create(body ?? new { }) : null });
}
