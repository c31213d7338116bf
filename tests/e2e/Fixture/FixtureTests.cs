using Microsoft.Playwright;
using Xunit.Sdk;

namespace Stories.Fixture;

/// <summary>What every story relies on.</summary>
[Collection(StoryFixture.Name)]
public sealed class FixtureTests(StoryFixture stories)
{
    [Fact]
    public Task A_link_to_another_host_leads_to_the_outside() => stories.TellAsync("en", async page =>
    {
        await page.GotoAsync("https://meet.example/room-1?x=1");
        Assert.Equal("https://meet.example/room-1?x=1", page.Url);
        Assert.Equal("Outside", await page.TitleAsync());
        Assert.Contains("GET https://meet.example/room-1?x=1", stories.Outside.Requests);
    });

    [Fact]
    public Task Axe_sees_a_fault_on_a_page_with_a_strict_policy() => stories.TellAsync("en", async page =>
    {
        await ServeAsync(page, "<p>fine</p><img src=\"data:image/gif;base64,R0lGODlhAQABAAAAACw=\">");
        var failure = await Assert.ThrowsAsync<TrueException>(() => page.AssertAccessibleAsync());
        Assert.Contains("image-alt", failure.Message);

        await ServeAsync(page, "<p>fine</p>");
        await page.AssertAccessibleAsync();
    });

    [Fact]
    public Task Axe_sees_what_cannot_be_read_in_the_dark_alone() => stories.TellAsync("en", async page =>
    {
        await ServeAsync(page, "<style>body { background: white } @media (prefers-color-scheme: dark) { body { background: #222 } }</style><p style=\"color: #111\">dark</p>", "; style-src 'unsafe-inline'");
        await page.AssertAccessibleAsync();
        await page.InTheDarkAsync(async () => Assert.Contains("color-contrast",
            Assert.Single(await page.AccessibilityFaultsAsync(Accessibility.Contrast))));
        await page.AssertAccessibleAsync();
    });

    [Fact]
    public async Task A_page_that_breaks_its_own_policy_fails_the_story()
    {
        await using var context = await stories.NewContextAsync("en");
        var page = await context.NewPageAsync();
        await ServeAsync(page, "<script>document.title = 'inline'</script>");
        Assert.Contains("Content Security Policy", Assert.Single(context.Complaints));
    }

    private async Task ServeAsync(IPage page, string body, string more = "")
    {
        var address = new Uri(stories.Portal.Address, "/of-a-fixture-test").ToString();
        await page.UnrouteAllAsync();
        await page.RouteAsync(address, route => route.FulfillAsync(new()
        {
            ContentType = "text/html; charset=utf-8",
            Headers = new Dictionary<string, string>
            {
                ["Content-Type"] = "text/html; charset=utf-8",
                ["Content-Security-Policy"] = "default-src 'none'; img-src data:" + more,
            },
            Body = $"<!doctype html><html lang=\"en\"><head><title>A page</title></head><body><main><h1>A page</h1>{body}</main></body></html>",
        }));
        await page.GotoAsync(address);
    }
}
