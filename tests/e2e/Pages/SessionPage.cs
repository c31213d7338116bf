using Microsoft.Playwright;

namespace Stories.Pages;

public sealed class SessionPage(IPage page)
{
    private ILocator CancelBox => page.Locator("#cancel-box summary");
    private ILocator Reason => page.Locator("#Reason");
    private ILocator CancelButton => page.Locator("#cancel");

    public ILocator Booked => page.Locator("#booked");
    public ILocator Heading => page.Locator("h1");
    public ILocator State => page.Locator("article.session .chip");
    public ILocator CancelledCard => page.Locator("#cancelled");

    public Task<string> TimeAsync() => page.Locator("article.session time").InnerTextAsync();

    /// <summary>Ends on the session's page again.</summary>
    public async Task MoveToLastTimeAsync()
    {
        await page.Locator("a#move").ClickAsync();
        await page.Locator(".slot").Last.ClickAsync();
        await page.Locator("button#move").ClickAsync();
        await CancelBox.WaitForAsync();
    }

    public async Task CancelAsync(string reason)
    {
        await CancelBox.ClickAsync();
        await Reason.FillAsync(reason);
        await CancelButton.ClickAsync();
    }
}
