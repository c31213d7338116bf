using Stories.Fixture;
using Stories.Pages;
using static Microsoft.Playwright.Assertions;

namespace Stories;

[Collection(StoryFixture.Name)]
public sealed class BookingStories(StoryFixture stories)
{
    [Theory, InlineData("ar", 4, 375), InlineData("en", 4, 1280), Trait("Speed", "slow")]
    public Task A_session_is_booked_and_cancelled_on_the_other_screens(string language, int day, int width) =>
        A_session_is_booked_mailed_to_both_and_cancelled(language, day, width);

    [Theory, InlineData("en", 3, 375), InlineData("ar", 3, 1280)]
    public Task A_session_is_booked_mailed_to_both_and_cancelled(string language, int day, int width) =>
        stories.TellAsync(language, async page =>
    {
        await page.SetViewportSizeAsync(width, 740);
        var (mentee, mentor) = (Persons.Mentee(language), Persons.OtherMentor(language));
        var topic = Journeys.Topic(language);
        await Journeys.BookAsync(page, mentee, mentor, day, topic);
        var session = new SessionPage(page);
        await Expect(session.Booked).ToBeVisibleAsync();
        Assert.Equal(topic, await session.Heading.InnerTextAsync());

        var mail = await stories.Mailbox().WaitForAsync(mentee.Email, m => m.Text.Contains(topic));
        Assert.Equal(language, mail.Language);
        Assert.Contains($"lang=\"{language}\"", mail.Html);
        Assert.Equal(mentor.Language, (await stories.Mailbox().WaitForAsync(mentor.Email, m => m.Text.Contains(topic))).Language);

        const string reason = "Something came up — طرأ أمر";
        await session.CancelAsync(reason);
        await Expect(session.CancelledCard).ToContainTextAsync(reason);
        foreach (var person in (Portal.Demo.DemoPerson[])[mentee, mentor])
        {
            var cancelled = await stories.Mailbox().WaitForAsync(person.Email, m => m.Text.Contains(topic) && m.Text.Contains(reason));
            Assert.Equal(person.Language, cancelled.Language);
            Assert.False(cancelled.HasLink("join/"));
        }

        await using var later = await stories.NewContextAsync(language);
        var laterPage = await later.NewPageAsync();
        var door = new DoorPage(laterPage);
        Assert.Equal(410, await door.OpenAsync(mail.Link("join/")));
        Assert.Equal("Cancelled", await door.DecisionAsync());
        await laterPage.AssertAccessibleAsync();
    });

    [Theory, InlineData("en", 5), InlineData("ar", 6)]
    public Task Who_comes_second_to_a_time_books_one_of_the_others(string language, int day) => stories.TellAsync(language, async page =>
    {
        var mentor = Persons.Mentor(language);
        await new SignInPage(page).SignInAsync(Persons.Mentee(language));
        var second = new BookPage(page);
        var id = await second.PickMentorAsync(mentor.Name);
        await second.PickDayAsync(day);
        var start = (await second.TimesAsync())[^1];
        await second.PickAsync(start);

        await using (var faster = await stories.NewContextAsync(Journeys.Other(language)))
        {
            var other = await faster.NewPageAsync();
            await new SignInPage(other).SignInAsync(Persons.Mentee(Journeys.Other(language)));
            await new BookPage(other).OpenTimeAsync(id, start);
            Assert.Equal(302, await new BookPage(other).BookAsync(Journeys.Topic(language)));
        }

        var topic = Journeys.Topic(language);
        Assert.Equal(409, await second.BookAsync(topic));
        await Expect(second.Refusal).ToBeVisibleAsync();
        var others = await second.TimesAsync();
        Assert.NotEmpty(others);
        Assert.DoesNotContain(start, others);
        await second.PickAsync(others[0]);
        Assert.Equal(302, await second.BookAsync(topic));
        await Expect(new SessionPage(page).Booked).ToBeVisibleAsync();
    });
}
