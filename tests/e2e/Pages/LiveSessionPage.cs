using Microsoft.Playwright;

namespace Stories.Pages;

/// <summary>A session's page while it runs, and what the door shares with it.</summary>
public sealed class LiveSessionPage(IPage page)
{
    private ILocator ExtendBox => page.Locator("#extend-box summary");
    private ILocator Minutes => page.Locator("#minutes");
    private ILocator ExtendButton => page.Locator("#extend");
    private ILocator LateBox => page.Locator("#late-box summary");
    private ILocator Rows => page.Locator("#arrivals .row");

    public ILocator LateSaid => page.Locator("#late-said");
    public ILocator OtherIsLate => page.Locator("[data-id='late-other']");
    public ILocator MayRecordFrom => page.Locator("#missed-from");
    public ILocator Missed => page.Locator("#missed");

    public ILocator Arrival(string person) => Rows.Filter(new() { HasText = person });

    public ILocator RecordedAsMissing(string person) => Arrival(person).Locator(".chip.bad");

    /// <summary>The one of the sessions ahead that comes first.</summary>
    public async Task OpenFirstAsync()
    {
        await page.GotoAsync("/sessions");
        await page.Locator("#next .next-topic a").ClickAsync();
        await page.Locator("#arrivals").WaitForAsync();
    }

    /// <summary>Says whom it concerns before it is done.</summary>
    public async Task RecordMissedAsync(string person)
    {
        var fold = page.Locator("details.confirm", new() { Has = Missed });
        await fold.Locator("summary").ClickAsync();
        Assert.Contains(person, await fold.InnerTextAsync());
        await Missed.ClickAsync();
    }

    public Task OpenExtendBoxAsync() => ExtendBox.ClickAsync();

    public Task OpenLateBoxAsync() => LateBox.ClickAsync();

    public async Task ExtendAsync(int minutes)
    {
        await OpenExtendBoxAsync();
        await Minutes.SelectOptionAsync($"{minutes}");
        await page.RunAndWaitForResponseAsync(() => ExtendButton.ClickAsync(), r => r.Request.Method == "POST");
        await page.WaitForLoadStateAsync();
    }

    public async Task SayLateAsync(int minutes)
    {
        await OpenLateBoxAsync();
        await page.Locator($"[data-id='late-{minutes}']").ClickAsync();
        await LateSaid.WaitForAsync();
    }
}
