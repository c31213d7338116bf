using Stories.Fixture;
using Stories.Pages;
using static Microsoft.Playwright.Assertions;

namespace Stories;

/// <summary>A session is over, closes by itself, and the one who was helped says how it was.</summary>
[Collection(StoriesBeside.Name)]
public sealed class AfterwardsStories(StoryFixture stories) : IAsyncLifetime
{
    private readonly StoryClock _clock = new();
    private RunningPortal? _portal;

    public async Task InitializeAsync() =>
        _portal = await RunningPortal.StartOwnAsync(stories.Server, new() { ["Jobs:Completion"] = "* * * * * ?" }, _clock);

    public async Task DisposeAsync() => await _portal!.DisposeAsync();

    [Theory, InlineData("ar", 375), InlineData("en", 1280), Trait("Speed", "slow")]
    public Task A_mentee_says_how_it_was_on_the_other_screens(string language, int width) =>
        A_mentee_says_how_it_was_and_only_administrators_read_it(language, width);

    [Theory, InlineData("en", 375), InlineData("ar", 1280)]
    public Task A_mentee_says_how_it_was_and_only_administrators_read_it(string language, int width) =>
        stories.TellAsync(language, async page =>
    {
        await page.SetViewportSizeAsync(width, 740);
        var (mentor, mentee) = (Persons.Mentor(language), Persons.Mentee(language));
        await _portal!.DemoLinkAsync(mentee, page, "Open");
        await new DoorPage(page).PressAsync();
        await page.WaitForURLAsync("https://meet.jit.si/**");
        _clock.Pass(TimeSpan.FromHours(2));

        var mailbox = new Mailbox(_portal!.MailFolder!);
        var mail = await mailbox.WaitForAsync(mentee.Email, m => m.HasLink("sessions/")
            && m.Link("sessions/").EndsWith("/feedback", StringComparison.Ordinal));
        Assert.Equal(language, mail.Language);
        Assert.DoesNotContain(mailbox.All, m => m.To == mentor.Email && m.Text.Contains(mail.Link("sessions/")));
        var path = mail.Link("sessions/");
        await page.GotoAsync(path);
        await new SignInPage(page).FillAsync(mentee.Email, Portal.Demo.DemoData.Password);
        var form = new FeedbackPage(page);
        await page.AssertAccessibleAsync();

        // Without a rating it says what is missing, and keeps the words.
        var words = language == "ar" ? "شكرًا، اتضحت لي الخطوة القادمة." : "Thank you: I know what to do next.";
        await form.SendAsync(null, words);
        await Expect(form.Problem).ToBeVisibleAsync();
        await Expect(form.Comment).ToHaveValueAsync(words);
        await page.AssertAccessibleAsync();
        await form.SendAsync(4, words);
        await Expect(page.Locator(".notice.good")).ToBeVisibleAsync();
        await page.GotoAsync(path);
        await Expect(form.Rated(4)).ToBeCheckedAsync();

        var session = path[..^"/feedback".Length];
        foreach (var (person, reads) in new[] { (mentor, false), (Persons.Admin, true) })
        {
            await using var theirs = await stories.NewContextAsync(language, portal: _portal);
            var reader = await theirs.NewPageAsync();
            await new SignInPage(reader).SignInAsync(person);
            await reader.GotoAsync(session);
            if (reads)
                await Expect(reader.Locator("#feedback")).ToContainTextAsync(words);
            else
                Assert.DoesNotContain(words, await reader.ContentAsync());
        }
    }, _portal);
}
