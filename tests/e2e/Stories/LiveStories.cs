using System.Globalization;
using System.Text.RegularExpressions;
using Localization;
using Microsoft.Playwright;
using Portal.Demo;
using Stories.Fixture;
using Stories.Pages;
using static Microsoft.Playwright.Assertions;

namespace Stories;

/// <summary>What happens while a session runs: more time, coming late, not coming at all.</summary>
[Collection(StoriesBeside.Name)]
public sealed class LiveStories(StoryFixture stories) : IAsyncLifetime
{
    private readonly StoryClock _clock = new();
    private RunningPortal? _portal;

    private Mailbox Mails => new(_portal!.MailFolder!);

    public async Task InitializeAsync() => _portal = await RunningPortal.StartOwnAsync(stories.Server, [], _clock);

    public async Task DisposeAsync() => await _portal!.DisposeAsync();

    [Theory, InlineData("en"), InlineData("ar")]
    public Task A_mentor_asks_for_more_time_and_the_others_hear_of_the_new_end(string language) => stories.TellAsync(language, async page =>
    {
        var (mentor, mentee) = (Persons.Mentor(language), Persons.Mentee(language));
        await OpenAsync(page, mentor);
        var session = new SessionPage(page);
        var path = new Uri(page.Url).AbsolutePath;
        var before = End(await session.TimeAsync());
        await page.AssertAccessibleAsync();

        await new LiveSessionPage(page).ExtendAsync(15);
        Assert.Equal(Later(before, 15), End(await session.TimeAsync()));

        await using var theirs = await stories.NewContextAsync(language, portal: _portal);
        var menteePage = await theirs.NewPageAsync();
        await new SignInPage(menteePage).SignInAsync(mentee);
        await menteePage.GotoAsync(path);
        var end = End(await new SessionPage(menteePage).TimeAsync());
        var mail = await Mails.WaitForAsync(mentee.Email, m => Says(m, nameof(MailText.ExtendedLead), language));
        Assert.Equal(language, mail.Language);
        Assert.Contains(end, mail.Text);
        Assert.Contains(mentor.Name, mail.Text);
        // Who asked for it gets one as well, for the own calendar.
        var own = await Mails.WaitForAsync(mentor.Email, m => Says(m, nameof(MailText.ExtendedByYou), language));
        Assert.Contains(Later(before, 15), own.Text);
    }, _portal);

    [Theory, InlineData("ar", 375), InlineData("en", 1280), Trait("Speed", "slow")]
    public Task Who_does_not_come_is_missed_on_the_other_screens(string language, int width) =>
        Who_said_to_be_late_and_does_not_come_is_missed_and_finds_another_time(language, width);

    [Theory, InlineData("en", 375), InlineData("ar", 1280)]
    public Task Who_said_to_be_late_and_does_not_come_is_missed_and_finds_another_time(string language, int width) =>
        stories.TellAsync(language, async page =>
    {
        await page.SetViewportSizeAsync(width, 740);
        var (mentor, mentee) = (Persons.Mentor(language), Persons.Mentee(language));
        var (_, door) = await _portal!.DemoLinkAsync(mentee, page, "Open");
        var menteeLive = new LiveSessionPage(page);
        await menteeLive.SayLateAsync(5);
        await page.AssertAccessibleAsync();

        // The mentor reads it in the mail and on the page, in the zone of the mentor.
        var told = await Mails.WaitForAsync(mentor.Email, m => Says(m, nameof(MailText.LateHeading), language)
            && m.Text.Contains(mentee.Name));
        Assert.Equal(language, told.Language);
        await using var theirs = await stories.NewContextAsync(language, portal: _portal);
        var mentorPage = await theirs.NewPageAsync();
        await mentorPage.SetViewportSizeAsync(width, 740);
        await OpenAsync(mentorPage, mentor);
        var path = new Uri(mentorPage.Url).AbsolutePath;
        var live = new LiveSessionPage(mentorPage);
        Assert.Contains(Clock(await live.OtherIsLate.InnerTextAsync()), told.Text);

        // Who waits has to be there, and to wait until the announced time.
        await mentorPage.Locator("#join").ClickAsync();
        await mentorPage.WaitForURLAsync("https://meet.jit.si/**");
        await mentorPage.GotoAsync(path);
        await Expect(live.MayRecordFrom).ToBeVisibleAsync();
        await Expect(live.Missed).ToHaveCountAsync(0);
        _clock.Pass(TimeSpan.FromMinutes(11));
        await mentorPage.ReloadAsync();
        Assert.Matches(@"\d\d:\d\d", await live.Arrival(mentor.Name).InnerTextAsync());
        Assert.DoesNotMatch(@"\d\d:\d\d", await live.Arrival(mentee.Name).InnerTextAsync());
        await mentorPage.AssertAccessibleAsync();
        await live.RecordMissedAsync(mentee.Name);
        await Expect(live.RecordedAsMissing(mentee.Name)).ToBeVisibleAsync();
        await Expect(live.RecordedAsMissing(mentor.Name)).ToHaveCountAsync(0);
        await mentorPage.AssertAccessibleAsync();

        foreach (var (person, reader) in ((DemoPerson, IPage)[])[(mentor, mentorPage), (mentee, page)])
        {
            var missed = await Mails.WaitForAsync(person.Email, m => m.HasLink("mentors/"));
            Assert.Equal(language, missed.Language);
            await reader.GotoAsync(missed.Link("mentors/"));
            await Expect(reader.Locator("h1")).ToContainTextAsync(mentor.Name);
            await Expect(reader.Locator(".slot").First).ToBeVisibleAsync();
        }
        // And the door says that it is over, with the same way on.
        Assert.Equal(410, await new DoorPage(page).OpenAsync(door));
        await Expect(page.Locator(".door a[href^='/mentors/']")).ToBeVisibleAsync();
    }, _portal);

    /// <summary>To the session that runs.</summary>
    private async Task OpenAsync(IPage page, DemoPerson person)
    {
        await new SignInPage(page).SignInAsync(person);
        await new LiveSessionPage(page).OpenFirstAsync();
    }

    /// <summary>The words around the placeholders.</summary>
    private static bool Says(Mail mail, string name, string language) =>
        Regex.Split(MailText.ResourceManager.GetString(name, CultureInfo.GetCultureInfo(language))!, @"\{\d\}")
            .All(part => mail.Text.Contains(part.Trim()));

    private static string Clock(string text) => Regex.Match(text, @"\d\d:\d\d").Value;

    private static string End(string time) => Regex.Matches(time, @"\d\d:\d\d")[^1].Value;

    private static string Later(string clock, int minutes) =>
        TimeOnly.ParseExact(clock, "HH:mm", CultureInfo.InvariantCulture).AddMinutes(minutes)
            .ToString("HH:mm", CultureInfo.InvariantCulture);
}
