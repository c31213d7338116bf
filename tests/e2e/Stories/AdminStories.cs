using Stories.Fixture;
using Stories.Pages;
using static Microsoft.Playwright.Assertions;

namespace Stories;

[Collection(StoryFixture.Name)]
public sealed class AdminStories(StoryFixture stories)
{
    [Theory, InlineData("en"), InlineData("ar")]
    public Task An_administrator_reads_a_mail_as_its_reader_sees_it(string language) => stories.TellAsync(language, async page =>
    {
        var reader = Persons.Mentee(language);
        var sent = await stories.Mailbox().WaitForAsync(reader.Email, m => m.HasLink("join/"));
        await new SignInPage(page).SignInAsync(Persons.Admin);
        var mails = new AdminMailPage(page);
        await mails.OpenAsync(reader.Email);
        Assert.Contains(sent.Subject, await mails.SubjectsAsync());
        await mails.ShowAsync(sent.Subject);
        await Expect(mails.Preview.Locator("html")).ToHaveAttributeAsync("lang", language);
        await Expect(mails.Preview.Locator("html")).ToHaveAttributeAsync("dir", language == "ar" ? "rtl" : "ltr");
        await Expect(mails.Preview.Locator("body")).ToContainTextAsync(language == "ar" ? "عبد الله" : "Sam");
    });

    [Theory, InlineData("en"), InlineData("ar")]
    public Task An_administrator_makes_somebody_a_mentor(string language) => stories.TellAsync(language, async page =>
    {
        var person = Persons.Mentee(language);
        await new SignInPage(page).SignInAsync(Persons.Admin);
        var people = new AdminPeoplePage(page);
        await people.SetAsync(person.Email, Portal.People.Roles.Mentor, granted: true);
        Assert.True(await people.HasAsync(Portal.People.Roles.Mentor));

        await using (var theirs = await stories.NewContextAsync(language))
        {
            var settings = await theirs.NewPageAsync();
            await new SignInPage(settings).SignInAsync(person);
            Assert.Equal(200, (await settings.GotoAsync("/settings"))!.Status);
        }
        await people.SetAsync(person.Email, Portal.People.Roles.Mentor, granted: false);
        Assert.False(await people.HasAsync(Portal.People.Roles.Mentor));
    });

    [Theory, InlineData("en"), InlineData("ar")]
    public Task Nobody_else_sees_the_pages_of_administrators(string language) => stories.TellAsync(language, async page =>
    {
        await new SignInPage(page).SignInAsync(Persons.Mentor(language));
        foreach (var path in (string[])["/admin", "/admin/sessions", "/admin/tools", "/admin/tools/token", "/admin/tool-policy",
            "/admin/audit", "/admin/settings", AdminMailPage.Path, AdminPeoplePage.Path])
            Assert.Equal(403, (await page.GotoAsync(path))!.Status);
    });

    [Theory, InlineData("en", 1280), InlineData("ar", 375)]
    public Task An_administrator_finds_a_tools_settings_and_everybody_can_use_the_form(string language, int width) =>
        stories.TellAsync(language, async page =>
        {
            await page.SetViewportSizeAsync(width, 740);
            await new SignInPage(page).SignInAsync(Persons.Admin);
            foreach (var path in (string[])["/admin/audit", "/admin/settings", "/admin/tools", "/admin/tool-policy",
                "/admin/tools/token", "/admin/tools/zoom"])
            {
                Assert.Equal(200, (await page.GotoAsync(path))!.Status);
                await page.AssertAccessibleAsync();
            }
            await page.Locator("[data-id^='account-'] a").First.ClickAsync();
            await Expect(page.Locator("#settings")).ToBeVisibleAsync();
            await page.AssertAccessibleAsync();
            Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
        });
}
