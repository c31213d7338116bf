using System.Globalization;
using System.Text.RegularExpressions;
using Localization;
using Stories.Fixture;
using Stories.Pages;
using static Microsoft.Playwright.Assertions;

namespace Stories;

/// <summary>What happens to a session after it was booked.</summary>
[Collection(StoryFixture.Name)]
public sealed class ChangeStories(StoryFixture stories)
{
    private const int Phone = 375, Desktop = 1280;

    [Theory, InlineData("ar", 13, Phone), InlineData("en", 13, Desktop), Trait("Speed", "slow")]
    public Task A_session_moves_on_the_other_screens(string language, int day, int width) =>
        A_session_moves_and_the_mailed_link_shows_the_new_time(language, day, width);

    [Theory, InlineData("en", 12, Phone), InlineData("ar", 12, Desktop)]
    public Task A_session_moves_and_the_mailed_link_shows_the_new_time(string language, int day, int width) =>
        stories.TellAsync(language, async page =>
    {
        await page.SetViewportSizeAsync(width, 740);
        var (mentee, mentor) = (Persons.Mentee(language), Persons.OtherMentor(language));
        var topic = Journeys.Topic(language);
        await Journeys.BookAsync(page, mentee, mentor, day, topic);
        var mail = await stories.Mailbox().WaitForAsync(mentee.Email, m => m.Text.Contains(topic));
        var session = new SessionPage(page);
        var before = await session.TimeAsync();

        await session.MoveToLastTimeAsync();
        Assert.NotEqual(before, await session.TimeAsync());
        var heading = MailText.ResourceManager.GetString(nameof(MailText.MovedHeading), CultureInfo.GetCultureInfo(mentor.Language))!;
        var moved = await stories.Mailbox().WaitForAsync(mentor.Email, m => m.Text.Contains(topic) && m.Text.Contains(heading));
        Assert.Equal(mentor.Language, moved.Language);

        await using var later = await stories.NewContextAsync(language);
        var laterPage = await later.NewPageAsync();
        var door = new DoorPage(laterPage);
        Assert.Equal(200, await door.OpenAsync(mail.Link("join/")));
        await Expect(door.Card).ToContainTextAsync(await session.TimeAsync());
    });

    [Theory, InlineData("ar", 15, Phone), InlineData("en", 15, Desktop), Trait("Speed", "slow")]
    public Task A_mentor_confirms_by_hand_on_the_other_screens(string language, int day, int width) =>
        A_mentor_who_confirms_by_hand_says_yes_and_both_hear_of_it(language, day, width);

    [Theory, InlineData("en", 14, Phone), InlineData("ar", 14, Desktop)]
    public Task A_mentor_who_confirms_by_hand_says_yes_and_both_hear_of_it(string language, int day, int width) =>
        stories.TellAsync(language, async page =>
    {
        await page.SetViewportSizeAsync(width, 740);
        var (mentee, mentor) = (Persons.Mentee(language), Persons.Mentor(language));
        await using var other = await stories.NewContextAsync(language);
        var mentorPage = await other.NewPageAsync();
        await mentorPage.SetViewportSizeAsync(width, 740);
        var settings = new SettingsPage(mentorPage);
        await new SignInPage(mentorPage).SignInAsync(mentor);
        await settings.ConfirmByHandAsync(true);
        try
        {
            var topic = Journeys.Topic(language);
            await Journeys.BookAsync(page, mentee, mentor, day, topic);
            await stories.Mailbox().WaitForAsync(mentor.Email, m => m.Text.Contains(topic) && !m.HasLink("join/"));
            await mentorPage.GotoAsync(new Uri(page.Url).AbsolutePath);
            await mentorPage.AssertAccessibleAsync();
            await mentorPage.Locator("#approve").ClickAsync();
            await Expect(new SessionPage(mentorPage).State).ToHaveClassAsync(new Regex("good"));
            var mail = await stories.Mailbox().WaitForAsync(mentee.Email, m => m.Text.Contains(topic) && m.HasLink("join/"));
            Assert.Equal(language, mail.Language);
        }
        finally
        {
            await settings.ConfirmByHandAsync(false);
        }
    });

    [Theory, InlineData("ar", 17, Phone), InlineData("en", 18, Desktop), Trait("Speed", "slow")]
    public Task Two_people_take_seats_on_the_other_screens(string language, int day, int width) =>
        Two_people_take_seats_in_a_group_and_the_mentor_sees_both(language, day, width);

    [Theory, InlineData("en", 16, Phone), InlineData("ar", 19, Desktop)]
    public Task Two_people_take_seats_in_a_group_and_the_mentor_sees_both(string language, int day, int width) =>
        stories.TellAsync(language, async page =>
    {
        await page.SetViewportSizeAsync(width, 740);
        var mentor = Persons.Mentor(language);
        string? start = null;
        var path = "";
        foreach (var mentee in (string[])[language, Journeys.Other(language)])
        {
            await using var own = await stories.NewContextAsync(language);
            var seat = await own.NewPageAsync();
            await seat.SetViewportSizeAsync(width, 740);
            await new SignInPage(seat).SignInAsync(Persons.Mentee(mentee));
            var book = new BookPage(seat);
            await book.PickMentorAsync(mentor.Name);
            await book.PickGroupAsync();
            if (start is null)
            {
                await book.PickDayAsync(day);
                start = (await book.TimesAsync())[0];
                await book.PickAsync(start);
            }
            else
            {
                await seat.GotoAsync($"{seat.Url.Split('#')[0]}&start={Uri.EscapeDataString(start)}");
            }
            await seat.AssertAccessibleAsync();
            Assert.Equal(302, await book.TakeSeatAsync());
            path = new Uri(seat.Url).AbsolutePath;
        }
        await new SignInPage(page).SignInAsync(mentor);
        await page.GotoAsync(path);
        foreach (var mentee in (string[])["en", "ar"])
            await Expect(page.Locator("#people")).ToContainTextAsync(Persons.Mentee(mentee).Name);
    });

    [Theory, InlineData("ar", Phone), InlineData("en", Desktop), Trait("Speed", "slow")]
    public Task A_guest_joins_on_the_other_screens(string language, int width) =>
        A_guest_types_a_name_and_joins_by_a_link_of_their_own(language, width);

    [Theory, InlineData("en", Phone), InlineData("ar", Desktop)]
    public Task A_guest_types_a_name_and_joins_by_a_link_of_their_own(string language, int width) =>
        stories.TellAsync(language, async page =>
    {
        await page.SetViewportSizeAsync(width, 740);
        var mentor = Persons.Mentor(language);
        var (_, link) = await stories.Portal.DemoLinkAsync(mentor, page, "Open");
        await new SignInPage(page).SignInAsync(mentor);
        await page.GotoAsync("/sessions");
        await page.Locator("#next .next-topic a").ClickAsync();
        await page.Locator("#invite-box summary").ClickAsync();
        await page.Locator("#guest-link").ClickAsync();
        var own = await page.Locator("input.guest-link").Last.InputValueAsync();
        Assert.NotEqual(new Uri(link).AbsolutePath, new Uri(own).AbsolutePath);

        await using var elsewhere = await stories.NewContextAsync(language);
        var guest = await elsewhere.NewPageAsync();
        await guest.SetViewportSizeAsync(width, 740);
        await guest.GotoAsync(new Uri(own).AbsolutePath);
        await guest.AssertAccessibleAsync();
        await guest.Locator("#name").FillAsync(language == "ar" ? "ضيف كريم" : "A guest");
        await guest.Locator("#join").ClickAsync();
        await guest.WaitForURLAsync(url => !url.StartsWith(stories.Portal.Address.ToString(), StringComparison.Ordinal));
        await page.ReloadAsync();
        await Expect(page.Locator("#people")).ToContainTextAsync(language == "ar" ? "ضيف كريم" : "A guest");
    });
}
