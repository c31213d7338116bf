using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Portal.Demo;
using Stories.Fixture;
using Stories.Pages;
using static Microsoft.Playwright.Assertions;

namespace Stories;

/// <summary>Two people at once, where the mentor lets in who waits: each hears of the other without touching the page.</summary>
[Collection(StoriesBeside.Name)]
public sealed class WaitingStories(StoryFixture stories) : IAsyncLifetime
{
    private const string Server = """
        <!doctype html><html lang="en"><title>Meeting</title><script>
          const say = (method, params) => parent.postMessage(JSON.stringify({ postis: true, scope: "jitsi_meet_external_api_0", method, params }), "*");
          const greeting = setInterval(() => say("__ready__", "17"), 50);
          addEventListener("message", event => {
            if (JSON.parse(event.data).params !== "17") return;
            clearInterval(greeting);
            say("message", { type: "event", data: { name: "video-conference-joined", id: "me", breakoutRoom: false } });
          });
        </script></html>
        """;

    private RunningPortal? _portal;

    public async Task InitializeAsync()
    {
        stories.Outside.Answer("https://meet.test/*", "text/html; charset=utf-8", Server);
        _portal = await RunningPortal.StartOwnAsync(stories.Server, new()
        {
            ["Providers:jitsi:Mode"] = "SelfHosted",
            ["Providers:jitsi:Domain"] = "meet.test",
            ["Providers:jitsi:AppId"] = "stories",
            ["Providers:jitsi:AppSecret"] = "a secret that only the stories know",
            ["Join:WaitingRoom"] = "MentorAdmits",
        });
    }

    public async Task DisposeAsync() => await _portal!.DisposeAsync();

    [Theory, InlineData("en", 1280), InlineData("ar", 375)]
    public Task A_mentee_waits_and_the_mentor_in_the_meeting_lets_them_in(string language, int width) =>
        TwoAsync(language, async (page, other) =>
    {
        var mentee = Persons.Mentee(language);
        await WaitAsync(page, mentee, language);
        await page.AssertAccessibleAsync();
        var (_, link) = await _portal!.DemoLinkAsync(Persons.Mentor(language), other, "Open");
        await other.SetViewportSizeAsync(width, 740);
        await new DoorPage(other).PressAsync();
        await new MeetingPage(other).OpenedAsync();
        var waiting = new WaitingPage(other);
        await Expect(waiting.MeetingRows).ToHaveCountAsync(1);
        await Expect(waiting.MeetingRows).ToContainTextAsync(mentee.Name);
        await Pictures.TakeAsync(other, $"waiting-in-meeting.{language}");
        await other.AssertAccessibleAsync();

        var took = Stopwatch.StartNew();
        await waiting.AdmitInMeetingAsync();
        await new MeetingPage(page).OpenedAsync();
        Assert.True(took.Elapsed < TimeSpan.FromSeconds(8), "The door asked instead of hearing.");
        await Expect(waiting.InMeeting).ToBeHiddenAsync();

        // More time is said in the room, and a cancelled session leads out of it.
        await other.GotoAsync($"/sessions/{IdOf(page)}");
        await new SignInPage(other).SignInAsync(Persons.Mentor(language));
        await other.GotoAsync($"/sessions/{IdOf(page)}");
        await new LiveSessionPage(other).ExtendAsync(10);
        await Expect(new WaitingPage(page).MeetingNews).ToHaveTextAsync(new Regex(@"\d\d:\d\d"));
        await new SessionPage(other).CancelAsync("Ill");
        await Expect(page.Locator("#meeting-room")).ToHaveCountAsync(0);
    });

    [Theory, InlineData("ar", 375), InlineData("en", 1280)]
    public Task The_mentor_hears_on_the_sessions_page_who_waits_and_lets_them_in(string language, int width) =>
        TwoAsync(language, async (page, other) =>
    {
        await other.SetViewportSizeAsync(width, 740);
        await new SignInPage(other).SignInAsync(Persons.Mentor(language));
        await new LiveSessionPage(other).OpenFirstAsync();
        var waiting = new WaitingPage(other);
        await Expect(waiting.Section).ToHaveCountAsync(0);
        await WaitAsync(page, Persons.Mentee(language), language);
        await Expect(waiting.Rows).ToHaveCountAsync(1);
        await Expect(waiting.News).ToContainTextAsync(Persons.Mentee(language).Name);
        await Pictures.TakeAsync(other, $"waiting-on-page.{language}");
        await other.AssertAccessibleAsync();
        await waiting.AdmitAsync();
        await new MeetingPage(page).OpenedAsync();
    });

    [Fact]
    public Task Who_waits_hears_that_the_session_is_cancelled() => TwoAsync("en", async (page, other) =>
    {
        await WaitAsync(page, Persons.Mentee("en"), "en");
        await new SignInPage(other).SignInAsync(Persons.Mentor("en"));
        await new LiveSessionPage(other).OpenFirstAsync();
        await new SessionPage(other).CancelAsync("Ill");
        await Expect(page.Locator(".door[data-decision=Cancelled]")).ToBeVisibleAsync();
    });

    [Theory, InlineData("en"), InlineData("ar")]
    public Task The_sessions_page_says_of_more_time_and_that_the_session_is_cancelled(string language) =>
        TwoAsync(language, async (page, other) =>
    {
        foreach (var (browser, person) in new[] { (page, Persons.Mentee(language)), (other, Persons.Mentor(language)) })
        {
            await new SignInPage(browser).SignInAsync(person);
            await new LiveSessionPage(browser).OpenFirstAsync();
        }
        Assert.Equal(new Uri(page.Url).AbsolutePath, new Uri(other.Url).AbsolutePath);
        await new LiveSessionPage(other).ExtendAsync(5);
        await Expect(new WaitingPage(page).News).ToContainTextAsync(new Regex(@"\d\d:\d\d"));
        await Expect(new WaitingPage(page).Changed).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(new WaitingPage(page).Changed).ToBeHiddenAsync();
        await new SessionPage(other).CancelAsync("Ill");
        await Expect(new WaitingPage(page).Changed).ToBeVisibleAsync();
        await Pictures.TakeAsync(page, $"session-changed.{language}");
        await page.AssertAccessibleAsync();

        await page.GotoAsync("/account/notifications");
        await Expect(page.Locator("#push-on")).ToBeVisibleAsync();
        await Pictures.TakeAsync(page, $"notifications.{language}");
        await page.AssertAccessibleAsync();
    });

    /// <summary>At the door, the button pressed.</summary>
    private async Task WaitAsync(IPage page, DemoPerson mentee, string language)
    {
        await _portal!.DemoLinkAsync(mentee, page, "WaitingForMentor");
        await Pictures.TakeAsync(page, $"door-before.{language}");
        await new DoorPage(page).PressAsync();
        await Expect(new DoorPage(page).GoesOnByItself).ToBeVisibleAsync();
        await Pictures.TakeAsync(page, $"door-waiting.{language}");
    }

    private static string IdOf(IPage page) => new Uri(page.Url).Segments[^1];

    private Task TwoAsync(string language, Func<IPage, IPage, Task> story) => stories.TellAsync(language, async page =>
    {
        await using var theirs = await stories.NewContextAsync(language, portal: _portal);
        await story(page, await theirs.NewPageAsync());
        Assert.Empty(theirs.Complaints);
    }, _portal);
}
