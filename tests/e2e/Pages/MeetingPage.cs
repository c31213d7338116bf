using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Stories.Pages;

/// <summary>The embedded room.</summary>
public sealed class MeetingPage(IPage page)
{
    public ILocator Room => page.Locator("#meeting-room");
    public ILocator Frame => page.Locator("#meeting-room > iframe");
    public ILocator HangUp => InFrame("hang-up");
    public ILocator State => page.Locator("#meeting-state");
    public ILocator Note => page.Locator("#meeting-note");
    public ILocator Countdown => page.Locator("#meeting-countdown");
    public ILocator Again => page.Locator("#meeting-again");
    public ILocator Alone => page.Locator("#meeting-alone");
    public ILocator HostMenu => page.Locator("#room-host > summary");
    public ILocator HostSaid => page.Locator("#room-host-said");
    public ILocator TroubleMenu => page.Locator("#room-trouble > summary");
    public ILocator TroubleSaid => page.Locator("#room-trouble-said");
    public ILocator NextStep => page.Locator("#meeting-next");
    public ILocator Line => page.Locator("#meeting-line");
    public ILocator PoorHint => page.Locator("#room-poor");
    public ILocator Tell => page.Locator("#meeting-tell");

    public ILocator InFrame(string id) => page.FrameLocator("#meeting-room > iframe").Locator("#" + id);

    public Task OpenedAsync() => Expect(page).ToHaveURLAsync(new Regex("/meeting/"));
}
