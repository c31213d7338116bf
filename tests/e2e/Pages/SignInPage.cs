using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Portal.Demo;
using static Microsoft.Playwright.Assertions;

namespace Stories.Pages;

public sealed class SignInPage(IPage page)
{
    public const string Path = "/account/sign-in";

    private ILocator Email => page.Locator("#sign-in #Email");
    private ILocator Password => page.Locator("#sign-in #Password");
    private ILocator Button => page.Locator("#sign-in-button");

    public async Task SignInAsync(string email, string password)
    {
        await page.GotoAsync(Path);
        await FillAsync(email, password);
    }

    /// <summary>Where the portal has already asked for a sign-in.</summary>
    public async Task FillAsync(string email, string password)
    {
        await Email.FillAsync(email);
        await Password.FillAsync(password);
        await Button.ClickAsync();
        await Expect(page).Not.ToHaveURLAsync(new Regex(Path));
    }

    public Task SignInAsync(DemoPerson person) => SignInAsync(person.Email, DemoData.Password);
}
