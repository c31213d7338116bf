using Microsoft.Playwright;
using Portal.Demo;
using Stories.Fixture;
using Stories.Pages;

namespace Stories;

/// <summary>Every page of the portal, in the eyes of the one who sees it.</summary>
public static class Tour
{
    public static readonly (string Name, int Status, string Path)[] ForVisitors =
    [
        ("home", 200, "/"),
        ("mentors-visitor", 200, "/mentors"),
        ("check", 200, "/check"), ("help", 200, "/help"),
        ("sign-in", 200, SignInPage.Path),
        ("sign-up", 200, SignUpPage.Path),
        ("check-mail", 200, "/account/check-mail"),
        ("resend", 200, "/account/resend"),
        ("forgot", 200, "/account/forgot-password"),
        ("confirm-bad", 410, "/account/confirm-email?code=none"),
        ("reminders-unknown", 404, "/mail/reminders/nobody-was-sent-this"),
        ("join-unknown", 404, "/join/nobody-was-sent-this"),
        ("meeting-unknown", 404, "/meeting/00000000-0000-0000-0000-000000000001"),
        ("not-found", 404, "/there-is-no-such-page"),
    ];

    public static readonly (string Name, int Status, string Path)[] ForMentors =
    [
        ("settings", 200, "/settings"), ("settings-tool", 200, "/settings/tool"), ("settings-hours", 200, "/settings/hours"), ("settings-days", 200, "/settings/days"),
        ("settings-kinds", 200, "/settings/kinds"), ("settings-calendar", 200, "/settings/calendar"), ("meet-now", 200, "/sessions/now"),
        ("forbidden", 403, "/admin"),
    ];

    public static readonly (string Name, int Status, string Path)[] ForAdmins =
        [("admin", 200, "/admin"), ("admin-mail", 200, AdminMailPage.Path), ("admin-people", 200, AdminPeoplePage.Path),
        ("admin-sessions", 200, "/admin/sessions"), ("admin-trouble", 200, "/admin/trouble"), ("admin-tools", 200, "/admin/tools"),
        ("admin-tools-token", 200, "/admin/tools/token"),
        ("admin-jobs", 200, "/admin/jobs"), ("admin-job", 200, "/admin/jobs/outbox"), ("admin-clock-rules", 200, "/admin/clock-rules"),
        ("admin-audit", 200, "/admin/audit"), ("admin-settings", 200, "/admin/settings"),
        ("admin-mail-suppressed", 200, "/admin/mail/suppressed"), ("admin-mail-test", 200, "/admin/mail/test"),
        ("admin-mail-gallery", 200, "/admin/mail/gallery"), ("admin-mail-sample", 200, "/admin/mail/gallery/SessionConfirmed/ar")];

    /// <summary>Goes through all of them and does the same on each.</summary>
    public static async Task WalkAsync(StoryFixture stories, IPage page, string language, Func<string, Task> look)
    {
        var visit = new Visit(stories.Portal, page, language, look);
        await visit.EachAsync(ForVisitors);
        foreach (var (name, decision) in ((string, string)[])[("join-open", "Open"), ("join-early", "TooEarly")])
        {
            await stories.Portal.DemoLinkAsync(Persons.Mentee(language), page, decision);
            await look(name);
        }
        await new SignInPage(page).SignInAsync(Persons.Mentee(language));
        await visit.EachAsync([("mentors", 200, "/mentors"), ("sessions", 200, "/sessions"), ("sessions-past", 200, "/sessions?show=past"), ("profile", 200, "/account/profile"),
            ("security", 200, "/account/security"), ("reminders", 200, "/account/reminders"), ("guardians", 200, "/account/guardians"), ("delete", 200, "/account/delete"),
                ("calendar", 200, "/account/calendar"), ("sign-out", 200, "/account/sign-out")]);
        await page.GotoAsync("/sessions");
        await page.Locator("#next .next-topic a").ClickAsync();
        await page.Locator("#cancel-box").WaitForAsync();
        await look("session");
        await page.GotoAsync(new Uri(page.Url).AbsolutePath + "/feedback");
        await look("feedback");
        await page.GotoAsync(new Uri(page.Url).AbsolutePath.Replace("/feedback", "/files", StringComparison.Ordinal));
        await look("files");
        // The one that is open now can no longer be moved; the last one can.
        await page.GotoAsync("/sessions");
        await page.Locator("#ahead .session-rows > li > .session-row").Last.ClickAsync();
        await page.Locator("#move").ClickAsync();
        await page.Locator(".slot").First.ClickAsync();
        await page.Locator("form #move").WaitForAsync();
        await look("move");
        var book = new BookPage(page);
        await book.PickMentorAsync(Persons.OtherMentor(language).Name);
        await look("book");
        await book.PickAsync((await book.TimesAsync())[^1]);
        await page.Locator("#book").WaitForAsync();
        await look("book-chosen");
        await page.Locator("#Input_Topic").FillAsync("");
        await page.Locator("#book").ClickAsync();
        await page.Locator(".error-summary").WaitForAsync();
        await look("book-error");
        await visit.AsAsync(Persons.Mentor(language), ForMentors);
        // The one that is open now: who has come, and more time.
        await page.GotoAsync("/sessions");
        await page.Locator("#next .next-topic a").ClickAsync();
        await page.Locator("#arrivals").WaitForAsync();
        await look("session-mentor");
        await visit.AsAsync(Persons.Admin, ForAdmins);
        await page.GotoAsync(AdminMailPage.Path);
        await page.Locator("[data-id^='mail-']").First.ClickAsync();
        await page.Locator(".mail-preview iframe").WaitForAsync();
        await look("admin-mail-show");
    }

    /// <summary>The pages of a portal in which a good deal has happened.</summary>
    public static async Task WalkEventsAsync(EventfulPortal eventful, IPage page, string language, Func<string, Task> look)
    {
        var visit = new Visit(eventful.Portal, page, language, look);
        var (seen, live) = (eventful.In(language), new LiveSessionPage(page));
        await visit.EachAsync([("reminders-off", 200, seen.RemindersOff), ("reminders-off-guest", 200, seen.GuestRemindersOff),
            ("door-other-late", 200, seen.MentorDoor), ("door-said-late", 200, seen.MenteeDoor)]);
        await live.OpenLateBoxAsync();
        await look("door-late-box");
        await page.GotoAsync(seen.RemindersOff);
        await new RemindersOffPage(page).PressAsync();
        await look("reminders-off-done");
        await visit.AsAsync(Persons.Mentee(language),
            [("mentee-late", 200, $"/sessions/{seen.Late}"), ("mentee-missed", 200, $"/sessions/{seen.Missed}"),
            ("mentee-over", 200, $"/sessions/{seen.Over}"), ("feedback-open", 200, $"/sessions/{seen.Over}/feedback"),
                ("feedback-given", 200, $"/sessions/{seen.Rated}/feedback")]);
        await page.GotoAsync($"/sessions/{seen.Over}/feedback");
        await new FeedbackPage(page).SendAsync(null, "");
        await look("feedback-error");
        await visit.AsAsync(Persons.Mentor(language),
            [("mentor-late", 200, $"/sessions/{seen.Late}"), ("mentor-waiting", 200, $"/sessions/{seen.Waiting}"),
            ("mentor-missed", 200, $"/sessions/{seen.Missed}"), ("mentor-trouble", 200, $"/sessions/{seen.Trouble}")]);
        await page.GotoAsync($"/sessions/{seen.Late}");
        await live.OpenExtendBoxAsync();
        await look("mentor-extend");
        await page.GotoAsync("/mentors");
        await page.Locator(".mentor-card").Filter(new() { HasText = Persons.Mentor(language).Name }).Locator("h2 a").ClickAsync();
        await page.Locator("#own-page").WaitForAsync();
        await look("own-page");
        await visit.AsAsync(Persons.Admin, [.. ForAdmins.Where(p => p.Name.StartsWith("admin", StringComparison.Ordinal)),
            ("admin-session-trouble", 200, $"/sessions/{seen.Trouble}"), ("admin-session-rated", 200, $"/sessions/{seen.Rated}")]);
        await page.GotoAsync(AdminMailPage.Path + "?q=" + Persons.Mentee(language).Email);
        await page.Locator("[data-id^='mail-']").First.ClickAsync();
        await page.Locator("#log + .table-wrap").WaitForAsync();
        await look("admin-mail-attempts");
        await page.GotoAsync("/admin/mail/test");
        await page.Locator("[data-id='send-test']").ClickAsync();
        await page.Locator("[data-id='test-result']").WaitForAsync();
        await look("admin-mail-refused");
    }

    private sealed class Visit(RunningPortal portal, IPage page, string language, Func<string, Task> look)
    {
        public async Task AsAsync(DemoPerson person, (string, int, string)[] pages)
        {
            await page.Context.ClearCookiesAsync();
            // The administrator's account is English.
            await page.Context.AddCookiesAsync([new() { Name = "language", Value = language, Url = portal.Address.ToString() }]);
            await new SignInPage(page).SignInAsync(person);
            await EachAsync(pages);
        }

        public async Task EachAsync((string Name, int Status, string Path)[] pages)
        {
            foreach (var (name, status, path) in pages)
            {
                Assert.Equal((name, status), (name, (await page.GotoAsync(path))!.Status));
                await look(name);
            }
        }
    }
}
