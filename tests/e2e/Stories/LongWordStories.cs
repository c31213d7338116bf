using Stories.Fixture;
using Stories.Pages;

namespace Stories;

/// <summary>People paste addresses and numbers as topics; nothing leaves a phone's screen for them.</summary>
[Collection(StoryFixture.Name)]
public sealed class LongWordStories(StoryFixture stories)
{
    [Theory, InlineData("en", 22), InlineData("ar", 23)]
    public Task A_topic_of_one_long_word_leaves_no_screen(string language, int day) => stories.TellAsync(language, async page =>
    {
        await page.SetViewportSizeAsync(320, 640);
        var topic = "https://example.org/" + new string('x', 120);
        var (mentee, mentor) = (Persons.Mentee(language), Persons.OtherMentor(language));
        await Journeys.BookAsync(page, mentee, mentor, day, topic);
        await FitsAsync(page, "the session");
        var session = new Uri(page.Url).AbsolutePath;
        foreach (var path in new[] { "/sessions", session, session + "/move", session + "/cancel" })
        {
            await page.GotoAsync(path);
            await FitsAsync(page, path);
        }
        var mail = await stories.Mailbox().WaitForAsync(mentee.Email, m => m.Text.Contains(topic) && m.HasLink("join/"));
        await page.GotoAsync(mail.Link("join/"));
        await FitsAsync(page, "the door");
    });

    private static async Task FitsAsync(Microsoft.Playwright.IPage page, string what)
    {
        var wide = await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll("main *")].filter(e => !e.closest(".visually-hidden"))
                .filter(e => e.getBoundingClientRect().right > innerWidth + 1 || e.getBoundingClientRect().left < -1)
                .slice(0, 4).map(e => e.outerHTML.slice(0, 120))
            """);
        Assert.True(wide.Length == 0, $"{what}: {string.Join("\n  ", wide)}");
    }
}
