using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Mail.Admin;
using Portal.Mail.Queue;
using Portal.Mail.Rendering;
using Portal.People;
using Portal.Sessions.Mails;
using Portal.Sessions.Reminders;
using Tests.Support;

namespace Tests.Pages.Account;

public sealed class RemindersPagesTests(PortalApp app) : IClassFixture<PortalApp>
{
    private readonly Scene _scene = new(app);

    private Task<string?> StoredAsync(PortalUser user) =>
        app.InDatabaseAsync(db => db.Users.Where(u => u.Id == user.Id).Select(u => u.Reminders).SingleAsync());

    private Task<string> LinkOfAsync(PortalUser user) =>
        app.InScopeAsync<ReminderChoices, string>(c => Task.FromResult(c.OffUrl(new OutboxMessage { UserId = user.Id }).AbsolutePath));

    private static FormUrlEncodedContent Chosen(string token, params string[] minutes) =>
        new(minutes.Select(m => KeyValuePair.Create("Minutes", m)).Append(new("__RequestVerificationToken", token)));

    [Fact]
    public async Task A_person_chooses_when_to_be_reminded_and_sees_what_was_chosen()
    {
        var person = await _scene.PersonAsync();
        var browser = await _scene.BrowserAsync(person);
        var page = await browser.GetStringAsync("/account/reminders");
        Assert.Contains("value=\"1440\" checked", page);
        Assert.Contains("24 hours before", page);
        Assert.DoesNotContain("value=\"30\" checked", page);
        var token = await Forms.TokenAsync(browser, "/account/reminders");

        async Task<string?> SaveAsync(params string[] minutes)
        {
            using var answer = await browser.PostAsync("/account/reminders", Chosen(token, minutes));
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            return await StoredAsync(person);
        }
        Assert.Equal("2880,30", await SaveAsync("30", "2880"));
        Assert.Contains("value=\"30\" checked", await browser.GetStringAsync("/account/reminders"));
        Assert.Equal("", await SaveAsync());
        Assert.DoesNotContain("checked", await browser.GetStringAsync("/account/reminders"));
        Assert.Null(await SaveAsync("15", "60", "1440"));
    }

    [Theory]
    [InlineData("17")]
    [InlineData("-60")]
    [InlineData("abc")]
    [InlineData("99999999999999999999")]
    [InlineData("60", "7")]
    public async Task What_cannot_be_chosen_is_refused_with_a_reason_and_changes_nothing(params string[] minutes)
    {
        var person = await _scene.PersonAsync();
        var browser = await _scene.BrowserAsync(person);
        using var answer = await browser.PostAsync("/account/reminders",
            Chosen(await Forms.TokenAsync(browser, "/account/reminders"), minutes));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("Please choose from the times below", await answer.Content.ReadAsStringAsync());
        Assert.Null(await StoredAsync(person));
    }

    [Fact]
    public async Task Opening_the_link_of_a_reminder_changes_nothing_and_the_button_switches_them_off()
    {
        var person = await _scene.PersonAsync();
        var link = await LinkOfAsync(person);
        var visitor = app.Visitor();
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
        {
            using var opened = await visitor.SendAsync(new(method, link));
            Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
            Assert.True(opened.Headers.CacheControl?.NoStore);
        }
        Assert.Contains("reminders-off-button", await visitor.GetStringAsync(link));
        Assert.Null(await StoredAsync(person));
        using var answer = await visitor.PostAsync(link, new FormUrlEncodedContent([]));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("Reminders are off.", await answer.Content.ReadAsStringAsync());
        Assert.Equal("", await StoredAsync(person));
    }

    /// <summary>As a mail program does it (RFC 8058): no cookies, no form, no page before, from any origin.</summary>
    [Fact]
    public async Task One_click_of_a_mail_program_is_enough()
    {
        var person = await _scene.PersonAsync(language: "ar");
        var request = new HttpRequestMessage(HttpMethod.Post,
            await LinkOfAsync(person))
        { Content = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]) };
        request.Headers.Add("Origin", "https://mail.example");
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var answer = await app.Visitor().SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("", await StoredAsync(person));
    }

    [Fact]
    public async Task The_link_in_a_reminder_is_the_readers_own_and_drops_what_still_waits()
    {
        var session = await _scene.BookedAsync();
        await app.InScopeAsync<ReminderService>(r => r.SweepAsync(default));
        app.Clock.MoveTo(session.Start.AddMinutes(-60));
        await app.InScopeAsync<ReminderService>(r => r.SweepAsync(default));
        var row = (await _scene.MailsAsync(session.Id)).Single(m => m.Kind == nameof(SessionReminder) && m.UserId == session.Mentee.Id);
        var mail = await app.InScopeAsync<MailArchive, RenderedMail>(a => a.RenderAsync(row, default));
        Assert.Contains("in 1 hour", mail.Text);
        Assert.Contains("/mail/reminders/example", mail.Text); // an administrator who looks at it gets a dead one
        var link = await LinkOfAsync(session.Mentee);
        Assert.DoesNotContain(session.Mentee.Id.ToString("N"), link);
        using var answer = await app.Visitor().PostAsync(link, null);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var states = (await _scene.MailsAsync(session.Id)).Where(m => m.Kind == nameof(SessionReminder))
            .ToDictionary(m => m.UserId!.Value, m => m.State);
        Assert.Equal((OutboxState.Dropped, OutboxState.Waiting), (states[session.Mentee.Id], states[session.Mentor.Id]));
    }

    [Fact]
    public async Task A_token_that_was_never_given_out_is_not_found()
    {
        var link = await LinkOfAsync(await _scene.PersonAsync());
        var feed = await app.InScopeAsync<Portal.Calendar.CalendarFeed, string>(async f =>
            f.AddressOf(await _scene.PersonAsync()).Segments[^1].Replace(".ics", ""));
        var middle = link.Length - 20;
        foreach (var path in new[]
        {
            link[..^1], link + "A", link[..middle] + (link[middle] == 'A' ? 'B' : 'A') + link[(middle + 1)..], "/mail/reminders/" + feed,
                "/mail/reminders/x",
            "/mail/reminders/..%2f..", "/mail/reminders/" + new string('A', 3000), "/mail/reminders/example",
        })
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post })
            {
                using var answer = await app.Visitor().SendAsync(new(method, path));
                Assert.Equal((method, path, HttpStatusCode.NotFound), (method, path, answer.StatusCode));
            }
        }
    }
}
