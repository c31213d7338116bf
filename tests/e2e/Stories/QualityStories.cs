using Microsoft.Playwright;
using Stories.Fixture;

namespace Stories;

/// <summary>What holds for every page.</summary>
[Collection(StoriesBeside.Name)]
public sealed class QualityStories(StoryFixture stories, EventfulPortal eventful) : IClassFixture<EventfulPortal>
{
    /// <summary>As it travels: styles and scripts compressed, and pages too where they tell nobody anything.</summary>
    private const int MaxPageBytes = 80 * 1024;

    /// <summary>Where: the portal of all stories, or the one in which a good deal has happened.</summary>
    private const string Quiet = "quiet", Eventful = "eventful";

    [Theory, InlineData("en", Quiet), InlineData("ar", Eventful), Trait("Speed", "slow")]
    public Task Every_page_is_so_in_the_other_language(string language, string where) =>
        Every_page_is_accessible_readable_in_the_dark_and_on_a_phone_and_light(language, where);

    /// <summary>One walk, and all that is to be seen of each page on the way: a page costs more to reach than to look at.</summary>
    [Theory, InlineData("ar", Quiet), InlineData("en", Eventful)]
    public Task Every_page_is_accessible_readable_in_the_dark_and_on_a_phone_and_light(string language, string where) =>
        stories.TellAsync(language, async page =>
    {
        var faults = new List<string>();
        var weights = new Weights(page);
        await WalkAsync(where, page, language, async name =>
        {
            Assert.Equal(language == "ar" ? ("ar", "rtl") : ("en", "ltr"),
                (await page.Locator("html").GetAttributeAsync("lang"), await page.Locator("html").GetAttributeAsync("dir")));
            // An address that Razor was to complete, and did not.
            if (await page.Locator(":is([href], [src], [action]):is([href^='~'], [src^='~'], [action^='~'])")
                .CountAsync() is > 0 and var unfinished)
                faults.Add($"{name}: {unfinished} addresses begin with ~");
            await LookAsync(name, "light", null);
            await page.InTheDarkAsync(() => LookAsync(name, "dark", Accessibility.Contrast));
            faults.AddRange((await OnAPhoneAsync(page, $"{name}.{language}")).Select(f => $"{name}: {f}"));
            // A page weighs the same in both languages, but for its words.
            if (language == "ar" && await weights.OfAsync(name) is { } heavy)
                faults.Add(heavy);
        });
        Assert.True(faults.Count == 0, string.Join("\n\n", faults));

        async Task LookAsync(string name, string scheme, string? rule)
        {
            await Pictures.TakeAsync(page, $"{name}.{language}.{scheme}.desktop");
            faults.AddRange((await page.AccessibilityFaultsAsync(rule)).Select(f => $"{name}, {scheme}: {f}"));
        }
    }, PortalOf(where));

    /// <summary>Nothing scrolls sideways on the narrowest screen that is still made.</summary>
    private static async Task<List<string>> OnAPhoneAsync(IPage page, string picture)
    {
        var faults = new List<string>();
        var desktop = page.ViewportSize!;
        await page.SetViewportSizeAsync(320, 640);
        await Pictures.TakeAsync(page, $"{picture}.light.phone");
        var wide = await page.EvaluateAsync<string[]>("""
            () => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")]
                .filter(e => e.getBoundingClientRect().right > innerWidth + 1 || e.getBoundingClientRect().left < -1)
                .slice(0, 4).map(e => e.outerHTML.slice(0, 120))
            """);
        if (wide.Length > 0)
            faults.Add(string.Join("\n  ", wide));
        // On a phone a row is a card, and what has no label has nothing to say.
        if (await page.Locator("td[data-label='']:visible").CountAsync() is > 0 and var mute)
            faults.Add($"{mute} cells without a label");
        await page.SetViewportSizeAsync(desktop.Width, desktop.Height);
        return faults;
    }

    /// <summary>What a page loads, from its address alone: the pages before it are not its weight.</summary>
    private sealed class Weights
    {
        private readonly IPage _page;
        private readonly List<IResponse> _loaded = [];

        public Weights(IPage page)
        {
            _page = page;
            page.Response += (_, response) => _loaded.Add(response);
        }

        /// <returns>Null unless it is too heavy.</returns>
        public async Task<string?> OfAsync(string name)
        {
            // What a form sent back has no address of its own.
            if (name is "book-error" or "feedback-error" or "admin-mail-refused" or "reminders-off-done")
                return null;
            _loaded.Clear();
            // Files that browsers keep for ever would weigh nothing; whoever looks at requests gets no answers from the cache.
            await _page.RouteAsync("**/*.css*", route => route.ContinueAsync());
            await _page.ReloadAsync(new() { WaitUntil = WaitUntilState.Load });
            var own = _loaded.Where(r => r.Request.Frame == _page.MainFrame && r.Status is < 300 or >= 400
                && r.Request.ResourceType is "document" or "stylesheet" or "script").ToList();
            var sizes = new List<(string Url, int Size)>();
            foreach (var response in own)
                sizes.Add((response.Url, (await response.Request.SizesAsync()).ResponseBodySize));
            await _page.UnrouteAllAsync();
            Assert.Contains(sizes, s => s.Url.Contains(".css", StringComparison.Ordinal) && s.Size > 0);
            return sizes.Sum(s => s.Size) <= MaxPageBytes ? null : $"{name}: {sizes.Sum(s => s.Size)} bytes: {string.Join(", ", sizes)}";
        }
    }

    private RunningPortal PortalOf(string where) => where == Eventful ? eventful.Portal : stories.Portal;

    private Task WalkAsync(string where, IPage page, string language, Func<string, Task> look) =>
        where == Eventful ? Tour.WalkEventsAsync(eventful, page, language, look) : Tour.WalkAsync(stories, page, language, look);
}
