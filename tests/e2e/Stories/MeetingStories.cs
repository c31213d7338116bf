using Stories.Fixture;
using Stories.Pages;
using static Microsoft.Playwright.Assertions;

namespace Stories;

/// <summary>A portal whose meetings open inside its own page; a small script stands for the meeting server's.</summary>
[Collection(StoryFixture.Name)]
public sealed class MeetingStories(StoryFixture stories) : IAsyncLifetime
{
    private const string Script = """
        globalThis.JitsiMeetExternalAPI = class {
          constructor(domain, options) {
            const room = options.parentNode, handlers = {};
            this.on = (name, handler) => { handlers[name] = handler; };
            this.dispose = () => {};
            Object.assign(room.dataset, { domain, roomName: options.roomName, jwt: options.jwt, lang: options.lang });
            const hangUp = document.createElement("button");
            hangUp.id = "hang-up";
            hangUp.textContent = "Hang up";
            hangUp.addEventListener("click", () => { handlers.videoConferenceLeft(); handlers.readyToClose(); });
            room.append(hangUp);
            setTimeout(() => handlers.videoConferenceJoined({ id: "me", breakoutRoom: false }));
          }
        };
        """;

    private RunningPortal? _portal;

    public async Task InitializeAsync()
    {
        stories.Outside.Answer("https://meet.test/external_api.js", "text/javascript", Script);
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
        await Expect(meeting.Room).ToHaveAttributeAsync("data-domain", "meet.test");
        Assert.StartsWith("itcom-session-", await meeting.Room.GetAttributeAsync("data-room-name"));
        Assert.Equal(3, (await meeting.Room.GetAttributeAsync("data-jwt"))!.Split('.').Length);
        Assert.Equal(language, await meeting.Room.GetAttributeAsync("data-lang"));
        await Expect(meeting.State).ToBeHiddenAsync();
        Assert.DoesNotContain("jwt", page.Url);
        // The bar with the topic does not make the room wider than a phone.
        await page.SetViewportSizeAsync(320, 640);
        await page.EvaluateAsync("() => { document.querySelector('.room-title').textContent = 'A topic of many words '.repeat(8); }");
        Assert.True(await page.EvaluateAsync<bool>("""
            () => [...document.querySelectorAll('.room-head, .room-stage, .room-head .tool')]
                .every(e => e.getBoundingClientRect().right <= innerWidth && e.getBoundingClientRect().left >= 0)
            """));

        await page.Locator("#hang-up").ClickAsync();
        await Expect(meeting.State).ToBeVisibleAsync();
        await Expect(meeting.Room).ToBeHiddenAsync();
        await meeting.Again.ClickAsync();
        await Expect(meeting.Room).ToHaveAttributeAsync("data-domain", "meet.test");
    });
}
