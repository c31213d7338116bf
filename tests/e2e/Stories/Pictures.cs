using Microsoft.Playwright;

namespace Stories;

/// <summary>Pictures of the pages to look at, when STORY_PICTURES names a folder.</summary>
public static class Pictures
{
    public static async Task TakeAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("STORY_PICTURES") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
    }
}
