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
