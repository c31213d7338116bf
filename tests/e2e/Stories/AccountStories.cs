using Stories.Fixture;
using Stories.Pages;

namespace Stories;

[Collection(StoryFixture.Name)]
public sealed class AccountStories(StoryFixture stories)
{
    [Theory, InlineData("en"), InlineData("ar")]
    public Task A_new_person_signs_up_confirms_and_sets_language_and_zone(string language) => stories.TellAsync(language, async page =>
    {
        await page.SetViewportSizeAsync(375, 740);
        var (email, password) = ($"new-{Guid.NewGuid():N}@demo.example", "A-long-phrase-9");
        await new SignUpPage(page).SignUpAsync(language == "ar" ? "سارة الجديدة" : "Nora New", email, "Asia/Riyadh");
        var mail = await stories.Mailbox().WaitForAsync(email, m => m.HasLink("account/confirm-email"));
        Assert.Equal(language, mail.Language);

        await new ConfirmEmailPage(page).ConfirmAsync(mail.Link("account/confirm-email"), password);

        var profile = new ProfilePage(page);
        await profile.OpenAsync();
        Assert.Equal((language, "Asia/Riyadh"), (await profile.LanguageAsync(), await profile.ZoneAsync()));
        await profile.SaveAsync(Journeys.Other(language), "Africa/Cairo");
        await profile.OpenAsync();
        Assert.Equal((Journeys.Other(language), "Africa/Cairo"), (await profile.LanguageAsync(), await profile.ZoneAsync()));
        Assert.Equal(Journeys.Other(language), await page.Locator("html").GetAttributeAsync("lang"));

        await new SignOutPage(page).SignOutAsync();
        await page.GotoAsync("/sessions");
        Assert.Contains(SignInPage.Path, page.Url);
    });
}
