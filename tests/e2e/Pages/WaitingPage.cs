using Microsoft.Playwright;

namespace Stories.Pages;

/// <summary>Who waits and who has come, in the meeting and on the session's page.</summary>
public sealed class WaitingPage(IPage page)
{
    public ILocator InMeeting => page.Locator("#meeting-waiting");
    public ILocator MeetingRows => InMeeting.Locator("li[data-person]");
    public ILocator MeetingNews => page.Locator("#meeting-news");
    public ILocator Section => page.Locator("#waiting");
    public ILocator Rows => Section.Locator("li[data-person]");
    public ILocator News => page.Locator("#session-live [role=status]");
    public ILocator Changed => page.Locator("#session-live [data-changed]");

    public Task AdmitInMeetingAsync() => MeetingRows.First.Locator("[data-admit]").ClickAsync();

    public Task AdmitAsync() => Rows.First.Locator("[data-id=admit]").ClickAsync();
}
