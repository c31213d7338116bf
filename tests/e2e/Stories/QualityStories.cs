using Microsoft.Playwright;
using Stories.Fixture;

namespace Stories;

/// <summary>What holds for every page.</summary>
[Collection(StoryFixture.Name)]
public sealed class QualityStories(StoryFixture stories)
{
    private const int HeaviestPage = 100 * 1024;

    [Theory]
    [InlineData("en", ColorScheme.Light), InlineData("ar", ColorScheme.Light)]
    [InlineData("en", ColorScheme.Dark), InlineData("ar", ColorScheme.Dark)]
    public Task Every_page_is_accessible(string language, ColorScheme scheme) => stories.TellAsync(language, async page =>
    {
        await page.EmulateMediaAsync(new() { ColorScheme = scheme });
        var faults = new List<string>();
        await Tour.WalkAsync(stories, page, language, async name =>
        {
            Assert.Equal(language == "ar" ? ("ar", "rtl") : ("en", "ltr"),
                (await page.Locator("html").GetAttributeAsync("lang"), await page.Locator("html").GetAttributeAsync("dir")));
            await Pictures.TakeAsync(page, $"{name}.{language}.{scheme}.desktop".ToLowerInvariant());
            try
            {
                await page.AssertAccessibleAsync(scheme == ColorScheme.Dark ? "color-contrast" : null);
            }
            catch (Xunit.Sdk.TrueException e)
            {
                faults.Add($"{name}: {e.Message}");
            }
        });
        Assert.True(faults.Count == 0, string.Join("\n\n", faults));
    });

    [Theory, InlineData("en"), InlineData("ar")]
    public Task No_page_scrolls_sideways_on_a_narrow_screen(string language) => stories.TellAsync(language, async page =>
    {
        var faults = new List<string>();
        await page.SetViewportSizeAsync(320, 640);
        await Tour.WalkAsync(stories, page, language, async name =>
        {
            await Pictures.TakeAsync(page, $"{name}.{language}.light.phone");
            var wide = await page.EvaluateAsync<string[]>("""
                () => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")]
                    .filter(e => e.getBoundingClientRect().right > innerWidth + 1 || e.getBoundingClientRect().left < -1)
                    .slice(0, 4).map(e => e.outerHTML.slice(0, 120))
                """);
            if (wide.Length > 0)
                faults.Add($"{name}: {string.Join("\n  ", wide)}");
        });
        Assert.True(faults.Count == 0, string.Join("\n", faults));
    });

    [Fact]
    public Task No_page_is_heavy() => stories.TellAsync("ar", async page =>
    {
        var loaded = new List<IResponse>();
        page.Response += (_, response) => loaded.Add(response);
        var faults = new List<string>();
        await Tour.WalkAsync(stories, page, "ar", async name =>
        {
            // Once more from its address alone: the pages before it are not its weight. What a form answered stays as it is.
            if (name is "book-error")
                return;
            loaded.Clear();
            await page.ReloadAsync(new() { WaitUntil = WaitUntilState.Load });
            var sizes = new List<(string Url, int Size)>();
            foreach (var response in loaded.Where(r => r.Request.Frame == page.MainFrame && r.Status is (< 300 or >= 400) && r.Request.ResourceType is "document" or "stylesheet" or "script").ToList())
                sizes.Add((response.Url, (await response.BodyAsync()).Length));
            Assert.Contains(sizes, s => s.Url.Contains(".css", StringComparison.Ordinal));
            if (sizes.Sum(s => s.Size) > HeaviestPage)
                faults.Add($"{name}: {sizes.Sum(s => s.Size)} bytes: {string.Join(", ", sizes)}");
        });
        Assert.True(faults.Count == 0, string.Join("\n", faults));
    });
}
