using System.Net;
using System.Text.Json;
using Portal.People.SignIn;
using Tests.People;
using Tests.Support;

namespace Tests.Pages.Account;

/// <summary>
/// What a browser story does not show: hostile answers. The whole ceremony is in tests/e2e, with a browser's own authenticator.
/// </summary>
public sealed class PasskeyTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string Security = "/account/security";

    [Fact]
    public async Task What_the_browser_is_told_names_the_public_host_and_at_sign_in_nobody()
    {
        var user = await app.AddPersonAsync();
        using var client = await app.SignedInAsync(user);
        using var create = await Forms.PostAsync(client, Security, [],
            Security + "?handler=PasskeyOptions");
        var options = await create.JsonAsync(HttpStatusCode.OK);
        Assert.Equal("portal.test", options.GetProperty("rp").GetProperty("id").GetString());
        Assert.Equal("required", options.GetProperty("authenticatorSelection").GetProperty("residentKey").GetString());

        using var visitor = app.Visitor();
        using var get = await Forms.PostAsync(visitor, "/account/sign-in", [], "/account/sign-in?handler=PasskeyOptions");
        var request = await get.JsonAsync(HttpStatusCode.OK);
        Assert.Equal("portal.test", request.GetProperty("rpId").GetString());
        Assert.False(request.TryGetProperty("allowCredentials", out var allowed) && allowed.ValueKind == JsonValueKind.Array
            && allowed.GetArrayLength() > 0);
    }

    [Fact]
    public async Task Adding_one_takes_a_recent_proof_and_keeps_the_name_that_was_typed_before_it()
    {
        using var client = await app.SignedInAsync(await app.AddPersonAsync());
        app.Clock.Advance(RecentProof.Good);
        using var options = await Forms.PostAsync(client, Security, [], Security + "?handler=PasskeyOptions");
        Assert.Equal(HttpStatusCode.Unauthorized, options.StatusCode);
        using var proven = await Forms.PostAsync(client, Security,
            new() { ["passkeyName"] = "My phone", ["credential"] = "", ["ProofPassword"] = Accounts.Password }, Security + "?handler=AddPasskey");
        Assert.Contains("value=\"My phone\"", await proven.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_person_is_verified_by_the_device_for_no_code_is_asked_for_after_a_passkey()
    {
        using var client = await app.SignedInAsync(await app.AddPersonAsync());
        using var create = await Forms.PostAsync(client, Security, [], Security + "?handler=PasskeyOptions");
        var options = await create.JsonAsync(HttpStatusCode.OK);
        Assert.Equal("required", options.GetProperty("authenticatorSelection").GetProperty("userVerification").GetString());
        using var visitor = app.Visitor();
        using var request = await Forms.PostAsync(visitor, "/account/sign-in", [], "/account/sign-in?handler=PasskeyOptions");
        Assert.Equal("required", (await request.JsonAsync(HttpStatusCode.OK)).GetProperty("userVerification").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("{}")]
    [InlineData("""{"id":"AAAA","rawId":"AAAA","type":"public-key","response":{"clientDataJSON":"e30","attestationObject":"AAAA","authenticatorData":"AAAA","signature":"AAAA","userHandle":"AAAA"},"clientExtensionResults":{}}""")]
    public async Task An_answer_that_fits_nothing_adds_nothing_and_signs_nobody_in(string credential)
    {
        var user = await app.AddPersonAsync();
        using var client = await app.SignedInAsync(user);
        using var visitor = app.Visitor();
        for (var begun = 0; begun < 2; begun++)
        {
            using var add = await Forms.PostAsync(client, Security, new() { ["credential"] = credential },
                Security + "?handler=AddPasskey");
            Assert.Equal(credential is "" ? null : Security, add.Headers.Location?.OriginalString);
            using var enter = await Forms.PostAsync(visitor, "/account/sign-in", new() { ["credential"] = credential },
                "/account/sign-in?handler=Passkey");
            Assert.Equal(HttpStatusCode.BadRequest, enter.StatusCode);
            // And once more with a challenge in the cookie.
            using var create = await Forms.PostAsync(client, Security, [],
                Security + "?handler=PasskeyOptions");
            using var get = await Forms.PostAsync(visitor, "/account/sign-in", [], "/account/sign-in?handler=PasskeyOptions");
        }
        Assert.DoesNotContain("id=\"passkeys\"", await client.GetStringAsync(Security));
        using var rename = await Forms.PostAsync(client, Security, new() { ["passkey"] = "\u202E%%", ["passkeyName"] = "x" },
            Security + "?handler=RenamePasskey");
        using var remove = await Forms.PostAsync(client, Security, new() { ["passkey"] = new string('A', 3000) },
            Security + "?handler=RemovePasskey");
        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (rename.StatusCode, remove.StatusCode));
    }
}
