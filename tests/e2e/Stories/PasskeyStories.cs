using Microsoft.Playwright;
using Stories.Fixture;
using Stories.Pages;
using static Microsoft.Playwright.Assertions;

namespace Stories;

[Collection(StoryFixture.Name)]
public sealed class PasskeyStories(StoryFixture stories)
{
    [Theory, InlineData("en"), InlineData("ar")]
    public Task A_passkey_is_added_signs_in_and_is_removed(string language) => stories.TellAsync(language, async page =>
    {
        await PlugInAuthenticatorAsync(page);
        await new SignInPage(page).SignInAsync(Persons.Mentee(language));
        var security = new SecurityPage(page);
        await security.OpenAsync();
        await security.AddPasskeyAsync("Laptop");
        await Expect(security.Passkeys).ToContainTextAsync(["Laptop"]);

        await new SignOutPage(page).SignOutAsync();
        await security.SignInWithPasskeyAsync();

        await security.OpenAsync();
        await security.RemoveAsync("Laptop");
        await Expect(security.Passkeys).ToHaveCountAsync(0);
        await new SignOutPage(page).SignOutAsync();
        await page.GotoAsync(SignInPage.Path);
        await page.Locator("#sign-in-passkey-button").ClickAsync();
        await Expect(page.Locator(".error-summary")).ToBeVisibleAsync();
    });

    /// <summary>Chromium's own stand-in for a device with a fingerprint reader.</summary>
    private static async Task PlugInAuthenticatorAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable");
        await session.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
    }
}
