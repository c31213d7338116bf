using Microsoft.Playwright;
using Portal.Joining;
using Portal.Pages.Settings;
using Portal.People.Profile;
using Stories.Fixture;

namespace Stories;

/// <summary>What holds for every page.</summary>
[Collection(StoryFixture.Name)]
public sealed class QualityStories(StoryFixture stories, EventfulPortal eventful) : IClassFixture<EventfulPortal>
{
    private const int HeaviestPage = 100 * 1024;

    /// <summary>Where: the portal of all stories, or the one in which a good deal has happened.</summary>
    private const string Quiet = "quiet", Eventful = "eventful";

    [Theory, InlineData("en", Quiet), InlineData("ar", Quiet), InlineData("en", Eventful), InlineData("ar", Eventful)]
    public Task Every_page_is_accessible_and_can_be_read_in_the_dark(string language, string where) => stories.TellAsync(language, async page =>
    {
        var faults = new List<string>();
        await WalkAsync(where, page, language, async name =>
        {
            Assert.Equal(language == "ar" ? ("ar", "rtl") : ("en", "ltr"),
                (await page.Locator("html").GetAttributeAsync("lang"), await page.Locator("html").GetAttributeAsync("dir")));
            // An address that Razor was to complete, and did not.
            if (await page.Locator(":is([href], [src], [action]):is([href^='~'], [src^='~'], [action^='~'])").CountAsync() is > 0 and var unfinished)
                faults.Add($"{name}: {unfinished} addresses begin with ~");
            await LookAsync(name, "light", null);
            await page.InTheDarkAsync(() => LookAsync(name, "dark", Accessibility.Contrast));
        });
        Assert.True(faults.Count == 0, string.Join("\n\n", faults));

        async Task LookAsync(string name, string scheme, string? rule)
        {
            await Pictures.TakeAsync(page, $"{name}.{language}.{scheme}.desktop");
            faults.AddRange((await page.AccessibilityFaultsAsync(rule)).Select(f => $"{name}, {scheme}: {f}"));
        }
    }, PortalOf(where));

    [Theory, InlineData("en", Quiet), InlineData("ar", Quiet), InlineData("en", Eventful), InlineData("ar", Eventful)]
    public Task No_page_scrolls_sideways_on_a_narrow_screen(string language, string where) => stories.TellAsync(language, async page =>
    {
        var faults = new List<string>();
        await page.SetViewportSizeAsync(320, 640);
        await WalkAsync(where, page, language, async name =>
        {
            await Pictures.TakeAsync(page, $"{name}.{language}.light.phone");
            var wide = await page.EvaluateAsync<string[]>("""
                () => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")]
                    .filter(e => e.getBoundingClientRect().right > innerWidth + 1 || e.getBoundingClientRect().left < -1)
                    .slice(0, 4).map(e => e.outerHTML.slice(0, 120))
                """);
            // On a phone a row is a card, and what has no label has nothing to say.
            if (await page.Locator("td[data-label='']:visible").CountAsync() is > 0 and var mute)
                faults.Add($"{name}: {mute} cells without a label");
            if (wide.Length > 0)
                faults.Add($"{name}: {string.Join("\n  ", wide)}");
        });
        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }, PortalOf(where));

    [Theory, InlineData(Quiet), InlineData(Eventful)]
    public Task No_page_is_heavy(string where) => stories.TellAsync("ar", async page =>
    {
        var loaded = new List<IResponse>();
        page.Response += (_, response) => loaded.Add(response);
        var faults = new List<string>();
        await WalkAsync(where, page, "ar", async name =>
        {
            // Once more from its address alone: the pages before it are not its weight. What a form answered stays as it is.
            if (name is "book-error" or "feedback-error" or "admin-mail-refused" or "reminders-off-done")
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
    }, PortalOf(where));

    private RunningPortal PortalOf(string where) => where == Eventful ? eventful.Portal : stories.Portal;

    private Task WalkAsync(string where, IPage page, string language, Func<string, Task> look) =>
        where == Eventful ? Tour.WalkEventsAsync(eventful, page, language, look) : Tour.WalkAsync(stories, page, language, look);
}
