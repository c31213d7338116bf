using Portal.Mail.Admin;
using Stories.Fixture;
using Stories.Pages;
using static Microsoft.Playwright.Assertions;

namespace Stories;

/// <summary>Every mail as a mail program draws it, on a phone and on a computer.</summary>
[Collection(StoriesBeside.Name)]
public sealed class GalleryStories(StoryFixture stories)
{
    private static readonly int[] Widths = [375, 700];

    [Theory, InlineData("en"), InlineData("ar"), Trait("Speed", "slow")]
    public Task Every_mail_fits_its_frame_and_can_be_read_also_in_the_dark(string language) => stories.TellAsync(language, async page =>
    {
        await new SignInPage(page).SignInAsync(Persons.Admin);
        var faults = new List<string>();
        foreach (var kind in MailSamples.Kinds)
        {
            // The portal's own frame runs no script, and axe is one: the mail is looked at by itself.
            var html = await (await page.Context.APIRequest.GetAsync(
                $"{stories.Portal.Address}admin/mail/gallery/{kind}/{language}?handler=Body")).TextAsync();
            await page.GotoAsync("about:blank");
            await page.SetContentAsync(html);
            foreach (var width in Widths)
            {
                await page.SetViewportSizeAsync(width, 800);
                if (await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > innerWidth"))
                    faults.Add($"{kind} at {width} scrolls sideways");
                await Pictures.TakeAsync(page, $"mail-{kind}.{language}.light.{width}".ToLowerInvariant());
            }
            // Colours are the same at every width.
            await LookAsync(kind, "light");
            await page.InTheDarkAsync(() => LookAsync(kind, "dark"));
        }
        Assert.True(faults.Count == 0, string.Join("\n\n", faults));

        async Task LookAsync(string kind, string scheme)
        {
            await Pictures.TakeAsync(page, $"mail-{kind}.{language}.{scheme}".ToLowerInvariant());
            faults.AddRange((await page.AccessibilityFaultsAsync(Accessibility.Contrast)).Select(f => $"{kind}, {scheme}: {f}"));
        }
    });

    [Theory, InlineData("en"), InlineData("ar")]
    public Task An_administrator_has_a_sample_sent_to_the_own_address(string language) => stories.TellAsync(language, async page =>
    {
        await new SignInPage(page).SignInAsync(Persons.Admin);
        await page.GotoAsync("/admin/mail");
        await page.Locator("a[href='/admin/mail/gallery']").ClickAsync();
        await page.Locator($"[data-id='SessionMoved-{language}']").ClickAsync();
        await Expect(page.FrameLocator("iframe.phone").Locator("html")).ToHaveAttributeAsync("lang", language);
        await page.Locator("[data-id='send-sample']").ClickAsync();
        await Expect(page.Locator(".notice.good")).ToBeVisibleAsync();
        var mail = await stories.Mailbox().WaitForAsync(Persons.Admin.Email, m => m.HasLink("join/example") && m.Language == language);
        Assert.Contains("Layla Hassan", mail.Text);
    });
}
