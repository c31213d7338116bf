using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Data;
using Portal.Sessions.Reminders;
using Stories.Fixture;
using Stories.Pages;

namespace Stories;

/// <summary>A reminder, and the link in it that makes it the last one.</summary>
[Collection(StoriesBeside.Name)]
public sealed class ReminderStories(StoryFixture stories) : IAsyncLifetime
{
    private readonly StoryClock _clock = new();
    private RunningPortal? _portal;

    public async Task InitializeAsync() => _portal = await RunningPortal.StartOwnAsync(stories.Server,
        new() { ["Jobs:Reminders"] = "* * * * * ?", ["Reminders:MinutesBefore:0"] = "30" }, _clock);

    public async Task DisposeAsync() => await _portal!.DisposeAsync();

    [Theory, InlineData("en"), InlineData("ar")]
    public Task The_link_in_a_reminder_switches_them_off_by_one_press(string language) => stories.TellAsync(language, async page =>
    {
        var (mentor, mentee) = (Persons.Mentor(language), Persons.Mentee(language));
        var mailbox = new Mailbox(_portal!.MailFolder!);
        // What falls due before the first sweep is nobody's.
        await Journeys.UntilAsync(HasSweptAsync, swept => swept, "a first sweep");
        _clock.Pass(TimeSpan.FromMinutes(20));
        var mail = await mailbox.WaitForAsync(mentee.Email, IsReminder);
        Assert.Equal(language, mail.Language);

        // Whoever reads the mail is not signed in; scanners open the link as well.
        var link = mail.Link("mail/reminders/");
        for (var look = 0; look < 2; look++)
            Assert.Equal(200, (await page.GotoAsync(link))!.Status);
        await page.AssertAccessibleAsync();
        var off = new RemindersOffPage(page);
        await using (var theirs = await stories.NewContextAsync(language, portal: _portal))
        {
            var choices = await theirs.NewPageAsync();
            await new SignInPage(choices).SignInAsync(mentee);
            Assert.Equal(["30"], await off.ChosenAsync(choices));
            await off.PressAsync();
            await page.AssertAccessibleAsync();
            Assert.Empty(await off.ChosenAsync(choices));
        }

        // Tomorrow's session: the mentor is reminded, the mentee is not.
        _clock.Pass(TimeSpan.FromHours(24) - TimeSpan.FromMinutes(45));
        await Journeys.UntilAsync(() => Task.FromResult(mailbox.All.Count(m => m.To == mentor.Email && IsReminder(m))), sent => sent == 2,
            "a second reminder to the mentor");
        Assert.Single(mailbox.All, m => m.To == mentee.Email && IsReminder(m));
    }, _portal);

    private static bool IsReminder(Mail mail) => mail.HasLink("mail/reminders/");

    private async Task<bool> HasSweptAsync()
    {
        await using var scope = _portal!.Services!.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<PortalDbContext>().JobCheckpoints.AnyAsync(c =>
            c.Name == ReminderService.Checkpoint);
    }
}
