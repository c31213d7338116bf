using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Stories.Pages;

public sealed class SecurityPage(IPage page)
{
    public ILocator Passkeys => page.Locator("#passkeys .row");

    public Task OpenAsync() => page.GotoAsync("/account/security");

    public async Task AddPasskeyAsync(string name)
    {
        await page.Locator("#passkeyName").FillAsync(name);
        await page.Locator("#add-passkey-button").ClickAsync();
    }

    public async Task RemoveAsync(string name)
    {
        var passkey = Passkeys.Filter(new() { HasText = name });
        await passkey.Locator(".confirm summary").ClickAsync();
        await passkey.Locator("[data-id='remove-passkey']").ClickAsync();
    }

    public async Task SignInWithPasskeyAsync()
    {
        await page.GotoAsync(SignInPage.Path);
        await page.Locator("#sign-in-passkey-button").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/sessions"));
    }
}
