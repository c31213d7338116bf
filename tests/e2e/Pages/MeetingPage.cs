using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Stories.Pages;

/// <summary>The embedded room.</summary>
public sealed class MeetingPage(IPage page)
{
    public ILocator Room => page.Locator("#meeting-room");
    public ILocator Frame => page.Locator("#meeting-room > iframe");
    public ILocator HangUp => page.FrameLocator("#meeting-room > iframe").Locator("#hang-up");
    public ILocator State => page.Locator("#meeting-state");
    public ILocator Again => page.Locator("#meeting-again");

    public Task OpenedAsync() => Expect(page).ToHaveURLAsync(new Regex("/meeting/"));
}
