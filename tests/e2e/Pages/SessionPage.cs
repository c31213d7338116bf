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

    public async Task CancelAsync(string reason)
    {
        await CancelBox.ClickAsync();
        await Reason.FillAsync(reason);
        await CancelButton.ClickAsync();
    }
}
