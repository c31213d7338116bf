using Stories.Fixture;

namespace Stories;

[Collection(StoryFixture.Name)]
public sealed class HomeStories(StoryFixture stories)
{
    [Theory, InlineData("en"), InlineData("ar")]
    public Task A_visitor_is_greeted_in_the_language_of_their_browser(string language) => stories.TellAsync(language, async page =>
    {
        var answer = await page.GotoAsync("/");
        Assert.Equal(200, answer!.Status);
        Assert.Equal(language, await page.Locator("html").GetAttributeAsync("lang"));
        Assert.Equal(language == "ar" ? "rtl" : "ltr",
            await page.EvaluateAsync<string>("getComputedStyle(document.documentElement).direction"));
        Assert.NotNull(await answer.HeaderValueAsync("content-security-policy"));
        await page.AssertAccessibleAsync();
    });
}
