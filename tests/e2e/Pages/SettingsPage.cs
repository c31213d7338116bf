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

    private ILocator Day(DayOfWeek day) => page.Locator($"[data-day='{day}']");

    public async Task WriteHoursAsync(DayOfWeek day, string from, string to)
    {
        await Day(day).Locator("[name=on]").CheckAsync();
        await Day(day).Locator("select").First.SelectOptionAsync(from);
        await Day(day).Locator("select").Nth(1).SelectOptionAsync(to);
    }

    public Task<bool> IsOnAsync(DayOfWeek day) => Day(day).Locator("[name=on]").IsCheckedAsync();

    public async Task<(string From, string To)> HoursAsync(DayOfWeek day) =>
        (await Day(day).Locator("select").First.InputValueAsync(), await Day(day).Locator("select").Nth(1).InputValueAsync());

    public async Task<int> SaveAsync()
    {
        var answer = await page.RunAndWaitForResponseAsync(() => Save.ClickAsync(),
            r => r.Request.Method == "POST" && !r.Url.EndsWith("/check-url", StringComparison.Ordinal));
        await page.WaitForLoadStateAsync();
        return answer.Status;
    }
}
