using Stories.Fixture;
using Stories.Pages;
using static Microsoft.Playwright.Assertions;

namespace Stories;

/// <summary>A portal whose meetings open inside its own page; a small page stands for the meeting server's.</summary>
[Collection(StoryFixture.Name)]
public sealed class MeetingStories(StoryFixture stories) : IAsyncLifetime
{
    private const string Server = """
        <!doctype html><html lang="en"><title>Meeting</title><button id="hang-up">Hang up</button><script>
          const say = (method, params) => parent.postMessage(JSON.stringify({ postis: true, scope: "jitsi_meet_external_api_0", method, params }), "*");
          const tell = (name, data = {}) => say("message", { type: "event", data: { name, ...data } });
          document.getElementById("hang-up").addEventListener("click", () => { tell("video-conference-left"); tell("video-ready-to-close"); });
          const greeting = setInterval(() => say("__ready__", "17"), 50);
          addEventListener("message", event => {
            if (JSON.parse(event.data).params !== "17") return;
            clearInterval(greeting);
            tell("video-conference-joined", { id: "me", breakoutRoom: false });
          });
        </script></html>
        """;

    private RunningPortal? _portal;

    public async Task InitializeAsync()
    {
        stories.Outside.Answer("https://meet.test/*", "text/html; charset=utf-8", Server);
        _portal = await RunningPortal.StartOwnAsync(new()
        {
            ["Providers:jitsi:Mode"] = "SelfHosted",
            ["Providers:jitsi:Domain"] = "meet.test",
            ["Providers:jitsi:AppId"] = "stories",
            ["Providers:jitsi:AppSecret"] = "a secret that only the stories know",
        });
    }

    public async Task DisposeAsync() => await _portal!.DisposeAsync();

    [Theory, InlineData("en"), InlineData("ar")]
    public Task The_room_opens_inside_the_portal_and_leaving_it_leads_back(string language) => stories.TellAsync(language, async page =>
    {
        var (_, link) = await _portal!.DemoLinkAsync(Persons.Mentee(language), page, "Open");
        var door = new DoorPage(page);
        await door.PressAsync();
        var meeting = new MeetingPage(page);
        await meeting.OpenedAsync();
        var address = new Uri((await meeting.Frame.GetAttributeAsync("src"))!);
        Assert.Equal("meet.test", address.Host);
        Assert.StartsWith("/itcom-session-", address.AbsolutePath);
        Assert.Matches($@"^\?jwt=[^.]+\.[^.]+\.[^.]+&lang={language}$", address.Query);
        await Expect(meeting.State).ToBeHiddenAsync();
        Assert.DoesNotContain("jwt", page.Url);
        // The bar with the topic does not make the room wider than a phone.
        await page.SetViewportSizeAsync(320, 640);
        await page.EvaluateAsync("() => { document.querySelector('.room-title').textContent = 'A topic of many words '.repeat(8); }");
        Assert.True(await page.EvaluateAsync<bool>("""
            () => [...document.querySelectorAll('.room-head, .room-stage, .room-head .tool')]
                .every(e => e.getBoundingClientRect().right <= innerWidth && e.getBoundingClientRect().left >= 0)
            """));

        await meeting.HangUp.ClickAsync();
        await Expect(meeting.State).ToBeVisibleAsync();
        await Expect(meeting.Room).ToBeHiddenAsync();
        await meeting.Again.ClickAsync();
        await Expect(meeting.Frame).ToHaveCountAsync(1);
    });
}
