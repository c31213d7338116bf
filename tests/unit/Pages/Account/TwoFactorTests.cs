using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Portal.People;
using Portal.People.SignIn;
using Tests.People;
using Tests.Support;

namespace Tests.Pages.Account;

public sealed partial class TwoFactorTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string Page = "/account/two-factor";

    [Fact]
    public async Task It_is_on_once_the_app_has_shown_a_code_and_nothing_shows_key_or_codes_again()
    {
        var user = await app.AddPersonAsync();
        using var client = await app.SignedInAsync(user);
        using var other = await app.SignedInAsync(user);
        var key = await BeginAsync(client);
        using (var wrong = await TurnOnAsync(client, "000000"))
            Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.False((await app.FindAsync(user.Email!))!.TwoFactorEnabled);

        using var on = await TurnOnAsync(client, Code(key));
        var codes = CodesIn(await on.Content.ReadAsStringAsync());
        Assert.Equal((10, 10), (codes.Count, codes.Distinct().Count()));
        Assert.True(on.Headers.CacheControl?.NoStore);
        var later = await client.GetStringAsync(Page);
        Assert.DoesNotContain(codes[0], later);
        Assert.DoesNotContain(Totp.Text(key)[..4], later);
        Assert.Equal(HttpStatusCode.Redirect, (await other.GetAsync(Page)).StatusCode); // must come back with a code
        Assert.Contains("SecurityNotice", (await app.MailsToAsync(user.Email!)).Select(m => m.Kind));
    }

    [Fact]
    public async Task Opening_the_page_makes_no_key_and_the_picture_says_what_the_text_says()
    {
        using var client = await app.SignedInAsync(await app.AddPersonAsync());
        using (var opened = await client.GetAsync(Page))
            Assert.Equal("/account/security", opened.Headers.Location?.OriginalString);
        var key = await BeginAsync(client);
        Assert.Equal(key, await BeginKeyAsync(client)); // looking again is the same key
        Assert.Contains("data:image/svg+xml;base64,", WebUtility.HtmlDecode(await client.GetStringAsync(Page)));
    }

    [Fact]
    public async Task After_the_password_comes_the_code_and_each_code_is_good_once()
    {
        var (user, key, _) = await ProtectedAsync();
        using var client = await FirstStepAsync(user);
        Assert.Equal(HttpStatusCode.Redirect, (await client.GetAsync("/sessions")).StatusCode);
        app.Clock.Advance(TimeSpan.FromSeconds(30)); // the code of setting it up is used
        Assert.Equal("302 /account/profile", await SecondStepAsync(client, Code(key)));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/account/profile")).StatusCode);

        using var thief = await FirstStepAsync(user);
        Assert.Equal("400 ", await SecondStepAsync(thief, Code(key)));
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("302 /account/profile", await SecondStepAsync(thief, $" {Code(key)[..3]} {Code(key)[3..]} "));
    }

    [Fact]
    public async Task One_code_at_two_doors_at_once_opens_one()
    {
        var (user, key, codes) = await ProtectedAsync();
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        var code = Code(key);
        Task<bool[]> TryAsync(string text, bool recovery) => Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            app.InScopeAsync<TwoFactor, bool>(t => recovery
                ? t.UseRecoveryCodeAsync(user.Id, text, default) : t.UseCodeAsync(user.Id, text, default))));
        Assert.Single(await TryAsync(code, false), true);
        Assert.Single(await TryAsync(codes[0], true), true);
        var both = await Task.WhenAll(codes.Skip(1).Select(c =>
            app.InScopeAsync<TwoFactor, bool>(t => t.UseRecoveryCodeAsync(user.Id, c, default))));
        Assert.All(both, Assert.True); // and nobody loses one by it
    }

    [Fact]
    public async Task A_recovery_code_opens_once()
    {
        var (user, _, codes) = await ProtectedAsync();
        using var client = await FirstStepAsync(user);
        Assert.Equal("302 /account/profile", await SecondStepAsync(client, codes[3].ToUpperInvariant(), recovery: true));
        using var again = await FirstStepAsync(user);
        Assert.Equal("400 ", await SecondStepAsync(again, codes[3], recovery: true));
        Assert.Contains("9 recovery codes", await client.GetStringAsync(Page));
    }

    [Fact]
    public async Task Wrong_codes_lock_and_right_passwords_between_them_do_not_start_the_count_anew()
    {
        var (user, key, codes) = await ProtectedAsync();
        for (var i = 0; i < GuessRules.FreeAtOneDoor; i++)
        {
            using var guess = await FirstStepAsync(user);
            Assert.Equal("400 ", await SecondStepAsync(guess, "000000"));
        }
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        using var client = app.Visitor();
        Assert.StartsWith("/account/sign-in/code", await PasswordAsync(client, user));
        Assert.Equal("400 ", await SecondStepAsync(client, codes[0], recovery: true));
        Assert.Contains((await app.MailsToAsync(user.Email!)), m => m.Model.Contains("CodeGuessed"));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        using var later = await FirstStepAsync(user);
        Assert.Equal("302 /account/profile", await SecondStepAsync(later, Code(key)));
    }

    [Fact]
    public async Task Nobody_comes_to_the_second_step_without_the_first_and_its_time_is_short()
    {
        var (user, key, _) = await ProtectedAsync();
        using var visitor = app.Visitor();
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync("/account/sign-in/code")).StatusCode);
        using var client = await FirstStepAsync(user);
        var token = await Forms.TokenAsync(client, "/account/sign-in/code");
        app.Clock.Advance(TimeSpan.FromMinutes(6));
        using var late = await client.PostAsync("/account/sign-in/code", new FormUrlEncodedContent(
            new Dictionary<string, string> { ["Code"] = Code(key), ["__RequestVerificationToken"] = token }));
        Assert.StartsWith("/account/sign-in", late.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Redirect, (await client.GetAsync("/account/profile")).StatusCode);
    }

    [Fact]
    public async Task A_remembered_device_is_not_asked_again_until_it_is_set_up_anew()
    {
        var (user, key, _) = await ProtectedAsync();
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        using var client = await FirstStepAsync(user);
        Assert.Equal("302 /account/profile", await SecondStepAsync(client, Code(key), remember: true));
        using (await client.SubmitAsync("/account/sign-out"))
        {
        }
        Assert.Equal("/sessions", await PasswordAsync(client, user));
        using var stranger = app.Visitor();
        Assert.StartsWith("/account/sign-in/code", await PasswordAsync(stranger, user));

        Assert.Equal("302 /account/security", await PressAsync(client, "Off", Accounts.Password));
        await BeginAndTurnOnAsync(client);
        app.Clock.Advance(TimeSpan.FromMinutes(2)); // until the framework looks at that cookie's stamp again
        using (await client.SubmitAsync("/account/sign-out"))
        {
        }
        Assert.StartsWith("/account/sign-in/code", await PasswordAsync(client, user));
    }

    [Fact]
    public async Task Turning_it_off_and_new_codes_take_a_proof_of_the_last_minutes()
    {
        var user = await app.AddPersonAsync();
        using var client = await app.SignedInAsync(user);
        var (_, old) = await BeginAndTurnOnAsync(client);
        app.Clock.Advance(RecentProof.Good);
        Assert.Equal("401 ", await PressAsync(client, "Off"));
        Assert.Equal("400 ", await PressAsync(client, "Off", "wrong horse"));
        Assert.Equal("400 ", await PressAsync(client, "NewCodes", ""));
        Assert.True((await app.FindAsync(user.Email!))!.TwoFactorEnabled);

        using var renewed = await Forms.PostAsync(client, Page, new() { ["ProofPassword"] = Accounts.Password }, Page + "?handler=NewCodes");
        var codes = CodesIn(await renewed.Content.ReadAsStringAsync());
        Assert.Empty(codes.Intersect(old));
        Assert.False(await app.InScopeAsync<TwoFactor, bool>(t => t.UseRecoveryCodeAsync(user.Id, old[0], default)));
        Assert.Equal("302 /account/security", await PressAsync(client, "Off")); // within the five minutes
        Assert.False((await app.FindAsync(user.Email!))!.TwoFactorEnabled);
        Assert.False(await app.InScopeAsync<TwoFactor, bool>(t => t.UseRecoveryCodeAsync(user.Id, codes[0], default)));
        Assert.Equal(3, (await app.MailsToAsync(user.Email!)).Count(m => m.Kind == "SecurityNotice"));
    }

    [Theory]
    [InlineData('\u0660')] // Arabic
    [InlineData('\u06F0')] // Persian
    [InlineData('\uFF10')] // full width
    public async Task A_code_is_taken_in_the_digits_of_any_script(char zero)
    {
        var (user, key, _) = await ProtectedAsync();
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        using var client = await FirstStepAsync(user);
        var code = new string([.. Code(key).Select(c => (char)(zero + (c - '0')))]);
        Assert.Equal("302 /account/profile", await SecondStepAsync(client, $"\u200F{code[..3]} \u2013 {code[3..]}"));
    }

    [Fact]
    public async Task A_code_is_good_for_a_minute_and_none_is_good_before_its_time()
    {
        var (user, key, _) = await ProtectedAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        var code = Code(key);
        var next = Totp.CodeAt(key, Totp.StepAt(app.Clock.GetUtcNow()) + 1);
        async Task<bool> UseAsync(string text) => await app.InScopeAsync<TwoFactor, bool>(t => t.UseCodeAsync(user.Id, text, default));
        Assert.False(await UseAsync(next));
        app.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.False(await UseAsync(code));
        app.Clock.Advance(-TimeSpan.FromSeconds(30));
        Assert.True(await UseAsync(code));
    }

    [Fact]
    public async Task The_key_and_the_codes_are_not_in_the_database_as_they_are()
    {
        var (user, key, codes) = await ProtectedAsync();
        var stored = await app.InDatabaseAsync(db =>
            Task.FromResult(db.UserTokens.Where(t => t.UserId == user.Id).Select(t => t.Value).ToList()));
        Assert.Equal(3, stored.Count);
        Assert.DoesNotContain(stored, v => v!.Contains(codes[0]) || v.Contains(Convert.ToBase64String(key)) || v.Contains(Totp.Text(key)));
        Assert.DoesNotContain(codes[0], app.Log.Text);
    }

    [Fact]
    public async Task A_program_is_told_that_a_code_is_needed_and_gives_one_of_either_kind()
    {
        var (user, key, codes) = await ProtectedAsync();
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        var program = app.Visitor();
        async Task<HttpResponseMessage> TryAsync(object body) => await program.PostAsJsonAsync("/api/v1/sign-in", body);
        var (email, password) = (user.Email, Accounts.Password);

        using var none = await TryAsync(new { email, password });
        Assert.True((await none.ProblemAsync(401)).GetProperty("twoFactorRequired").GetBoolean());
        using var wrong = await TryAsync(new { email, password, twoFactorCode = "000000" });
        Assert.True((await wrong.ProblemAsync(401)).GetProperty("twoFactorRequired").GetBoolean());
        using var noPassword = await TryAsync(new { email, password = "wrong horse", twoFactorCode = Code(key) });
        Assert.False((await noPassword.ProblemAsync(401)).TryGetProperty("twoFactorRequired", out _));
        using var right = await TryAsync(new { email, password, twoFactorCode = Code(key) });
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        using var replayed = await TryAsync(new { email, password, twoFactorCode = Code(key) });
        Assert.Equal(HttpStatusCode.Unauthorized, replayed.StatusCode);
        using var recovered = await TryAsync(new { email, password, twoFactorRecoveryCode = codes[1] });
        Assert.Equal(HttpStatusCode.OK, recovered.StatusCode);
    }

    private string Code(byte[] key) => Totp.CodeAt(key, Totp.StepAt(app.Clock.GetUtcNow()));

    private async Task<(PortalUser User, byte[] Key, List<string> Codes)> ProtectedAsync()
    {
        var user = await app.AddPersonAsync();
        using var client = await app.SignedInAsync(user);
        var (key, codes) = await BeginAndTurnOnAsync(client);
        return ((await app.FindAsync(user.Email!))!, key, codes);
    }

    private async Task<(byte[] Key, List<string> Codes)> BeginAndTurnOnAsync(HttpClient client)
    {
        var key = await BeginAsync(client);
        using var on = await TurnOnAsync(client, Code(key));
        return (key, CodesIn(await on.Content.ReadAsStringAsync()));
    }

    private static async Task<byte[]> BeginAsync(HttpClient client)
    {
        using var begun = await Forms.PostAsync(client, "/account/security", [], "/account/security?handler=TwoFactor");
        Assert.Equal(Page, begun.Headers.Location?.OriginalString);
        return await BeginKeyAsync(client);
    }

    private static async Task<byte[]> BeginKeyAsync(HttpClient client)
    {
        var text = KeyText().Match(await client.GetStringAsync(Page)).Groups[1].Value.Replace(" ", "");
        var bits = string.Concat(text.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Select(b => Convert.ToByte(new string(b), 2))];
    }

    private static Task<HttpResponseMessage> TurnOnAsync(HttpClient client, string code) =>
        Forms.PostAsync(client, Page, new() { ["Code"] = code }, Page + "?handler=On");

    private static async Task<string> PressAsync(HttpClient client, string handler, string? password = null)
    {
        using var answer = await Forms.PostAsync(
            client, Page, password is null ? [] : new() { ["ProofPassword"] = password }, $"{Page}?handler={handler}");
        return $"{(int)answer.StatusCode} {answer.Headers.Location}";
    }

    private static async Task<string?> PasswordAsync(HttpClient client, PortalUser user)
    {
        using var answer = await client.SubmitAsync("/account/sign-in", ("Email", user.Email!), ("Password", Accounts.Password));
        return answer.Headers.Location?.OriginalString;
    }

    private async Task<HttpClient> FirstStepAsync(PortalUser user)
    {
        var client = app.Visitor();
        Assert.StartsWith("/account/sign-in/code", await PasswordAsync(client, user));
        return client;
    }

    private static async Task<string> SecondStepAsync(HttpClient client, string code, bool recovery = false, bool remember = false)
    {
        using var answer = await client.SubmitAsync("/account/sign-in/code", ("Code", code), ("recovery", recovery ? "true" : "false"),
            ("RememberDevice", remember ? "true" : "false"), ("returnUrl", "/account/profile"));
        return $"{(int)answer.StatusCode} {answer.Headers.Location}";
    }

    private static List<string> CodesIn(string html) => [.. RecoveryCode().Matches(html).Select(m => m.Groups[1].Value)];

    [GeneratedRegex("id=\"two-factor-key\">([A-Z2-7 ]+)<")]
    private static partial Regex KeyText();

    [GeneratedRegex("<li><code>([a-z2-9]{5}-[a-z2-9]{5})</code>")]
    private static partial Regex RecoveryCode();
}
