using System.Net;
using System.Text.RegularExpressions;
using Localization;
using Microsoft.EntityFrameworkCore;
using Portal.AuditTrail;
using Portal.Mail.Queue;
using Portal.Mail.Rendering;
using Portal.People;
using Portal.Sessions;
using Portal.Sessions.Live;
using Portal.Sessions.Mails;
using Tests.Support;

namespace Tests.Pages.Admin.Sessions;

/// <summary>An administrator does for the people of a session what they could do, and more; everybody is told who it was.</summary>
public sealed class OnBehalfTests : IAsyncLifetime
{
    private PortalApp _app = null!;
    private Scene _scene = null!;
    private PortalUser _boss = null!;
    private HttpClient _admin = null!;

    public async Task InitializeAsync()
    {
        _app = await PortalApp.StartAsync();
        _scene = new(_app);
        _boss = await _scene.PersonAsync("Ada Boss", zone: "Asia/Tokyo", roles: Roles.Admin);
        _admin = await _scene.BrowserAsync(_boss);
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [InlineData("en", "Cancelled by ⁨Majlis administration⁩.", "Room taken")]
    [InlineData("ar", "تم الإلغاء بواسطة ⁨مسؤولي «مجلس»⁩.", "القاعة محجوزة")]
    public async Task Cancels_with_a_reason_and_both_sides_read_that_it_was_the_administration(string language, string said, string reason)
    {
        var session = await _scene.BookedAsync(mentee: await _scene.PersonAsync("Mina", language));
        using (await DoAsync(session, "cancel", ("Reason", reason))) { }
        var mail = (await _scene.MailsAsync(session.Id)).Single(m => m.Kind == nameof(SessionCancelled) && m.UserId == session.Mentee.Id);
        Assert.Equal(said, Lead(mail, language));
        Assert.Equal(reason, ((SessionCancelled)MailKinds.Read(mail.Kind, mail.Model)).Reason);
        var row = await RowAsync(session, "session.cancel");
        Assert.Equal(_boss.Id, row.ActorId);
        Assert.Contains(new AuditChange("State", "Confirmed", "Cancelled"), AuditChanges.Read(row.Details)!.Changes);
        Assert.DoesNotContain(reason, row.Details);
        Assert.Equal(_boss.Id, (await _scene.EventsAsync(session.Id)).Single(e => e.Kind == MeetingEventKind.Cancelled).ActorId);
    }

    [Fact]
    public async Task Moves_it_and_the_trail_knows_both_times()
    {
        var session = await _scene.BookedAsync();
        var to = session.Start.AddHours(3);
        using var moved = await Forms.PostAsync(_admin, $"/sessions/{session.Id}/move?start={Uri.EscapeDataString($"{to:o}")}",
            new() { ["start"] = $"{to:o}" }, $"/sessions/{session.Id}/move");
        Assert.Equal(HttpStatusCode.Redirect, moved.StatusCode);
        var row = await RowAsync(session, "session.move");
        var start = AuditChanges.Read(row.Details)!.Changes.Single(c => c.Name == "StartUtc");
        Assert.Equal((session.Start, to), (DateTimeOffset.Parse(start.Before), DateTimeOffset.Parse(start.After)));
        Assert.Equal(2, (await _scene.MailsAsync(session.Id)).Count(m => m.Kind == nameof(SessionMoved)));
    }

    [Fact]
    public async Task Puts_an_address_in_place_of_the_room_and_takes_it_away_and_no_trail_holds_it()
    {
        var session = await _scene.BookedAsync();
        using (await DoAsync(session, "room", ("RoomUrl", "https://meet.google.com/abc-defg-hij"))) { }
        using (await DoAsync(session, "room?handler=Back")) { }
        var rows = await _app.InDatabaseAsync(db => db.AuditEntries.Where(a => a.Subject == $"session:{session.Id}"
            && a.Action == "session.switch-room").OrderBy(a => a.AtUtc).Select(a => a.Details).ToListAsync());
        Assert.Equal([new("ExternalMeetingUrl", "", AuditChanges.Masked), new("ExternalMeetingUrl", AuditChanges.Masked, "")],
            rows.SelectMany(d => AuditChanges.Read(d)!.Changes));
        Assert.DoesNotContain(rows.Concat((await _scene.EventsAsync(session.Id)).Select(e => e.Details)), d => d?.Contains("abc-defg-hij") == true);
    }

    [Fact]
    public async Task Renews_withdraws_and_sends_again_for_one_person_and_the_history_tells_it_in_order()
    {
        var session = await _scene.BookedAsync();
        var person = ("person", $"{session.MenteePart}");
        var before = await _scene.LinkAsync(session.MenteePart);
        using (await DoAsync(session, "people?handler=SendAgain", person)) { }
        Assert.Equal(before, await _scene.LinkAsync(session.MenteePart));
        Assert.Equal(2, (await _scene.MailsAsync(session.Id))
            .Count(m => m.Kind == nameof(SessionConfirmed) && m.UserId == session.Mentee.Id));
        using (await DoAsync(session, "people?handler=SendAgain", ("person", $"{session.MentorPart}"))) { }
        using (await DoAsync(session, "people?handler=Withdraw", person)) { }
        using (await DoAsync(session, "people?handler=Renew", person)) { }
        var row = await RowAsync(session, "session.withdraw-link");
        Assert.Equal(session.MenteePart, AuditChanges.Read(row.Details)!.Participant);
        var page = WebUtility.HtmlDecode(await _admin.GetStringAsync($"/sessions/{session.Id}"));
        page = page[page.IndexOf("id=\"history\"", StringComparison.Ordinal)..];
        int[] at = [.. new[] { "Session booked", "Details sent again", "Join link deactivated", "New join link sent" }
            .Select(what => page.IndexOf(what, StringComparison.Ordinal))];
        Assert.DoesNotContain(-1, at);
        Assert.Equal(at.Order(), at);
        Assert.Contains("⁨Ada Boss⁩ (administrator)", page);
        Assert.Contains("/admin/mail/", page);
        // Midnight of the day before in Tokyo is fifteen hours of UTC.
        Assert.Contains(SessionTime.Stamp(row.AtUtc, "Asia/Tokyo", "en"), page);
    }

    [Fact, Trait("Clock", "moves")]
    public async Task Records_who_was_missing_and_both_sides_are_told_that_it_was_the_administration()
    {
        var session = await _scene.BookedAsync();
        using (var early = await DoAsync(session, "close?handler=Missed", ("person", $"{session.MentorPart}")))
            Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
        _scene.GoTo(session, 10);
        _admin = await _scene.BrowserAsync(_boss);
        Assert.Contains("id=\"close-held\"", await _admin.GetStringAsync($"/sessions/{session.Id}"));
        using (await DoAsync(session, "close?handler=Missed", ("person", $"{session.MentorPart}"))) { }
        Assert.Equal(SessionState.Missed, await StateAsync(session));
        var mails = (await _scene.MailsAsync(session.Id)).Where(m => m.Kind == nameof(SessionMissed)).ToList();
        Assert.Equal(2, mails.Count);
        Assert.All(mails, m => Assert.Contains("Recorded by ⁨Majlis administration⁩.", Lead(m, "en")));
        var row = await RowAsync(session, "session.missed");
        Assert.Contains(new AuditChange("State", "Confirmed", "Missed"), AuditChanges.Read(row.Details)!.Changes);
        Assert.Equal(session.MentorPart, AuditChanges.Read(row.Details)!.Participant);
    }

    [Fact, Trait("Clock", "moves")]
    public async Task Ends_a_session_that_runs()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session, 10);
        _admin = await _scene.BrowserAsync(_boss);
        using (await DoAsync(session, "close?handler=Held")) { }
        Assert.Equal(SessionState.Completed, await StateAsync(session));
        Assert.Contains(new AuditChange("State", "Confirmed", "Completed"),
            AuditChanges.Read((await RowAsync(session, "session.complete")).Details)!.Changes);
        Assert.Contains(await _scene.MailsAsync(session.Id), m => m.Kind == nameof(SessionCompleted) && m.UserId == session.Mentee.Id);
    }

    [Fact, Trait("Clock", "moves")]
    public async Task Nobody_else_closes_or_sends_again_or_sees_the_history()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session, 10);
        foreach (var person in new[] { session.Mentor, session.Mentee, await _scene.PersonAsync() })
        {
            var browser = await _scene.BrowserAsync(person);
            foreach (var form in new[] { "close?handler=Held", "close?handler=Missed", "people?handler=SendAgain" })
            {
                using var answer = await Forms.PostAsync(browser, "/account/profile", new() { ["person"] = $"{session.MenteePart}" },
                    $"/sessions/{session.Id}/{form}");
                Assert.True(answer.StatusCode == HttpStatusCode.Forbidden
                    || answer.Headers.Location?.OriginalString.StartsWith("/account/access-denied", StringComparison.Ordinal) == true, form);
            }
            using var page = await browser.GetAsync($"/sessions/{session.Id}");
            Assert.DoesNotContain("id=\"history\"", await page.Content.ReadAsStringAsync());
        }
        Assert.Equal(SessionState.Confirmed, await StateAsync(session));
    }

    [Fact]
    public async Task The_page_names_both_sides_and_speaks_to_neither_in_both_languages()
    {
        var session = await _scene.BookedAsync();
        foreach (var language in Languages.All)
        {
            var admin = await _scene.BrowserAsync(await _scene.PersonAsync("Admin", language, roles: Roles.Admin));
            var page = WebUtility.HtmlDecode(await admin.GetStringAsync($"/sessions/{session.Id}"));
            Assert.Contains("Samir Haddad", page);
            Assert.Contains("Maha Nassar", page);
            Assert.DoesNotContain("your mentee", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("your meeting", page, StringComparison.OrdinalIgnoreCase);
            Assert.True(page.Length < 80_000, $"{page.Length} characters.");
        }
    }

    private Task<HttpResponseMessage> DoAsync(BookedScene session, string form, params (string Name, string Value)[] fields) =>
        Forms.PostAsync(_admin, $"/sessions/{session.Id}", fields.ToDictionary(f => f.Name, f => f.Value), $"/sessions/{session.Id}/{form}");

    private Task<AuditEntry> RowAsync(BookedScene session, string kind) => _app.InDatabaseAsync(db =>
        db.AuditEntries.AsNoTracking().SingleAsync(a => a.Subject == $"session:{session.Id}" && a.Action == kind));

    private Task<SessionState> StateAsync(BookedScene session) =>
        _app.InDatabaseAsync(db => db.Sessions.Where(s => s.Id == session.Id).Select(s => s.State).SingleAsync());

    /// <summary>The mail's first sentences in that language.</summary>
    private static string? Lead(OutboxMessage row, string language)
    {
        using var reading = new Language(language);
        return ((SessionMail)MailKinds.Read(row.Kind, row.Model)).Lead(new SessionMailContext(new MailContext
        {
            RecipientName = "Reader",
            Language = language,
            TimeZone = "Etc/UTC",
            ProductName = "Majlis",
            PublicAddress = new("https://portal.example/"),
        }));
    }
}
