using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Portal.Data;
using Portal.Demo;
using Portal.People;
using Portal.Sessions;
using Portal.Sessions.Attending;
using Portal.Sessions.Breakouts;
using Portal.Sessions.Changes;
using Stories.Fixture;
using Stories.Pages;
using static Microsoft.Playwright.Assertions;

namespace Stories;

/// <summary>Groups that the mentor opens, something that does not work, and what comes next, all told from inside the room.</summary>
[Collection(StoriesBeside.Name)]
public sealed class RoomStories(StoryFixture stories) : IAsyncLifetime
{
    private RunningPortal? _portal;

    public async Task InitializeAsync()
    {
        stories.Outside.Answer("https://meet.test/*", "text/html; charset=utf-8", MeetingStories.Server);
        _portal = await RunningPortal.StartOwnAsync(stories.Server, new()
        {
            ["Providers:jitsi:Mode"] = "SelfHosted",
            ["Providers:jitsi:Domain"] = "meet.test",
            ["Providers:jitsi:AppId"] = "stories",
            ["Providers:jitsi:AppSecret"] = "a secret that only the stories know",
            ["Providers:jitsi:BreakoutRooms"] = "On",
        });
    }

    public async Task DisposeAsync() => await _portal!.DisposeAsync();

    [Theory, InlineData("en", 1280), InlineData("ar", 375)]
    public Task Groups_are_opened_and_closed_and_a_move_between_rooms_is_no_leave(string language, int width) =>
        stories.TellAsync(language, async page =>
    {
        await page.SetViewportSizeAsync(width, 760);
        var meeting = await EnterAsync(page, language, Persons.Mentor(language));
        var (session, mentee) = (IdOf(page), Persons.Mentee(language));
        await GroupAsync(session, mentee.Name, language == "ar" ? "المجموعة الحمراء" : "Red");
        await page.ReloadAsync();
        // Who is there before we are in is told anew afterwards.
        await Expect(meeting.Room).ToHaveAttributeAsync("data-state", new Regex("joined|alone"));
        await meeting.InFrame("told").EvaluateAsync("(_, name) => tell('participant-joined', { id: 'm', displayName: name })", mentee.Name);
        await meeting.HostMenu.ClickAsync();
        await page.Locator("#room-groups-open").ClickAsync();
        await Expect(meeting.InFrame("told")).ToContainTextAsync("send-participant-to-room m id-of-");
        await Expect(meeting.HostSaid).ToBeVisibleAsync();
        await Pictures.TakeAsync(page, $"room-groups.{language}.{width}");
        Assert.Empty(await page.AccessibilityFaultsAsync());

        await meeting.InFrame("told").EvaluateAsync(
            "() => { tell('video-conference-left'); tell('video-conference-joined', { id: 'me2', breakoutRoom: true }); }");
        await meeting.InFrame("told").EvaluateAsync(
            "() => { tell('video-conference-left'); tell('video-conference-joined', { id: 'me3', breakoutRoom: false }); }");
        await page.Locator("#room-groups-close").ClickAsync();
        await Expect(meeting.InFrame("told")).ToContainTextAsync("close-breakout-room id-of-");
        await Expect(meeting.Frame).ToHaveCountAsync(1);
        await Expect(meeting.State).ToBeHiddenAsync();
        Assert.Equal(0, await InDatabaseAsync(db => db.RoomStays.CountAsync(s => s.SessionId == session && s.End == StayEnd.Left)));
    }, _portal);

    [Theory, InlineData("en", 1280), InlineData("ar", 375)]
    public Task What_does_not_work_is_said_in_the_room_and_answered_by_mail(string language, int width) =>
        stories.TellAsync(language, async page =>
    {
        await page.SetViewportSizeAsync(width, 760);
        var mentee = Persons.Mentee(language);
        var meeting = await EnterAsync(page, language, mentee);
        var words = language == "ar" ? "لا أحد يسمعني" : "Nobody hears me";
        await meeting.TroubleMenu.ClickAsync();
        await Pictures.TakeAsync(page, $"room-trouble.{language}.{width}");
        Assert.Empty(await page.AccessibilityFaultsAsync());
        await page.Locator("#trouble-words").FillAsync(words);
        await page.Locator("#trouble-send").ClickAsync();
        await Expect(meeting.TroubleSaid).ToContainTextAsync(language == "ar" ? "أُرسل البلاغ" : "Sent");
        await Expect(meeting.Frame).ToHaveCountAsync(1);

        await using var other = await stories.NewContextAsync(language, portal: _portal);
        var desk = await other.NewPageAsync();
        await desk.GotoAsync("/admin/trouble");
        await new SignInPage(desk).FillAsync(Persons.Admin.Email, DemoData.Password);
        await Expect(desk.Locator("[data-report]")).ToContainTextAsync(words);
        await desk.AssertAccessibleAsync();
        await Pictures.TakeAsync(desk, $"trouble-desk.{language}");
        var answer = language == "ar" ? "اسمح باستخدام الميكروفون في المتصفح." : "Allow the microphone in your browser.";
        await desk.Locator("textarea").FillAsync(answer);
        await desk.Locator("[data-report] button[type=submit]").ClickAsync();
        await Expect(desk.Locator(".notice.good")).ToBeVisibleAsync();
        var mail = await new Mailbox(_portal!.MailFolder!).WaitForAsync(mentee.Email, m => m.Text.Contains(answer));
        Assert.Equal(language, mail.Language);
    }, _portal);

    [Fact]
    public Task After_the_end_the_room_leads_to_what_comes_next() => stories.TellAsync("en", async page =>
    {
        var meeting = await EnterAsync(page, "en", Persons.Mentee("en"));
        var session = IdOf(page);
        await meeting.InFrame("destroy").ClickAsync();
        await Expect(meeting.NextStep).ToBeVisibleAsync();
        await InDatabaseAsync(db => db.Sessions.Where(s => s.Id == session)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.State, SessionState.Completed)));
        await meeting.NextStep.ClickAsync();
        await new SignInPage(page).FillAsync(Persons.Mentee("en").Email, DemoData.Password);
        await Expect(page.Locator("#after")).ToBeVisibleAsync();
        await page.Locator("#rebook").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/mentors/"));
    }, _portal);

    private static Guid IdOf(IPage page) => Guid.Parse(new Uri(page.Url).Segments[^1].Trim('/'));

    private async Task<T> InDatabaseAsync<T>(Func<PortalDbContext, Task<T>> act)
    {
        await using var scope = _portal!.Services!.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<PortalDbContext>());
    }

    /// <summary>Makes a group session of it, and one group with everybody in it.</summary>
    private async Task GroupAsync(Guid id, string mentee, string name)
    {
        await InDatabaseAsync(db => db.Sessions.Where(s => s.Id == id).ExecuteUpdateAsync(set => set.SetProperty(s => s.Capacity, 6)));
        await using var scope = _portal!.Services!.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var session = await services.GetRequiredService<PortalDbContext>().Sessions.AsNoTracking().Include(s => s.Participants)
            .ThenInclude(p => p.User).SingleAsync(s => s.Id == id);
        var part = session.Participants.Single(p => p.Name == mentee).Id;
        Assert.Equal(SessionOutcome.Done, await services.GetRequiredService<BreakoutGroups>().SaveAsync(
            id, [new(name, [part])], new Caller(session.MentorId, IsAdmin: false), default));
    }

    private async Task<MeetingPage> EnterAsync(IPage page, string language, DemoPerson person)
    {
        await _portal!.DemoLinkAsync(person, page, "Open");
        await new DoorPage(page).PressAsync();
        var meeting = new MeetingPage(page);
        await meeting.OpenedAsync();
        await Expect(meeting.State).ToBeHiddenAsync();
        return meeting;
    }
}
