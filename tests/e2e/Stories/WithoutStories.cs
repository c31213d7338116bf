using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Stories.Fixture;
using Stories.Pages;
using static Microsoft.Playwright.Assertions;

namespace Stories;

/// <summary>People who have no mouse, and browsers that run no scripts.</summary>
[Collection(StoriesBeside.Name)]
public sealed class WithoutStories(StoryFixture stories)
{
    [Theory, InlineData("en", 7), InlineData("ar", 8)]
    public Task Without_a_mouse_one_books_and_joins(string language, int day) => stories.TellAsync(language, async page =>
    {
        var mentor = Persons.OtherMentor(language);
        await new SignInPage(page).SignInAsync(Persons.Mentee(language));
        await page.GotoAsync("/mentors");
        await GoToAsync(page, $".mentor-card:has-text('{mentor.Name}') h2 a");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#times").WaitForAsync();
        // The days of a story are counted over the weeks.
        while (await page.Locator("[data-day]").CountAsync() is var here && day >= here)
        {
            day -= here;
            await GoToAsync(page, "#weeks-after");
            await page.RunAndWaitForResponseAsync(() => page.Keyboard.PressAsync("Enter"), r => r.Request.ResourceType == "document");
            await page.Locator(".slot").First.WaitForAsync();
        }
        await GoToAsync(page, $"[data-day] >> nth={day}");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("day="));
        var start = (await new BookPage(page).TimesAsync())[0];
        await GoToAsync(page, $".slot[data-start='{start}']");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#book").WaitForAsync();
        await GoToAsync(page, "#Input_Topic");
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync(Journeys.Topic(language));
        await GoToAsync(page, "#book");
        await page.Keyboard.PressAsync("Enter");
        await Expect(new SessionPage(page).Booked).ToBeVisibleAsync();

        await stories.Portal.DemoLinkAsync(Persons.Mentee(language), page, "Open");
        await GoToAsync(page, "#join");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("^https://meet.jit.si/"));
    });

    [Theory, InlineData("en", 11), InlineData("ar", 11)]
    public Task Without_a_mouse_one_moves_and_cancels(string language, int day) => stories.TellAsync(language, async page =>
    {
        await Journeys.BookAsync(page, Persons.Mentee(language), Persons.OtherMentor(language), day, Journeys.Topic(language));
        var session = new SessionPage(page);
        var before = await session.TimeAsync();
        await GoToAsync(page, "a#move");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".slot").First.WaitForAsync();
        await GoToAsync(page, ".slot >> nth=-1");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("button#move").WaitForAsync();
        await GoToAsync(page, "button#move");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#cancel-box").WaitForAsync();
        Assert.NotEqual(before, await session.TimeAsync());

        await GoToAsync(page, "#cancel-box summary");
        await page.Keyboard.PressAsync("Enter");
        await GoToAsync(page, "#Reason");
        await page.Keyboard.TypeAsync("No mouse — دون فأرة");
        await GoToAsync(page, "#cancel");
        await page.Keyboard.PressAsync("Enter");
        await Expect(session.CancelledCard).ToContainTextAsync("No mouse");
    });

    [Theory, InlineData("en", 9), InlineData("ar", 10)]
    public async Task Without_scripts_one_books_and_joins(string language, int day)
    {
        await using var context = await stories.NewContextAsync(language, javaScript: false);
        var page = await context.NewPageAsync();
        await Journeys.BookAsync(page, Persons.Mentee(language), Persons.OtherMentor(language), day, Journeys.Topic(language));
        await Expect(new SessionPage(page).Booked).ToBeVisibleAsync();

        await stories.Portal.DemoLinkAsync(Persons.Mentee(language), page, "Open");
        await new DoorPage(page).PressAsync();
        await Expect(page).ToHaveURLAsync(new Regex("^https://meet.jit.si/"));
        Assert.Empty(context.Complaints);
    }

    /// <summary>Tab until it has the focus, which must then be seen.</summary>
    private static async Task GoToAsync(IPage page, string selector)
    {
        var target = page.Locator(selector);
        for (var i = 0; i < 400; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (!await target.EvaluateAsync<bool>("e => e === document.activeElement"))
                continue;
            Assert.True(await target.EvaluateAsync<bool>(
                "e => { const s = getComputedStyle(e); return s.outlineStyle !== 'none' || s.boxShadow !== 'none'; }"),
                $"{selector} has the focus, and nothing shows it");
            return;
        }
        Assert.Fail($"Tab never reaches {selector}");
    }
}
