using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Mail.Queue;
using Portal.Sessions;
using Portal.Sessions.Rooms;
using Tests.Support;

namespace Tests.Pages.Admin;

/// <summary>The overview says what is wrong at once, names the same cause once, and calls good only what was looked at.</summary>
public sealed class OverviewTests(PortalApp app) : IClassFixture<PortalApp>
{
    private readonly Scene _scene = new(app);

    private async Task<string> OverviewAsync() => await (await _scene.BrowserAsync(await _scene.AdminAsync())).GetStringAsync("/admin");

    private static string Tile(string page, string name) => page.Split($"id=\"tile-{name}\"")[1].Split("</li>")[0];

    [Fact]
    public async Task A_portal_whose_jobs_never_ran_is_not_called_well()
    {
        var page = await OverviewAsync();
        Assert.Contains("id=\"nothing\"", page);
        Assert.Contains("not everything has been checked", page);
        Assert.Contains("Not checked recently", Tile(page, "tools"));
        Assert.Contains("Not checked recently", Tile(page, "sessions"));
        Assert.DoesNotContain("chip good", Tile(page, "tools") + Tile(page, "sessions") + Tile(page, "jobs"));
    }

    [Fact]
    public async Task A_mail_that_failed_once_is_shown_at_once_with_its_reason_and_tried_again_at_a_press()
    {
        var session = await _scene.BookedAsync();
        var mail = (await _scene.MailsAsync(session.Id))[0];
        await app.InDatabaseAsync(db => db.Outbox.Where(m => m.Id == mail.Id).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.State, OutboxState.Waiting).SetProperty(m => m.Attempts, 1)
            .SetProperty(m => m.SentUtc, (DateTimeOffset?)null)
            .SetProperty(m => m.LastFailure, "Connect: Connection refused").SetProperty(m => m.Subject, (string?)null)
            .SetProperty(m => m.DueUtc, app.Clock.GetUtcNow().AddHours(1))));
        Assert.Contains("1 email failed and will be tried again", await OverviewAsync());

        var browser = await _scene.BrowserAsync(await _scene.AdminAsync());
        var list = await browser.GetStringAsync("/admin/mail?state=Attention");
        Assert.Contains("Retrying", list);
        Assert.Contains("Connect: Connection refused", list);
        Assert.Matches(@"\d\d:\d\d", list.Split($"mail-{mail.Id}")[1].Split("</a>")[0]); // its subject, with the time
        var shown = await browser.GetStringAsync($"/admin/mail/{mail.Id}");
        Assert.Contains("data-id=\"try-now\"", shown);
        using var pressed = await Forms.PostAsync(browser, $"/admin/mail/{mail.Id}", [], $"/admin/mail/{mail.Id}?handler=TryNow");
        Assert.Equal(HttpStatusCode.Redirect, pressed.StatusCode);
        var row = await app.InDatabaseAsync(db => db.Outbox.AsNoTracking().SingleAsync(m => m.Id == mail.Id));
        Assert.True(row.State == OutboxState.Sent || row.DueUtc <= app.Clock.GetUtcNow(), "It still waits for its next turn.");
        Assert.True(await app.InDatabaseAsync(db =>
            db.AuditEntries.AnyAsync(a => a.Action == "mail.try-now" && a.Subject == $"mail:{mail.Id}")));
    }

    [Fact]
    public async Task One_cause_in_several_sessions_is_one_line_and_the_tool_does_not_count_as_working()
    {
        var sessions = new[] { await _scene.BookedAsync(), await _scene.BookedAsync(), await _scene.BookedAsync() };
        await app.InDatabaseAsync(async db =>
        {
            foreach (var session in sessions)
                db.SessionTroubles.Add(new SessionTrouble
                {
                    SessionId = session.Id,
                    Kind = TroubleKind.ServerUnreachable,
                    Detail = "jitsi: no answer",
                    FoundUtc = app.Clock.GetUtcNow(),
                });
            await db.SaveChangesAsync();
        });
        var page = await OverviewAsync();
        Assert.Contains("3 sessions", Assert.Single(page.Split("data-trouble=\"ServerUnreachable\"")[1..]));
        Assert.All(sessions, s => Assert.Contains($"/sessions/{s.Id}", page));
        Assert.Contains("Not responding", Tile(page, "tools"));
        var tools = await (await _scene.BrowserAsync(await _scene.AdminAsync())).GetStringAsync("/admin/tools");
        Assert.Contains("Not responding", tools.Split("data-id=\"plugin-jitsi\"")[1].Split("</tr>")[0]);
        await app.InDatabaseAsync(db => db.SessionTroubles.ExecuteDeleteAsync());
        Assert.DoesNotContain("Not responding", await OverviewAsync());
    }

    [Fact]
    public async Task All_sessions_are_listed_and_filtered_by_what_the_address_says()
    {
        var session = await _scene.BookedAsync();
        var row = $"session-{session.Id}";
        var browser = await _scene.BrowserAsync(await _scene.AdminAsync());
        Assert.Contains(row, await browser.GetStringAsync("/admin/sessions"));
        Assert.Contains(row, await browser.GetStringAsync("/admin/sessions?state=Confirmed&when=all"));
        Assert.DoesNotContain(row, await browser.GetStringAsync("/admin/sessions?when=past"));
        Assert.DoesNotContain(row, await browser.GetStringAsync("/admin/sessions?state=Cancelled"));
        Assert.DoesNotContain(row, await browser.GetStringAsync("/admin/sessions?state=NoMeeting"));
        Assert.DoesNotContain(row, await browser.GetStringAsync("/admin/sessions?q=nobody-of-this-name"));
        await _scene.ChangeLinkAsync(session.Id, l => (l.State, l.Attempts) = (MeetingLinkState.Failed, 3));
        Assert.Contains(row, await browser.GetStringAsync("/admin/sessions?state=NoMeeting"));
        foreach (var odd in (string[])["state=Nonsense", "when=never", "p=-4", "p=99999999999", $"q={new string('x', 2000)}", "q=%00%27",
            "q=" + new string('x', SessionArchive.MaxSearch - 1) + "😀"])
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/admin/sessions?" + odd)).StatusCode);
        using var other = await (await _scene.BrowserAsync(session.Mentor)).GetAsync("/admin/sessions");
        Assert.StartsWith("/account/access-denied", other.Headers.Location?.OriginalString);
    }
}
