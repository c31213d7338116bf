using Microsoft.Playwright;

namespace Stories.Pages;

/// <summary>The page a mailed link leads to.</summary>
public sealed class DoorPage(IPage page)
{
    private ILocator Door => page.Locator(".door");
    private ILocator Button => page.Locator("#join");
    private ILocator Form => page.Locator("#join-form");

    public ILocator Card => page.Locator("article.session");
    public ILocator Countdown => page.Locator("#countdown");
    public ILocator GoesOnByItself => page.Locator("#goes-on");
    public ILocator ButtonText => page.Locator("#join span");

    /// <returns>The status.</returns>
    public async Task<int> OpenAsync(string link) => (await page.GotoAsync(link))!.Status;

    public async Task<string> DecisionAsync() => (await Door.GetAttributeAsync("data-decision"))!;

    public Task<string?> WasPressedAsync() => Form.GetAttributeAsync("data-pressed");

    public Task PressAsync() => Button.ClickAsync();
}
