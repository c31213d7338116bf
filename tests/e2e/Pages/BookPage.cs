using Microsoft.Playwright;

namespace Stories.Pages;

/// <summary>From the list of mentors to a booked session.</summary>
public sealed class BookPage(IPage page)
{
    private ILocator Slots => page.Locator(".slot[data-start]");
    private ILocator Days => page.Locator("[data-day]");
    private ILocator Topic => page.Locator("#Input_Topic");
    private ILocator Book => page.Locator("#book");

    public ILocator Refusal => page.Locator("#refusal");

    public async Task<Guid> PickMentorAsync(string name)
    {
        await page.GotoAsync("/mentors");
        await page.Locator(".mentor-card").Filter(new() { HasText = name }).Locator("h2 a").ClickAsync();
        await page.Locator("#times").WaitForAsync();
        return Guid.Parse(new Uri(page.Url).Segments[^1]);
    }

    /// <summary>Days with free times, the first is 0; those of the weeks after follow.</summary>
    public async Task PickDayAsync(int number)
    {
        await Slots.First.WaitForAsync();
        while (await Days.CountAsync() is var here && number >= here)
        {
            number -= here;
            await page.RunAndWaitForResponseAsync(() => page.Locator("#weeks-after").ClickAsync(), r =>
                r.Request.ResourceType == "document");
            await page.WaitForLoadStateAsync();
        }
        await Days.Nth(number).ClickAsync();
    }

    public Task OpenTimeAsync(Guid mentor, string start) => page.GotoAsync($"/mentors/{mentor}?start={Uri.EscapeDataString(start)}");

    /// <summary>The free times of the day shown.</summary>
    public async Task<IReadOnlyList<string>> TimesAsync() =>
        await Slots.EvaluateAllAsync<string[]>("all => all.map(a => a.dataset.start)");

    public Task PickAsync(string start) => page.Locator($".slot[data-start='{start}']").First.ClickAsync();

    /// <summary>The last kind that the mentor offers is a group.</summary>
    public async Task PickGroupAsync()
    {
        await page.Locator(".pills a").Last.ClickAsync();
        await page.WaitForURLAsync("**kind=**");
        await Slots.First.WaitForAsync();
    }

    public async Task<int> TakeSeatAsync()
    {
        var answer = await page.RunAndWaitForResponseAsync(() => Book.ClickAsync(), r => r.Request.Method == "POST");
        await page.WaitForLoadStateAsync();
        return answer.Status;
    }

    public async Task<int> BookAsync(string topic)
    {
        await Topic.FillAsync(topic);
        var answer = await page.RunAndWaitForResponseAsync(() => Book.ClickAsync(), r => r.Request.Method == "POST");
        await page.WaitForLoadStateAsync();
        return answer.Status;
    }
}
