using Microsoft.Playwright;

namespace Stories.Pages;

/// <summary>A mentor's hours and tool.</summary>
public sealed class SettingsPage(IPage page)
{
    private ILocator Url => page.Locator("[name='Input.ExternalMeetingUrl']");
    private ILocator Save => page.Locator("#save");

    public ILocator Saved => page.Locator(".notice.good");
    public ILocator UrlError => page.Locator(".field", new() { Has = Url }).Locator(".error");

    /// <summary>What the portal says while one types.</summary>
    public ILocator UrlVerdict => page.Locator("#url-verdict");

    public Task OpenToolAsync() => page.GotoAsync("/settings/tool");

    public Task OpenHoursAsync() => page.GotoAsync("/settings/hours");

    public async Task ConfirmByHandAsync(bool byHand)
    {
        await OpenHoursAsync();
        await page.Locator($"[name='Input.ConfirmsByHand'][value='{(byHand ? "true" : "false")}']").CheckAsync();
        Assert.Equal(302, await SaveAsync());
    }

    public Task ChooseAsync(string tool) => page.Locator($"[name='Input.ProviderId'][value='{tool}']").CheckAsync();

    public Task<bool> IsChosenAsync(string tool) => page.Locator($"[name='Input.ProviderId'][value='{tool}']").IsCheckedAsync();

    public Task WriteUrlAsync(string url) => Url.FillAsync(url);

    public Task<string> UrlAsync() => Url.InputValueAsync();

    /// <param name="row">Two rows a day, Sunday first.</param>
    public async Task WriteHoursAsync(int row, string from, string to)
    {
        await page.Locator($"#from-{row}").FillAsync(from);
        await page.Locator($"#to-{row}").FillAsync(to);
    }

    public async Task<(string From, string To)> HoursAsync(int row) =>
        (await page.Locator($"#from-{row}").InputValueAsync(), await page.Locator($"#to-{row}").InputValueAsync());

    public async Task<int> SaveAsync()
    {
        var answer = await page.RunAndWaitForResponseAsync(() => Save.ClickAsync(), r => r.Request.Method == "POST");
        await page.WaitForLoadStateAsync();
        return answer.Status;
    }
}
