using Microsoft.Playwright;

namespace Stories;

/// <summary>Somebody at a page, and what it costs them: presses, and fields that they fill in.</summary>
public sealed class Effort(IPage page)
{
    public int Clicks { get; private set; }

    public int Fields { get; private set; }

    public async Task ClickAsync(string selector)
    {
        Clicks++;
        await page.Locator(selector).First.ClickAsync();
    }

    public async Task FillAsync(string selector, string text)
    {
        Fields++;
        await page.Locator(selector).FillAsync(text);
    }
}
