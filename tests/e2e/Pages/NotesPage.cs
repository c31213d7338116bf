using Microsoft.Playwright;

namespace Stories.Pages;

/// <summary>The notes beside a session, on its page or in its room.</summary>
public sealed class NotesPage(IPage page)
{
    public ILocator Panel => page.Locator("[data-notes]");
    public ILocator Agenda => page.Locator("#note-agenda");
    public ILocator Shared => page.Locator("#note-notes");
    public ILocator Own => page.Locator("#note-own");
    public ILocator Steps => page.Locator("[data-part=steps] .to-do li");
    public ILocator Said => page.Locator("[data-said]");
    public ILocator Chat => page.Locator("[data-part=chat] li");
    public ILocator InRoom => page.Locator("#room-beside");

    public Task OpenInRoomAsync() => page.Locator("#room-notes").ClickAsync();

    public Task CloseInRoomAsync() => page.Locator("#room-beside [data-close]").ClickAsync();

    public async Task AddStepAsync(string text)
    {
        await page.Locator("#step").FillAsync(text);
        await page.Locator("#step-add").ClickAsync();
    }

    public Task MarkDoneAsync(int step) => Steps.Nth(step).Locator(".step-mark").ClickAsync();
}
