using System.Text.RegularExpressions;
using Stories.Fixture;
using Stories.Pages;
using static Microsoft.Playwright.Assertions;

namespace Stories;

/// <summary>How many presses and fields the common jobs take; whoever makes one longer learns it here.</summary>
[Collection(StoryFixture.Name)]
public sealed class EffortStories(StoryFixture stories)
{
    [Theory, InlineData("en"), InlineData("ar")]
    public Task A_first_time_visitor_books_with_five_presses_three_fields_and_one_mail(string language) =>
        stories.TellAsync(language, async page =>
    {
        var effort = new Effort(page);
        var email = $"first-{Guid.NewGuid():N}@demo.example";
        await page.GotoAsync("/");
        await effort.ClickAsync("#find");
        await effort.ClickAsync(".mentor-card .next-free a");
        await Expect(page.Locator("#picked")).ToBeVisibleAsync();
        await effort.FillAsync("#sign-up #Name", language == "ar" ? "نورة الزائرة" : "Nora Visitor");
        await effort.FillAsync("#sign-up #Email", email);
        await effort.ClickAsync("#sign-up-button");
        var mail = await stories.Mailbox().WaitForAsync(email, m => m.HasLink("account/confirm-email"));
        await effort.FollowMailAsync(mail.Link("account/confirm-email"));
        await effort.FillAsync("#confirm #Password", "A-long-phrase-9");
        await effort.ClickAsync("#confirm-button");
        // The time is still there, and the one thing left to do.
        await Expect(page.Locator("#book")).ToBeVisibleAsync();
        await effort.ClickAsync("#book");
        await Expect(new SessionPage(page).Booked).ToBeVisibleAsync();
        Assert.Equal((5, 3, 1), (effort.Clicks, effort.Fields, effort.Mails));
        Assert.Single(stories.Mailbox().All, m => m.To == email && m.HasLink("account/"));
    });

    [Theory, InlineData("en"), InlineData("ar")]
    public Task Somebody_signed_in_books_with_four_presses_and_one_field(string language) => stories.TellAsync(language, async page =>
    {
        await new SignInPage(page).SignInAsync(Persons.Mentee(language));
        await page.GotoAsync("/sessions");
        var effort = new Effort(page);
        await effort.ClickAsync(".site-links a");
        await effort.ClickAsync($".mentor-card:has-text('{Persons.OtherMentor(language).Name}') h2 a");
        await page.Locator("#times").WaitForAsync();
        await effort.ClickAsync("#times .slot >> nth=-1");
        await effort.FillAsync("#Input_Topic", Journeys.Topic(language));
        await effort.ClickAsync("#book");
        await Expect(new SessionPage(page).Booked).ToBeVisibleAsync();
        Assert.Equal((4, 1), (effort.Clicks, effort.Fields));
    });

    [Theory, InlineData("en"), InlineData("ar")]
    public Task One_press_joins_from_the_mails_page_and_from_the_list(string language) => stories.TellAsync(language, async page =>
    {
        // The link in the mail opens the door, which a program that looks through mails may do as well; the press is a person's.
        var (_, link) = await stories.Portal.DemoLinkAsync(Persons.Mentee(language), page, "Open");
        var byMail = new Effort(page);
        await byMail.FollowMailAsync(link);
        await byMail.ClickAsync("#join");
        await Expect(page).ToHaveURLAsync(new Regex("^https://meet.jit.si/"));
        Assert.Equal((1, 0, 1), (byMail.Clicks, byMail.Fields, byMail.Mails));

        await new SignInPage(page).SignInAsync(Persons.Mentee(language));
        await page.GotoAsync("/sessions");
        var byList = new Effort(page);
        await byList.ClickAsync("#next #join");
        await Expect(page).ToHaveURLAsync(new Regex("^https://meet.jit.si/"));
        Assert.Equal((1, 0), (byList.Clicks, byList.Fields));
    });

    [Theory, InlineData("en", 20), InlineData("ar", 21)]
    public Task A_session_moves_with_four_presses(string language, int day) => stories.TellAsync(language, async page =>
    {
        await Journeys.BookAsync(page, Persons.Mentee(language), Persons.OtherMentor(language), day, Journeys.Topic(language));
        await page.GotoAsync("/sessions");
        var effort = new Effort(page);
        await effort.ClickAsync("#ahead .session-rows > li > .session-row >> nth=-1");
        await effort.ClickAsync("a#move");
        await effort.ClickAsync("#times .slot >> nth=-1");
        await effort.ClickAsync("button#move");
        await Expect(page.Locator("#notice")).ToBeVisibleAsync();
        Assert.Equal((4, 0), (effort.Clicks, effort.Fields));
    });

    [Theory, InlineData("en"), InlineData("ar")]
    public Task A_new_mentor_has_the_usual_hours_with_two_presses(string language) => stories.TellAsync(language, async page =>
    {
        var email = $"new-mentor-{Guid.NewGuid():N}@demo.example";
        await new SignUpPage(page).SignUpAsync(language == "ar" ? "هالة المرشدة" : "Hala Newcomer", email, "Europe/Berlin");
        var mail = await stories.Mailbox().WaitForAsync(email, m => m.HasLink("account/confirm-email"));
        await new ConfirmEmailPage(page).ConfirmAsync(mail.Link("account/confirm-email"), "A-long-phrase-9");
        await using var admins = await stories.NewContextAsync(language);
        var people = new AdminPeoplePage(await admins.NewPageAsync());
        await new SignInPage(people.Page).SignInAsync(Persons.Admin);
        await people.SetAsync(email, Portal.People.Roles.Mentor, granted: true);

        await page.Context.ClearCookiesAsync();
        await new SignInPage(page).SignInAsync(email, "A-long-phrase-9");
        await page.GotoAsync("/sessions");
        var effort = new Effort(page);
        await effort.ClickAsync("[data-step='/settings/hours'] a");
        await effort.ClickAsync("#weekdays");
        await Expect(page.Locator(".notice.good")).ToBeVisibleAsync();
        Assert.Equal((2, 0), (effort.Clicks, effort.Fields));
        var settings = new SettingsPage(page);
        foreach (var day in Enum.GetValues<DayOfWeek>())
            Assert.Equal((day, day is not (DayOfWeek.Saturday or DayOfWeek.Sunday)), (day, await settings.IsOnAsync(day)));
        Assert.Equal(("09:00", "17:00"), await settings.HoursAsync(DayOfWeek.Friday));
        // Nobody is to book them in another story.
        await people.SetAsync(email, Portal.People.Roles.Mentor, granted: false);
    });

    [Theory, InlineData("en"), InlineData("ar")]
    public Task A_mentor_has_a_room_and_its_link_with_two_presses(string language) => stories.TellAsync(language, async page =>
    {
        await new SignInPage(page).SignInAsync(Persons.Mentor(language));
        await page.GotoAsync("/sessions");
        var effort = new Effort(page);
        await effort.ClickAsync("#now");
        await effort.ClickAsync("#open");
        // Here the mentor is in a session already, and is told in which.
        await Expect(page.Locator("#in-the-way .session-row")).ToBeVisibleAsync();
        Assert.Equal((2, 0), (effort.Clicks, effort.Fields));
    });
}
