using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Stories.Fixture;
using Stories.Pages;
using static Microsoft.Playwright.Assertions;

namespace Stories;

/// <summary>Two people write into one text at once, in the meeting and on the session's page, and lose nothing.</summary>
[Collection(StoriesBeside.Name)]
public sealed class NotesStories(StoryFixture stories) : IAsyncLifetime
{
    /// <summary>A server that tells, once it is asked to, of a message that its person writes to everybody.</summary>
    private const string Server = """
        <!doctype html><html lang="en"><title>Meeting</title><button id="write">Write</button><script>
          const say = (method, params) => parent.postMessage(JSON.stringify({ postis: true, scope: "jitsi_meet_external_api_0", method, params }), "*");
          const tell = (name, more) => say("message", { type: "event", data: { name, ...more } });
          const greeting = setInterval(() => say("__ready__", "17"), 50);
          addEventListener("message", event => {
            if (JSON.parse(event.data).params !== "17") return;
            clearInterval(greeting);
            tell("video-conference-joined", { id: "me", breakoutRoom: false });
          });
          document.getElementById("write").addEventListener("click", () => {
            tell("outgoing-message", { message: "For us two", privateMessage: true });
            tell("outgoing-message", { message: "The link is in the notes", privateMessage: false });
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
            ["Join:KeepsChat"] = "true",
        });
    }

    public async Task DisposeAsync() => await _portal!.DisposeAsync();

    [Theory, InlineData("en", 1280), InlineData("ar", 390)]
    public Task Two_write_at_once_in_the_meeting_and_find_it_on_the_sessions_page(string language, int width) =>
        stories.TellAsync(language, async page =>
    {
        await using var theirs = await stories.NewContextAsync(language, portal: _portal);
        var other = await theirs.NewPageAsync();
        await other.SetViewportSizeAsync(width, 740);
        foreach (var (browser, person) in new[] { (page, Persons.Mentee(language)), (other, Persons.Mentor(language)) })
        {
            await _portal!.DemoLinkAsync(person, browser, "Open");
            await new DoorPage(browser).PressAsync();
            await new MeetingPage(browser).OpenedAsync();
            await new NotesPage(browser).OpenInRoomAsync();
        }
        var (mine, yours) = (new NotesPage(page), new NotesPage(other));
        await mine.Shared.FillAsync("Rewrite the summary. ");
        await Expect(yours.Shared).ToHaveValueAsync("Rewrite the summary. ");
        // Both go on at the same moment.
        await Task.WhenAll(
            mine.Shared.PressSequentiallyAsync("Then the projects. ", new() { Delay = 20 }),
            yours.Shared.PressSequentiallyAsync("Ask Huda too. ", new() { Delay = 20 }));
        foreach (var side in new[] { mine, yours })
            foreach (var words in new[] { "Rewrite the summary.", "Then the projects.", "Ask Huda too." })
                await Expect(side.Shared).ToHaveValueAsync(new Regex(words));
        Assert.Equal(await mine.Shared.InputValueAsync(), await yours.Shared.InputValueAsync());

        await mine.AddStepAsync("Send the new CV");
        await Expect(yours.Steps).ToHaveCountAsync(1);
        await yours.MarkDoneAsync(0);
        await Expect(mine.Steps.First).ToHaveAttributeAsync("data-done", "true");
        await Pictures.TakeAsync(page, $"notes-in-room.{language}");
        await Pictures.TakeAsync(other, $"notes-in-room-{width}.{language}");
        await page.AssertAccessibleAsync();
        await other.AssertAccessibleAsync();
        // A link alone does not open the mentor's own.
        await Expect(yours.Own).ToHaveCountAsync(0);

        await page.FrameLocator("#meeting-room iframe").Locator("#write").ClickAsync();
        await yours.CloseInRoomAsync();
        await Expect(yours.InRoom).ToBeHiddenAsync();
        await new SignInPage(other).SignInAsync(Persons.Mentor(language));
        await new LiveSessionPage(other).OpenFirstAsync();
        await Expect(yours.Shared).ToHaveValueAsync(new Regex("Ask Huda too"));
        await Expect(yours.Chat).ToHaveCountAsync(1);
        await Expect(yours.Chat).ToContainTextAsync("The link is in the notes");
        await yours.Own.FillAsync("Be patient");
        await yours.Agenda.FillAsync("Portfolio");
        await Expect(mine.Agenda).ToHaveValueAsync("Portfolio");
        await yours.Shared.ClickAsync();
        await other.ReloadAsync();
        await Expect(yours.Own).ToHaveValueAsync("Be patient");
        await Pictures.TakeAsync(other, $"notes-on-page.{language}");
        await other.AssertAccessibleAsync();
        Assert.Empty(theirs.Complaints);
    }, _portal);

    [Theory, InlineData("en", 1280), InlineData("ar", 390)]
    public Task The_mentor_hears_that_time_runs_short_and_gives_more(string language, int width) =>
        stories.TellAsync(language, async page =>
    {
        await page.SetViewportSizeAsync(width, 740);
        await page.Clock.InstallAsync();
        await _portal!.DemoLinkAsync(Persons.Mentor(language), page, "Open");
        await new DoorPage(page).PressAsync();
        await new MeetingPage(page).OpenedAsync();
        // A frame that has not spoken yet would be given up in the time that passes at once.
        await Expect(page.Locator("#meeting-room[data-state=joined], #meeting-room[data-state=alone]")).ToBeVisibleAsync();
        var (time, note) = (page.Locator("#meeting-time"), page.Locator("#meeting-time-note"));
        await Expect(time).ToHaveTextAsync(new Regex(@"\d+"));
        await Expect(note).ToBeHiddenAsync();
        var left = int.Parse(Regex.Match(await time.InnerTextAsync(), @"\d+").Value, System.Globalization.CultureInfo.InvariantCulture);
        await page.Clock.FastForwardAsync((left - 9) * 60_000);
        await Expect(note).ToContainTextAsync(new Regex("(9|10) "));
        await Pictures.TakeAsync(page, $"time-short-{width}.{language}");
        await page.AssertAccessibleAsync();
        await page.Locator("#meeting-time-more").ClickAsync();
        await Expect(page.Locator("#room-minutes")).ToBeFocusedAsync();
        await page.Locator("#room-minutes").SelectOptionAsync("10");
        await page.Locator("#room-extend").ClickAsync();
        await Expect(time).ToContainTextAsync(new Regex("(19|20) "));
    }, _portal);

    [Theory, InlineData("en")]
    public Task What_is_typed_while_the_line_is_lost_is_there_when_it_is_back(string language) => stories.TellAsync(language, async page =>
    {
        await _portal!.DemoLinkAsync(Persons.Mentee(language), page, "Open");
        await new DoorPage(page).PressAsync();
        await new MeetingPage(page).OpenedAsync();
        var notes = new NotesPage(page);
        await notes.OpenInRoomAsync();
        await notes.Shared.FillAsync("Before. ");
        await Expect(page.Locator("p[data-state]")).Not.ToBeEmptyAsync();
        await page.Context.SetOfflineAsync(true);
        await notes.Shared.PressSequentiallyAsync("While away. ");
        await Expect(notes.Said).ToHaveTextAsync(await notes.Panel.GetAttributeAsync("data-unsaved") ?? "");
        await page.Context.SetOfflineAsync(false);
        await Expect(notes.Said).ToBeEmptyAsync();
        await page.ReloadAsync();
        await new MeetingPage(page).OpenedAsync();
        await notes.OpenInRoomAsync();
        await Expect(notes.Shared).ToHaveValueAsync("Before. While away. ");
    }, _portal);
}
