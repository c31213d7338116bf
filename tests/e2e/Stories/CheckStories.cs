using Stories.Fixture;
using static Microsoft.Playwright.Assertions;

namespace Stories;

/// <summary>Devices and line are tried before the session; the browser of the stories has a camera and a beeping microphone.</summary>
[Collection(StoriesBeside.Name)]
public sealed class CheckStories(StoryFixture stories)
{
    [Theory, InlineData("en", 1280), InlineData("ar", 375)]
    public Task Devices_are_tried_chosen_and_let_go(string language, int width) => stories.TellAsync(language, async page =>
    {
        await page.SetViewportSizeAsync(width, 800);
        await page.GotoAsync("/check");
        await Expect(page.Locator("#check-portal")).ToHaveAttributeAsync("data-tone", new System.Text.RegularExpressions.Regex("good|warn"));
        await page.Locator("#check-start").ClickAsync();
        await Expect(page.Locator("#check-camera")).ToHaveAttributeAsync("data-tone", "good");
        await Expect(page.Locator("#check-microphone")).ToHaveAttributeAsync("data-tone", "good");
        Assert.True(await page.EvaluateAsync<bool>("() => document.getElementById('check-video').videoWidth > 0"));
        await page.Locator("#check-play").ClickAsync();
        await page.Locator("#check-audio-only").CheckAsync();
        await Pictures.TakeAsync(page, $"check-done.{language}.{width}");
        Assert.Empty(await page.AccessibilityFaultsAsync());
        await page.ReloadAsync();
        await Expect(page.Locator("#check-audio-only")).ToBeCheckedAsync();
        Assert.Equal(1, await page.Locator("#check-help details:visible").CountAsync());
    });

    [Theory]
    [InlineData("NotAllowedError", "doesn’t allow it"), InlineData("NotFoundError", "No device was found"), InlineData("NotReadableError", "Another app")]
    public Task What_keeps_a_camera_from_working_is_said_with_what_to_do(string error, string says) => stories.TellAsync("en", async page =>
    {
        await page.AddInitScriptAsync($"navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', '{error}'));");
        await page.GotoAsync("/check");
        await page.Locator("#check-start").ClickAsync();
        await Expect(page.Locator("#check-camera")).ToContainTextAsync(says);
        await Expect(page.Locator("#check-microphone")).ToContainTextAsync(says);
        await Expect(page.Locator("#check-help details[open]:visible")).ToHaveCountAsync(error == "NotAllowedError" ? 1 : 0);
    });
}
