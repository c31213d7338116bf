using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Portal.Sessions;
using Portal.Sessions.Availability;
using Tests.Support;

namespace Tests.Pages.Settings;

/// <summary>Special days, kinds of session, the live check of an address, and the example mail.</summary>
public sealed class DaysAndKindsTests(PortalApp app) : IClassFixture<PortalApp>
{
    private readonly Scene _scene = new(app);

    /// <summary>A date so many days after the one on which the test begins, as the form takes it.</summary>
    private static string Day(int days) => TestClock.Anchor.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateTimeOffset Midnight(int days) => new(TestClock.Anchor.UtcDateTime.Date.AddDays(days), TimeSpan.Zero);

    private static Task<HttpResponseMessage> DaysAsync(HttpClient browser, params (string Field, string Value)[] fields) => Forms.PostAsync(
        browser, "/settings/days", fields.ToDictionary(f => "Days." + f.Field, f => f.Value), "/settings/days");

    private Task<List<SpecialDay>> DaysOfAsync(Guid id) =>
        app.InDatabaseAsync(db =>
            db.SpecialDays.AsNoTracking().Where(d => d.MentorId == id).OrderBy(d => d.Date).ThenBy(d => d.FromMinute).ToListAsync());

    private Task<List<Slot>> FreeAsync(Guid id, DateTimeOffset from, int days, SessionKind? kind = null) =>
        app.InScopeAsync<MentorCalendar, List<Slot>>(async calendar =>
    {
        var mentor = (await calendar.FindAsync(id, default))!;
        return await calendar.FreeAsync(mentor, MentorCalendar.RulesOf(mentor, kind), from, from.AddDays(days), default);
    });

    [Fact, Trait("Clock", "moves")]
    public async Task A_holiday_of_many_days_is_added_and_removed_in_one_go()
    {
        var session = await _scene.BookedAsync(); // tomorrow
        var browser = await _scene.BrowserAsync(session.Mentor);
        using var added = await DaysAsync(browser, ("First", Day(1)), ("Last", Day(10)), ("IsOff", "true"));
        Assert.Equal((HttpStatusCode.Redirect, "/settings/days"), (added.StatusCode, added.Headers.Location?.OriginalString));
        Assert.Equal(10, (await DaysOfAsync(session.Mentor.Id)).Count);
        Assert.Empty(await FreeAsync(session.Mentor.Id, Midnight(1), 10));
        Assert.Equal(24, (await FreeAsync(session.Mentor.Id, Midnight(11), 1)).Count);

        // One row for all ten days; and the session on them is told of, and stays.
        var page = await browser.GetStringAsync("/settings/days");
        Assert.Single(Regex.Matches(page, "data-days="));
        Assert.Contains("1 session already booked on these days", page);
        Assert.Equal(SessionState.Confirmed,
            await app.InDatabaseAsync(db => db.Sessions.Where(s => s.Id == session.Id).Select(s => s.State).SingleAsync()));

        using var removed = await Forms.PostAsync(browser, "/settings/days", new() { ["first"] = Day(1), ["last"] = Day(10) },
            "/settings/days?handler=Remove");
        Assert.Equal(HttpStatusCode.Redirect, removed.StatusCode);
        Assert.Empty(await DaysOfAsync(session.Mentor.Id));
    }

    [Fact, Trait("Clock", "moves")]
    public async Task Hours_of_a_day_of_its_own_take_the_place_of_what_was_set_before()
    {
        var mentor = await _scene.MentorAsync();
        var browser = await _scene.BrowserAsync(mentor);
        using (await DaysAsync(browser, ("First", Day(7)), ("IsOff", "true"))) { }
        using var answer = await DaysAsync(browser, ("First", Day(7)), ("IsOff", "false"), ("From", "08:00"), ("To", "10:00"),
            ("From2", "20:00"), ("To2", "00:00"));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal([(480, 600), (1200, 1440)], (await DaysOfAsync(mentor.Id)).Select(d => (d.FromMinute!.Value, d.ToMinute!.Value)));
        var free = await FreeAsync(mentor.Id, Midnight(7), 1);
        Assert.Equal([8, 9, 20, 21, 22, 23], free.Select(s => s.Start.Hour));
    }

    [Theory]
    [InlineData("First=")]
    [InlineData("First=yesterday")]
    [InlineData("First=-1")]
    [InlineData("First=0001-01-01")]
    [InlineData("First=9999-12-31")]
    [InlineData("First=+8&Last=+7")]
    [InlineData("First=+8&Last=+739")]
    [InlineData("First=+8&Last=9999-12-31")]
    [InlineData("First=+8&IsOff=false")]
    [InlineData("First=+8&IsOff=false&From=10:00&To=10:00")]
    [InlineData("First=+8&IsOff=false&From=10:00&To=12:00&From2=11:55&To2=13:00")]
    [InlineData("First=+8&IsOff=maybe")]
    public async Task Days_that_do_not_fit_are_refused(string fields)
    {
        var mentor = await _scene.MentorAsync();
        var filled = Regex.Replace(fields, @"(?<==)[+-]\d+", days => Day(int.Parse(days.Value, CultureInfo.InvariantCulture)));
        using var answer = await DaysAsync(await _scene.BrowserAsync(mentor),
            [.. filled.Split('&').Select(f => (f.Split('=')[0], f.Split('=')[1]))]);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(await DaysOfAsync(mentor.Id));
    }

    private static Task<HttpResponseMessage> KindAsync(HttpClient browser, Guid? id, string name, string minutes, string capacity) =>
        Forms.PostAsync(browser, "/settings/kinds",
        new() { ["Input.Name"] = name, ["Input.Minutes"] = minutes, ["Input.Capacity"] = capacity },
            "/settings/kinds" + (id is null ? "" : $"?id={id}"));

    private Task<List<SessionKind>> KindsAsync(Guid mentor) =>
        app.InDatabaseAsync(db => db.SessionKinds.AsNoTracking().Where(k => k.MentorId == mentor).ToListAsync());

    [Fact]
    public async Task A_kind_is_added_changed_retired_and_offered_again()
    {
        var mentor = await _scene.MentorAsync();
        var browser = await _scene.BrowserAsync(mentor);
        using (await KindAsync(browser, null, "Writing <group>", "90", "8")) { }
        var kind = Assert.Single(await KindsAsync(mentor.Id));
        Assert.Equal(("Writing <group>", 90, 8, false), (kind.Name, kind.Minutes, kind.Capacity, kind.IsRetired));
        Assert.Contains("Writing &lt;group&gt;", await browser.GetStringAsync("/settings/kinds"));

        using (await KindAsync(browser, kind.Id, "Writing group", "120", "100")) { }
        kind = Assert.Single(await KindsAsync(mentor.Id));
        Assert.Equal(("Writing group", 120, 100), (kind.Name, kind.Minutes, kind.Capacity));
        Assert.All(await FreeAsync(mentor.Id, _scene.Slot, 1, kind), s => Assert.Equal(120, (s.End - s.Start).TotalMinutes));

        foreach (var retired in new[] { true, false })
        {
            using (await Forms.PostAsync(browser, "/settings/kinds", [],
                $"/settings/kinds?handler=Retire&id={kind.Id}&retired={retired}")) { }
            kind = Assert.Single(await KindsAsync(mentor.Id));
            Assert.Equal((retired, retired), (kind.IsRetired, (await FreeAsync(mentor.Id, _scene.Slot, 1, kind)).Count == 0));
        }
    }

    [Theory]
    [InlineData("", "60", "1")]
    [InlineData("   ", "60", "1")]
    [InlineData("writing GROUP", "60", "1")]
    [InlineData("LONG", "60", "1")]
    [InlineData("Short", "10", "1")]
    [InlineData("Odd", "61", "1")]
    [InlineData("Long", "245", "1")]
    [InlineData("None", "60", "0")]
    [InlineData("Many", "60", "101")]
    [InlineData("Text", "60", "ten")]
    public async Task A_kind_that_does_not_fit_comes_back(string name, string minutes, string capacity)
    {
        var mentor = await _scene.MentorAsync(profile: m => m.Kinds.Add(new() { Name = "Writing group" }));
        using var answer = await KindAsync(await _scene.BrowserAsync(mentor), null, name.Replace("LONG", new string('x', 81)), minutes,
            capacity);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Single(await KindsAsync(mentor.Id));
    }

    [Fact]
    public async Task Nobody_touches_the_kinds_of_another_mentor()
    {
        var other = await _scene.MentorAsync(profile: m => m.Kinds.Add(new() { Name = "Mine" }));
        var kind = Assert.Single(await KindsAsync(other.Id));
        var browser = await _scene.BrowserAsync(await _scene.MentorAsync());
        using var changed = await KindAsync(browser, kind.Id, "Yours", "60", "1");
        using var retired = await Forms.PostAsync(browser, "/settings/kinds", [],
            $"/settings/kinds?handler=Retire&id={kind.Id}&retired=true");
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (changed.StatusCode, retired.StatusCode));
        Assert.Equal(("Mine", false), (await KindsAsync(other.Id)) is [var k] ? (k.Name, k.IsRetired) : default);
    }

    [Theory]
    [InlineData("https://meet.google.com/abc-defg-hij", true)]
    [InlineData("http://meet.google.com/abc-defg-hij", false)]
    [InlineData("https://192.168.0.1/room", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("", false)]
    [InlineData("\u0007", false)]
    [InlineData("LONG", false)]
    public async Task An_address_is_judged_while_it_is_typed_by_the_rules_of_the_provider(string url, bool fits)
    {
        var browser = await _scene.BrowserAsync(await _scene.MentorAsync());
        using var answer = await Forms.PostAsync(browser, "/settings/tool",
            new() { ["url"] = url.Replace("LONG", "https://zoom.us/" + new string('x', 5000)) }, "/settings/check-url");
        var verdict = await answer.JsonAsync(HttpStatusCode.OK);
        Assert.Equal(fits, verdict.GetProperty("ok").GetBoolean());
        Assert.Equal(fits, verdict.GetProperty("refusal").GetString() is null or "");
    }

    [Fact]
    public async Task Only_mentors_have_addresses_judged_and_only_by_the_form()
    {
        var (mentee, mentor) = (await _scene.BrowserAsync(await _scene.PersonAsync()),
            await _scene.BrowserAsync(await _scene.MentorAsync()));
        FormUrlEncodedContent Body() => new(new Dictionary<string, string> { ["url"] = "https://zoom.us/j/1" });
        using var forged = await mentor.PostAsync("/settings/check-url", Body());
        using var refused = await mentee.PostAsync("/settings/check-url", Body());
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, refused.StatusCode);
    }

    [Theory]
    [InlineData("en", "Someone &lt;b&gt;")]
    [InlineData("ar", "dir=\"rtl\"")]
    public async Task The_example_mail_is_in_the_readers_language_and_locked_in_its_frame(string language, string expected)
    {
        var mentor = await _scene.MentorAsync("Someone <b>");
        await app.InDatabaseAsync(db => db.Users.Where(u => u.Id == mentor.Id)
            .ExecuteUpdateAsync(s => s.SetProperty(u => u.Language, language)));
        using var answer = await (await _scene.BrowserAsync(mentor)).GetAsync("/settings/tool?handler=Mail");
        Assert.Contains(expected, await answer.Content.ReadAsStringAsync());
        Assert.Contains("sandbox", answer.Headers.GetValues("Content-Security-Policy").Single());
    }
}
