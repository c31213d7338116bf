using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Calendar;
using Portal.Sessions.Availability;
using Portal.Sessions.Booking;
using Tests.Support;

namespace Tests.Calendar;

/// <summary>From the address that a mentor types to times that are not offered.</summary>
[Trait("Clock", "moves")]
public sealed class BusyCalendarsTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string Secret = "https://calendar.example/private-1234/basic.ics";

    private readonly Scene _scene = new(app);

    private static Task<HttpResponseMessage> SaveAsync(HttpClient browser, string address) =>
        Forms.PostAsync(browser, "/settings/calendar", new() { ["Address"] = address });

    private void Serve(string address, string text, HttpStatusCode status = HttpStatusCode.OK) =>
        app.Internet.Answer(address, _ => new(status) { Content = new StringContent(text) });

    private Task<int> ReadAsync() => app.InScopeAsync<BusyCalendars, int>(c => c.ReadDueAsync(default));

    private Task<MentorProfile> ProfileAsync(Guid id) =>
        app.InDatabaseAsync(db => db.MentorProfiles.AsNoTracking().SingleAsync(m => m.UserId == id));

    private Task<int> RowsAsync(Guid id) => app.InDatabaseAsync(db => db.BusyTimes.CountAsync(b => b.MentorId == id));

    private string Busy(int hours = 1) => $"""
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        SUMMARY:Nobody must read this
        DTSTART:{_scene.Slot:yyyyMMdd'T'HHmmss}Z
        DURATION:PT{hours}H
        END:VEVENT
        END:VCALENDAR
        """;

    [Fact]
    public async Task Times_of_the_own_calendar_are_neither_offered_nor_booked_and_a_failure_keeps_them()
    {
        var mentor = await _scene.MentorAsync();
        var browser = await _scene.BrowserAsync(mentor);
        Serve(Secret, Busy());
        using var saved = await SaveAsync(browser, Secret);
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        // It was read at once.
        var connected = await browser.GetStringAsync("/settings/calendar");
        Assert.Contains("1 busy time in the next 30 days", connected);
        Assert.Contains("Calendar connected.", connected);
        Assert.Equal(1, await RowsAsync(mentor.Id));

        var free = await app.InScopeAsync<MentorCalendar, List<Slot>>(async c =>
        {
            var found = (await c.FindAsync(mentor.Id, default))!;
            return await c.FreeAsync(found, MentorCalendar.RulesOf(found), _scene.Slot, _scene.Slot.AddHours(2), default);
        });
        Assert.Equal([_scene.Slot.AddHours(1)], free.Select(s => s.Start));
        var mentee = await _scene.PersonAsync();
        var result = await app.InScopeAsync<BookingService, BookingResult>(b =>
            b.BookAsync(new BookingRequest(mentor.Id, _scene.Slot, "Talk"), mentee.Id, default));
        Assert.Equal(BookingOutcome.NotOffered, result.Outcome);

        // Write-only: host and age, never the address; and nothing of it in the store or a log.
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        var page = await browser.GetStringAsync("/settings/calendar");
        Assert.Contains("calendar.example", page);
        Assert.Contains("Checked 5 minutes ago", page);
        Assert.DoesNotContain("private-1234", page + app.Log.Text + (await ProfileAsync(mentor.Id)).BusyCalendarSecret);
        Assert.DoesNotContain("Nobody must read this", app.Log.Text);

        Serve(Secret, "", HttpStatusCode.NotFound);
        app.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.NotEqual(0, await ReadAsync()); // calendars of other tests may be due again as well
        Assert.Equal("CalendarAnswered:404", (await ProfileAsync(mentor.Id)).BusyCalendarProblem);
        Assert.Equal(1, await RowsAsync(mentor.Id));
        Assert.Contains("error 404", await browser.GetStringAsync("/settings/calendar"));

        using (await Forms.PostAsync(browser, "/settings/calendar", [], "/settings/calendar?handler=Remove")) { }
        Assert.Equal((null, 0), ((await ProfileAsync(mentor.Id)).BusyCalendarSecret, await RowsAsync(mentor.Id)));
    }

    [Fact]
    public async Task A_calendar_that_does_not_answer_is_not_said_to_be_free()
    {
        const string address = "https://gone.example/basic.ics";
        var browser = await _scene.BrowserAsync(await _scene.MentorAsync());
        Serve(address, "", HttpStatusCode.NotFound);
        using (await SaveAsync(browser, address)) { }
        var told = WebUtility.HtmlDecode(await browser.GetStringAsync("/settings/calendar"));
        Assert.Contains("Calendar link saved, but we couldn’t read all of it.", told);
        Assert.DoesNotContain("busy times in the next", told);
    }

    [Fact]
    public async Task Half_a_calendar_takes_no_place_of_a_whole_one_and_mentor_and_administrator_are_told()
    {
        const string address = "https://half.example/basic.ics";
        var mentor = await _scene.MentorAsync("Half Read");
        var browser = await _scene.BrowserAsync(mentor);
        Serve(address, Busy()[..^"END:VCALENDAR".Length]);
        using (await SaveAsync(browser, address)) { }
        Assert.Equal(1, await RowsAsync(mentor.Id)); // nothing was there before
        var told = WebUtility.HtmlDecode(await browser.GetStringAsync("/settings/calendar"));
        Assert.Contains("Calendar link saved, but we couldn’t read all of it.", told);
        Assert.DoesNotContain("Calendar connected.", told);

        Serve(address, "BEGIN:VCALENDAR");
        await app.InScopeAsync<BusyCalendars>(c => c.ReadNowAsync(mentor.Id, default));
        Assert.Equal(1, await RowsAsync(mentor.Id));
        Assert.Contains("is incomplete", await browser.GetStringAsync("/settings/calendar"));
        var overview = await (await _scene.BrowserAsync(await _scene.AdminAsync())).GetStringAsync("/admin");
        Assert.Contains("<bdi>Half Read</bdi>: The calendar is incomplete", overview);

        Serve(address, "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR");
        await app.InScopeAsync<BusyCalendars>(c => c.ReadNowAsync(mentor.Id, default));
        Assert.Contains("Partly read: 1 event", await browser.GetStringAsync("/settings/calendar"));
        Assert.Equal(0, await RowsAsync(mentor.Id));
        await app.InScopeAsync<BusyCalendars>(c => c.RemoveAsync(mentor.Id, default));
    }

    [Fact]
    public async Task What_a_mentor_declined_is_free_by_the_address_of_the_account_or_of_the_calendar()
    {
        var mentor = await _scene.MentorAsync();
        foreach (var (name, rows) in new[] { (mentor.Email!.ToUpperInvariant(), 0), ("maya@own.example", 0), ("other@own.example", 1) })
        {
            const string address = "https://declined.example/ical/maya%40own.example/private-1/basic.ics";
            Serve(address, Busy().Replace("SUMMARY", $"ATTENDEE;PARTSTAT=DECLINED:mailto:{name}\nSUMMARY"));
            await app.InScopeAsync<BusyCalendars>(c => c.SetAsync(mentor.Id, new(address), default));
            await app.InScopeAsync<BusyCalendars>(c => c.ReadNowAsync(mentor.Id, default));
            Assert.Equal((name, rows), (name, await RowsAsync(mentor.Id)));
        }
        await app.InScopeAsync<BusyCalendars>(c => c.RemoveAsync(mentor.Id, default));
    }

    [Fact]
    public async Task An_address_that_was_changed_while_the_old_one_was_read_keeps_nothing_of_the_old()
    {
        var mentor = await _scene.MentorAsync();
        app.Internet.Answer("https://slow.example/", async (_, cancellationToken) =>
        {
            await app.InScopeAsync<BusyCalendars>(c => c.SetAsync(mentor.Id, new("https://other.example/"), cancellationToken));
            return new(HttpStatusCode.OK) { Content = new StringContent(Busy()) };
        });
        await app.InScopeAsync<BusyCalendars>(c => c.SetAsync(mentor.Id, new("https://slow.example/"), default));
        Assert.NotEqual(0, await ReadAsync());
        Assert.Equal(0, await RowsAsync(mentor.Id));
        await app.InScopeAsync<BusyCalendars>(c => c.RemoveAsync(mentor.Id, default));
    }

    [Fact]
    public async Task An_address_whose_secret_cannot_be_decrypted_is_asked_for_again()
    {
        var mentor = await _scene.MentorAsync(profile: m => m.BusyCalendarSecret = "nonsense");
        Assert.NotEqual(0, await ReadAsync());
        Assert.Contains("enter it again", await (await _scene.BrowserAsync(mentor)).GetStringAsync("/settings/calendar"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("http://calendar.example/a.ics")]
    [InlineData("file:///etc/passwd")]
    [InlineData("my calendar")]
    public async Task What_is_no_address_is_refused(string address)
    {
        var mentor = await _scene.MentorAsync();
        using var answer = await SaveAsync(await _scene.BrowserAsync(mentor), address);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null((await ProfileAsync(mentor.Id)).BusyCalendarSecret);
    }
}
