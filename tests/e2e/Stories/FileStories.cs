using System.Text;
using Microsoft.Playwright;
using Stories.Fixture;
using Stories.Pages;
using static Microsoft.Playwright.Assertions;

namespace Stories;

/// <summary>What one shares in a session, the other saves; and whoever shared it takes it back.</summary>
[Collection(StoriesBeside.Name)]
public sealed class FileStories(StoryFixture stories)
{
    [Theory, InlineData("en", 375), InlineData("ar", 1280)]
    public Task A_mentee_shares_a_file_the_mentor_saves_it_and_it_is_deleted(string language, int width) =>
        stories.TellAsync(language, async page =>
    {
        await page.SetViewportSizeAsync(width, 740);
        var name = language == "ar" ? "سيرة ذاتية.txt" : "My questions.txt";
        var text = Encoding.UTF8.GetBytes("What comes first?\n");
        await new SignInPage(page).SignInAsync(Persons.Mentee(language));
        await page.GotoAsync("/sessions");
        await page.Locator("#next .next-topic a").ClickAsync();
        var session = new Uri(page.Url).AbsolutePath;
        await page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = "page.html", MimeType = "text/html", Buffer = "<html>"u8.ToArray() });
        await page.Locator("#share-file-button").ClickAsync();
        await Expect(page.Locator(".error-summary")).ToBeVisibleAsync();
        await page.AssertAccessibleAsync();
        await page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "text/plain", Buffer = text });
        await page.Locator("#share-file-button").ClickAsync();
        await Expect(page.Locator(".notice.good")).ToContainTextAsync(name);
        await page.AssertAccessibleAsync();

        await using (var theirs = await stories.NewContextAsync(language, portal: stories.Portal))
        {
            var mentor = await theirs.NewPageAsync();
            await new SignInPage(mentor).SignInAsync(Persons.Mentor(language));
            await mentor.GotoAsync(session);
            var download = await mentor.RunAndWaitForDownloadAsync(() =>
                mentor.Locator("#files").GetByRole(AriaRole.Link, new() { Name = name }).ClickAsync());
            Assert.Equal(name, download.SuggestedFilename);
            await using var saved = await download.CreateReadStreamAsync();
            using var bytes = new MemoryStream();
            await saved.CopyToAsync(bytes);
            Assert.Equal(text, bytes.ToArray());
        }

        await page.Locator("#files .confirm summary").ClickAsync();
        await page.Locator("#files [data-id=file-delete]").ClickAsync();
        await Expect(page.Locator("#files .row")).ToHaveCountAsync(0);
    });
}
