using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Stories.Fixture;
using Stories.Pages;
using static Microsoft.Playwright.Assertions;

namespace Stories;

[Collection(StoryFixture.Name)]
public sealed class JoinStories(StoryFixture stories)
{
    [Theory, InlineData("en", 375), InlineData("ar", 375), InlineData("en", 1280), InlineData("ar", 1280)]
    public Task A_mailed_link_opens_in_the_mails_language_and_leads_to_the_meeting(string language, int width) =>
        stories.TellAsync(Journeys.Other(language), async page =>
        {
            await page.SetViewportSizeAsync(width, width == 375 ? 740 : 800);
            var before = stories.Outside.Requests.Count;
            var (mail, link) = await stories.Portal.DemoLinkAsync(Persons.Mentee(language), page, "Open");
            Assert.Equal(language, mail.Language);
            Assert.Equal(language, await page.Locator("html").GetAttributeAsync("lang"));
            Assert.Equal(language == "ar" ? "rtl" : "ltr", await page.Locator("html").GetAttributeAsync("dir"));

            var door = new DoorPage(page);
            await Expect(door.Card).ToBeVisibleAsync();
            Assert.Equal("false", await door.WasPressedAsync());
            // Looking is not joining: mail scanners look.
            Assert.Equal(before, stories.Outside.Requests.Count);
            Assert.All(await page.Context.CookiesAsync(), c =>
                Assert.True(c.Name == "zone" || c.Name.StartsWith(".AspNetCore.Antiforgery", StringComparison.Ordinal), c.Name));

            await door.PressAsync();
            await Expect(page).ToHaveURLAsync(new Regex("^https://meet.jit.si/"));
            Assert.Contains(stories.Outside.Requests, r =>
                r.StartsWith("GET https://meet.jit.si/itcom-session-", StringComparison.Ordinal));
        });

    [Theory, InlineData("en"), InlineData("ar")]
    public Task A_link_that_nobody_was_sent_says_so(string language) => stories.TellAsync(language, async page =>
    {
        var door = new DoorPage(page);
        Assert.Equal(404, await door.OpenAsync("/join/nobody-was-sent-this"));
        Assert.Equal("Unknown", await door.DecisionAsync());
        Assert.Equal(language, await page.Locator("html").GetAttributeAsync("lang"));
    });

    [Theory, InlineData("en"), InlineData("ar")]
    public Task Who_comes_early_and_presses_is_let_in_without_pressing_again(string language) => stories.TellAsync(language, async page =>
    {
        var posts = Posts(page);
        var (_, link) = await stories.Portal.DemoLinkAsync(Persons.Mentee(language), page, "TooEarly");
        await page.Clock.InstallAsync();
        var door = new DoorPage(page);
        Assert.Equal(200, await door.OpenAsync(link));
        await Expect(door.Countdown).ToBeVisibleAsync();
        await door.PressAsync();
        await Expect(door.GoesOnByItself).ToBeVisibleAsync();
        Assert.Equal("true", await door.WasPressedAsync());
        Assert.Single(posts);

        // The portal's own clock decides: the page looks at the door first, and presses once that is open.
        await page.RouteAsync("**/join/**", route => route.Request.ResourceType == "fetch"
            ? route.FulfillAsync(new() { ContentType = "text/html", Body = "<section class=\"door\" data-decision=\"Open\"></section>" })
            : route.ContinueAsync());
        await page.RunAndWaitForRequestAsync(() => page.Clock.FastForwardAsync("26:00:00"), r => r.Method == "POST");
    });

    [Theory, InlineData("en"), InlineData("ar")]
    public Task Who_only_opens_an_early_link_is_not_taken_anywhere(string language) => stories.TellAsync(language, async page =>
    {
        var posts = Posts(page);
        var (_, link) = await stories.Portal.DemoLinkAsync(Persons.Mentee(language), page, "TooEarly");
        await page.Clock.InstallAsync();
        var door = new DoorPage(page);
        await door.OpenAsync(link);
        var early = await door.ButtonText.InnerTextAsync();
        await page.Clock.FastForwardAsync("26:00:00");
        // The button changes in the same tick that would have sent the form.
        await Expect(door.ButtonText).Not.ToHaveTextAsync(early);
        Assert.Empty(posts);
    });

    private static List<string> Posts(IPage page)
    {
        var posts = new List<string>();
        page.Request += (_, request) =>
        {
            if (request.Method == "POST")
                posts.Add(request.Url);
        };
        return posts;
    }
}
