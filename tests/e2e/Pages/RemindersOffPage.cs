using Microsoft.Playwright;

namespace Stories.Pages;

/// <summary>Where the link of a reminder leads.</summary>
public sealed class RemindersOffPage(IPage page)
{
    private ILocator Button => page.Locator("#reminders-off-button");

    public async Task PressAsync()
    {
        await Button.ClickAsync();
        await page.Locator("#reminders-off").WaitForAsync();
    }

    /// <summary>What a signed-in person has chosen: minutes.</summary>
    public async Task<IReadOnlyList<string>> ChosenAsync(IPage signedIn)
    {
        await signedIn.GotoAsync("/account/reminders");
        return await signedIn.Locator("[name='Minutes']:checked").EvaluateAllAsync<string[]>("all => all.map(e => e.value)");
    }
}
