using Microsoft.Playwright;

namespace Stories.Pages;

/// <summary>Where a mentee says how a session was.</summary>
public sealed class FeedbackPage(IPage page)
{
    private ILocator Button => page.Locator("#feedback-button");

    public ILocator Comment => page.Locator("#Comment");
    public ILocator Problem => page.Locator("#rating-error");

    public ILocator Rated(int value) => page.Locator($"[name='Rating'][value='{value}']");

    public async Task SendAsync(int? rating, string words)
    {
        if (rating is { } value)
            await Rated(value).CheckAsync();
        await Comment.FillAsync(words);
        await page.RunAndWaitForResponseAsync(() => Button.ClickAsync(), r => r.Request.Method == "POST");
        await page.WaitForLoadStateAsync();
    }
}

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
