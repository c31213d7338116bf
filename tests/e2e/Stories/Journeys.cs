using Microsoft.Playwright;
using Portal.Demo;
using Stories.Fixture;
using Stories.Pages;

namespace Stories;

/// <summary>Ways that several stories go.</summary>
public static class Journeys
{
    public static Mailbox Mailbox(this StoryFixture stories) => new(stories.Portal.MailFolder!);

    public static string Other(string language) => language == "ar" ? "en" : "ar";

    /// <summary>The link of a demo session at whose door the person stands as asked: Open, TooEarly, …</summary>
    public static async Task<(
        Mail Mail, string Link)> DemoLinkAsync(this RunningPortal portal, DemoPerson person, IPage page, string decision)
    {
        var mailbox = new Mailbox(portal.MailFolder!);
        return await UntilAsync(async () =>
        {
            foreach (var mail in mailbox.All.Where(m => m.To == person.Email && m.HasLink("join/")))
            {
                var link = new Uri(portal.Address, mail.Link("join/")).ToString();
                var door = new DoorPage(page);
                await door.OpenAsync(link);
                if (await door.DecisionAsync() == decision)
                    return (mail, link);
            }
            return default;
        }, found => found.link is not null, $"a session of {person.Email} with the door {decision}");
    }

    /// <summary>Signs in, picks the mentor and the first time of a day, and books it. Ends on the session's page. Each story has
    /// days of its own, so that nobody is in two sessions at once.</summary>
    public static async Task<string> BookAsync(IPage page, DemoPerson mentee, DemoPerson mentor, int day, string topic)
    {
        await new SignInPage(page).SignInAsync(mentee);
        var book = new BookPage(page);
        await book.PickMentorAsync(mentor.Name);
        await book.PickDayAsync(day);
        var start = (await book.TimesAsync())[0];
        await book.PickAsync(start);
        Assert.Equal(302, await book.BookAsync(topic));
        return start;
    }

    public static string Topic(string language) =>
        (language == "ar" ? "أسئلة عن العمل " : "Questions about work ") + Guid.NewGuid().ToString("N")[..8];

    public static Task<T> UntilAsync<T>(Func<Task<T>> look, Func<T, bool> fits, string what) => UntilAsync(look, fits, () => what);

    /// <summary>Looks again until it fits; what is missing is said when patience ends.</summary>
    public static async Task<T> UntilAsync<T>(Func<Task<T>> look, Func<T, bool> fits, Func<string> what)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var seen = await look();
            if (fits(seen))
                return seen;
            if (patience.IsCancellationRequested)
                throw new TimeoutException("There is not " + what());
            await Task.Delay(100);
        }
    }
}
