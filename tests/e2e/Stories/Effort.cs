using Microsoft.Playwright;

namespace Stories;

/// <summary>Somebody at a page, and what it costs them: presses, fields to fill in, and emails to go and open.</summary>
public sealed class Effort(IPage page)
{
    public int Clicks { get; private set; }

    public int Fields { get; private set; }

    public int Mails { get; private set; }

    /// <summary>The link is the one thing to press in it.</summary>
    public async Task FollowMailAsync(string link)
    {
        Mails++;
        await page.GotoAsync(link);
    }

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
