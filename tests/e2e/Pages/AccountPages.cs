using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Stories.Pages;

public sealed class SignUpPage(IPage page)
{
    public const string Path = "/account/sign-up";

    public async Task SignUpAsync(string name, string email, string zone)
    {
        await page.GotoAsync(Path);
        await page.Locator("#sign-up #Name").FillAsync(name);
        await page.Locator("#sign-up #Email").FillAsync(email);
        await page.Locator("#zone-box summary").ClickAsync();
        await page.Locator("#sign-up #Zone").FillAsync(zone);
        await page.Locator("#sign-up-button").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/account/check-mail"));
    }
}

public sealed class ConfirmEmailPage(IPage page)
{
    public async Task ConfirmAsync(string link, string password)
    {
        await page.GotoAsync(link);
        await page.Locator("#confirm #Password").FillAsync(password);
        await page.Locator("#confirm-button").ClickAsync();
        await Expect(page).Not.ToHaveURLAsync(new Regex("confirm-email"));
    }
}

public sealed class ProfilePage(IPage page)
{
    private ILocator Language => page.Locator("#profile #Language");
    private ILocator Zone => page.Locator("#profile #Zone");

    public ILocator Notice => page.Locator(".notice.good");

    public Task OpenAsync() => page.GotoAsync("/account/profile");

    public Task<string> ZoneAsync() => Zone.InputValueAsync();

    public Task<string> LanguageAsync() => Language.InputValueAsync();

    public async Task SaveAsync(string language, string zone)
    {
        await Language.SelectOptionAsync(language);
        await page.Locator("#zone-box summary").ClickAsync();
        await Zone.FillAsync(zone);
        await page.Locator("#profile-button").ClickAsync();
        await Notice.WaitForAsync();
    }
}

public sealed class SignOutPage(IPage page)
{
    public async Task SignOutAsync()
    {
        await page.GotoAsync("/account/sign-out");
        await page.Locator("#sign-out-button").ClickAsync();
        await Expect(page).Not.ToHaveURLAsync(new Regex("sign-out"));
    }
}
