using Stories.Fixture;
using Stories.Pages;
using static Microsoft.Playwright.Assertions;

namespace Stories;

/// <summary>A portal whose meetings open inside its own page; a small page stands for the meeting server's.</summary>
[Collection(StoriesBeside.Name)]
public sealed class MeetingStories(StoryFixture stories) : IAsyncLifetime
{
    internal const string Server = """
        <!doctype html><html lang="en"><title>Meeting</title>
        <button id="hang-up">Hang up</button><button id="hitch">Hitch</button><button id="break">Break</button><button id="kick">Kick</button>
        <button id="destroy">End for all</button><button id="full">Full</button><button id="mute">Mute</button><button id="slow">Slow</button><button id="other">Other</button>
        <button id="other-goes">Other goes</button><button id="end-meeting">End meeting</button><ol id="told"></ol><script>
          const say = (method, params) => parent.postMessage(JSON.stringify({ postis: true, scope: "jitsi_meet_external_api_0", method, params }), "*");
          const tell = (name, data = {}) => say("message", { type: "event", data: { name, ...data } });
          const on = (id, act) => document.getElementById(id).addEventListener("click", act);
          const fail = (name, isFatal) => tell("error-occurred", { error: { name, type: "CONNECTION", isFatal } });
          const close = () => { tell("video-conference-left"); tell("video-ready-to-close"); };
          on("hang-up", close);
          on("hitch", () => fail("connection.otherError", false));
          on("break", () => fail("connection.droppedError", true));
          on("kick", () => { tell("participant-kicked-out", { kicked: { id: "me", local: true } }); setTimeout(close, 500); });
          on("destroy", () => { fail("conference.destroyed", false); setTimeout(close, 500); });
          on("full", () => fail("conference.max_users", false));
          on("mute", () => tell("audio-mute-status-changed", { muted: true }));
          on("other", () => tell("participant-joined", { id: "other" }));
          on("end-meeting", () => tell("toolbar-button-clicked", { key: "end-meeting", preventExecution: true }));
          let quality = 100;
          const rooms = { main: { id: "main", name: "", isMainRoom: true, participants: {} } };
          on("slow", () => { quality = 5; });
          addEventListener("message", event => {
            const { type, id, data } = JSON.parse(event.data).params ?? {};
            if (type === "request")
              say("message", { type: "response", id, result: data.name === "list-breakout-rooms" ? rooms : { connectionQuality: quality } });
            if (type !== "event") return;
            if (data.name === "add-breakout-room") {
              rooms[data.data[0]] = { id: `id-of-${data.data[0]}`, name: data.data[0], participants: {} };
              setTimeout(() => tell("breakout-rooms-updated", { rooms }), 100);
            }
            document.getElementById("told").append(Object.assign(document.createElement("li"), { textContent: [data.name, ...data.data].join(" ") }));
          });
          on("other-goes", () => tell("participant-left", { id: "other" }));
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
        _portal = await RunningPortal.StartOwnAsync(stories.Server, new()
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

        // What the call gets over by itself does not stand in front of it.
        await page.EvaluateAsync("() => document.addEventListener('meeting-error', () => { window.hitches = (window.hitches ?? 0) + 1; })");
        await meeting.InFrame("hitch").ClickAsync();
        await page.WaitForFunctionAsync("() => window.hitches === 1");
        await Expect(meeting.State).ToBeHiddenAsync();

        await meeting.HangUp.ClickAsync();
        await Expect(meeting.State).ToBeVisibleAsync();
        await Expect(meeting.Room).ToBeHiddenAsync();
        await meeting.Again.ClickAsync();
        await Expect(meeting.Frame).ToHaveCountAsync(1);
        await Expect(meeting.State).ToBeHiddenAsync();
    });

    [Theory, InlineData("en"), InlineData("ar")]
    public Task A_lost_line_is_mended_by_a_new_token_and_leaves_people_muted(string language) => stories.TellAsync(language, async page =>
    {
        var meeting = await EnterAsync(page, language);
        var first = await meeting.Frame.GetAttributeAsync("src");
        await meeting.InFrame("mute").ClickAsync();
        await meeting.InFrame("break").ClickAsync();
        await Expect(meeting.State).ToBeVisibleAsync();
        await Expect(meeting.Frame).ToHaveCountAsync(0);
        await Expect(meeting.Countdown).ToBeVisibleAsync();
        await Pictures.TakeAsync(page, $"room-reconnecting.{language}");
        await Expect(meeting.Frame).ToHaveCountAsync(1);
        await Expect(meeting.State).ToBeHiddenAsync();
        var second = Uri.UnescapeDataString((await meeting.Frame.GetAttributeAsync("src"))!);
        Assert.NotEqual(Token(first!), Token(second));
        Assert.Contains("config.startWithAudioMuted=true", second);
        Assert.Contains("config.prejoinConfig={\"enabled\":false", second);
        Assert.DoesNotContain("jwt", page.Url);

        // A reload comes back past the first page, too; and whoever was put out stays out.
        await page.ReloadAsync();
        Assert.Contains("config.prejoinConfig={\"enabled\":false", Uri.UnescapeDataString((await meeting.Frame.GetAttributeAsync("src"))!));
        await meeting.InFrame("kick").ClickAsync();
        await Expect(meeting.State).ToBeVisibleAsync();
        await Expect(meeting.Frame).ToHaveCountAsync(0);
        var removed = await meeting.State.TextContentAsync();
        await page.WaitForTimeoutAsync(1000);
        Assert.Equal(removed, await meeting.State.TextContentAsync());
        await Expect(meeting.Again).ToBeHiddenAsync();
        await page.ReloadAsync();
        Assert.Contains("config.prejoinConfig={\"enabled\":true", Uri.UnescapeDataString((await meeting.Frame.GetAttributeAsync("src"))!));
    });

    [Fact]
    public Task A_room_that_is_ended_or_full_says_so_and_lets_camera_and_microphone_go() => stories.TellAsync("en", async page =>
    {
        var meeting = await EnterAsync(page, "en");
        foreach (var (act, again) in new[] { ("full", true), ("destroy", false) })
        {
            await meeting.InFrame(act).ClickAsync();
            await Expect(meeting.State).ToBeVisibleAsync();
            await Expect(meeting.Frame).ToHaveCountAsync(0);
            await Expect(meeting.Again).ToBeVisibleAsync(new() { Visible = again });
            await page.ReloadAsync();
            await Expect(meeting.State).ToBeHiddenAsync();
        }
    });

    [Fact]
    public Task Offline_is_said_at_once_and_a_second_tab_takes_the_room_over() => stories.TellAsync("en", async page =>
    {
        var meeting = await EnterAsync(page, "en");
        await meeting.InFrame("other").ClickAsync();
        await page.Context.SetOfflineAsync(true);
        await Expect(meeting.Note).ToContainTextAsync("offline");
        await page.Context.SetOfflineAsync(false);
        await Expect(meeting.Note).ToContainTextAsync("back online");
        await Expect(meeting.Frame).ToHaveCountAsync(1);

        var second = await page.Context.NewPageAsync();
        await second.GotoAsync(page.Url);
        await Expect(new MeetingPage(second).Frame).ToHaveCountAsync(1);
        await Expect(meeting.State).ToContainTextAsync("another tab");
        await Expect(meeting.Frame).ToHaveCountAsync(0);
    });

    [Fact]
    public Task Who_is_alone_is_told_and_who_is_joined_is_not() => stories.TellAsync("en", async page =>
    {
        var meeting = await EnterAsync(page, "en");
        await Expect(meeting.Note).ToBeVisibleAsync(new() { Timeout = 15_000 });
        await meeting.InFrame("other").ClickAsync();
        await Expect(meeting.Note).ToBeHiddenAsync();
        await meeting.InFrame("other-goes").ClickAsync();
        await Expect(meeting.Note).ToBeVisibleAsync(new() { Timeout = 15_000 });
    });

    [Fact]
    public Task A_room_that_cannot_be_reached_ends_in_other_ways() => stories.TellAsync("en", async page =>
    {
        var meeting = await EnterAsync(page, "en");
        var address = new Uri((await meeting.Frame.GetAttributeAsync("src"))!);
        // A hotel's network that wants to be signed in to first.
        await page.RouteAsync("**/meeting/*?handler=Again*",
            route => route.FulfillAsync(new() { ContentType = "text/html", Body = "<p>Wi-Fi" }));
        await page.Clock.InstallAsync();
        await meeting.InFrame("break").ClickAsync();
        for (var i = 0; i < 80 && await meeting.Tell.IsHiddenAsync(); i++)
            await page.Clock.RunForAsync(1000);
        await Expect(meeting.Tell).ToBeVisibleAsync();
        var alone = new Uri((await meeting.Alone.GetAttributeAsync("href"))!);
        Assert.Equal(("meet.test", address.AbsolutePath), (alone.Host, alone.AbsolutePath));
        Assert.DoesNotContain("external_api", alone.Fragment);
        await page.Locator("#meeting-ask").ClickAsync();
        await Expect(meeting.State).ToContainTextAsync("has been asked");
    });

    [Theory, InlineData("en", 1280), InlineData("ar", 375)]
    public Task The_mentor_leads_from_inside_and_ends_it_for_all(string language, int width) => stories.TellAsync(language, async page =>
    {
        await page.SetViewportSizeAsync(width, 760);
        var meeting = await EnterAsync(page, language, Persons.Mentor(language));
        await using var other = await stories.NewContextAsync(language, portal: _portal);
        var menteesPage = await other.NewPageAsync();
        var mentees = await EnterAsync(menteesPage, language);
        await Expect(menteesPage.Locator("#room-host")).ToHaveCountAsync(0);

        await meeting.HostMenu.ClickAsync();
        await page.Locator("#room-mute-all").ClickAsync();
        await Expect(meeting.InFrame("told")).ToContainTextAsync("mute-everyone audio");
        await Expect(meeting.HostSaid).ToBeVisibleAsync();
        await page.Locator("#room-minutes").SelectOptionAsync("5");
        await page.Locator("#room-extend").ClickAsync();
        await Expect(meeting.HostSaid).ToContainTextAsync(language == "ar" ? "أصبحت نهاية الجلسة" : "now ends at");
        await Pictures.TakeAsync(page, $"room-host.{language}.{width}");
        Assert.Empty(await page.AccessibilityFaultsAsync());
        await page.Keyboard.PressAsync("Escape");

        // The tool's own entry asks the portal's question; nothing is ended by it alone.
        await meeting.InFrame("end-meeting").ClickAsync();
        await Expect(page.Locator("#room-end")).ToBeFocusedAsync();
        await Pictures.TakeAsync(page, $"room-end.{language}.{width}");
        await Expect(mentees.Frame).ToHaveCountAsync(1);
        await page.Locator("#room-end").ClickAsync();
        await Expect(meeting.State).ToBeVisibleAsync();
        await Expect(meeting.Frame).ToHaveCountAsync(0);
        await Expect(mentees.State).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Expect(mentees.Frame).ToHaveCountAsync(0);
        Assert.Equal(await meeting.State.TextContentAsync(), await mentees.State.TextContentAsync());
        Assert.Empty(other.Complaints);
    }, _portal);

    [Theory, InlineData("en"), InlineData("ar")]
    public Task A_poor_line_is_said_in_words_and_audio_alone_is_offered_once(string language) => stories.TellAsync(language, async page =>
    {
        await page.Clock.InstallAsync();
        var meeting = await EnterAsync(page, language);
        await page.Clock.RunForAsync(11_000);
        await Expect(meeting.Line).ToHaveTextAsync(language == "ar" ? "اتصال جيد" : "Good connection");
        await meeting.InFrame("slow").ClickAsync();
        for (var i = 0; i < 3; i++)
        {
            await page.Clock.RunForAsync(10_000);
            await Expect(meeting.Line).ToHaveTextAsync(language == "ar" ? "اتصال ضعيف" : "Poor connection");
        }
        await Expect(meeting.PoorHint).ToBeVisibleAsync();
        await Pictures.TakeAsync(page, $"room-poor.{language}");
        await page.Locator("#room-poor-yes").ClickAsync();
        await Expect(meeting.InFrame("told")).ToContainTextAsync("set-audio-only true");
        await page.Clock.RunForAsync(60_000);
        await Expect(meeting.PoorHint).ToBeHiddenAsync();
    }, _portal);

    private async Task<MeetingPage> EnterAsync(
        Microsoft.Playwright.IPage page, string language, Portal.Demo.DemoPerson? person = null)
    {
        var (_, link) = await _portal!.DemoLinkAsync(person ?? Persons.Mentee(language), page, "Open");
        await new DoorPage(page).PressAsync();
        var meeting = new MeetingPage(page);
        await meeting.OpenedAsync();
        await Expect(meeting.State).ToBeHiddenAsync();
        return meeting;
    }

    private static string Token(string address) => System.Text.RegularExpressions.Regex.Match(address, "[?]jwt=([^&]+)").Groups[1].Value;
}
