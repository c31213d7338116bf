using System.Text;
using System.Text.Json;
using NodaTime;
using Portal.Calendar;
using Portal.Sessions;
using Tests.Support;

namespace Tests.Calendar;

/// <summary>The invitation as a text, before readers that we did not write.</summary>
public sealed class CalendarInvitationTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 16, 0, 0, TimeSpan.Zero);

    private static CalendarInvitation One(string zone = "Africa/Cairo", DateTimeOffset? start = null) => new()
    {
        Method = InvitationMethod.Request,
        Uid = new("0198a2f4-0000-7000-8000-000000000001"),
        Sequence = 3,
        StampUtc = new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero),
        TimeZone = zone,
        Language = "ar",
        Summary = "كتابة طلبات المنح؛ والميزانيات، وأكثر; a, b\\c\nd: " + string.Concat(Enumerable.Repeat("جلسة 👩🏽‍🏫 ", 20)),
        OrganizerName = "Layla \"L\" Hassan; CN=x:y, \u202Eبن\r\nATTENDEE:mailto:evil@example.org",
        OrganizerAddress = "no-reply@majlis.example",
        ReaderName = string.Concat(Enumerable.Repeat("طالب العلي ", 12)),
        ReaderAddress = "talib@people.example",
        ReaderRole = ParticipantRole.Mentee,
        JoinLabel = "الانضمام إلى الجلسة",
        SessionLabel = "لعرض الجلسة أو إلغائها",
        Sessions = [new(start ?? Start, 60, new("https://portal.example/join/AbC-_123.xYz"), new("https://portal.example/sessions/1"))],
    };

    private static CalendarInvitation Series(string zone, LocalDateTime first, int everyWeeks, params int[] weeks) => One(zone) with
    {
        EveryWeeks = everyWeeks,
        Sessions =
        [
            .. weeks.Select(w => first.PlusWeeks(w)).Select(local => new InvitedSession(
                DateTimeZoneProviders.Tzdb[zone].AtLeniently(local).ToDateTimeOffset(), 60,
                new($"https://portal.example/join/{local.Date:yyyyMMdd}"), null, local)),
        ],
    };

    [IcalendarFact]
    public void Whatever_people_write_comes_out_as_it_went_in_and_adds_no_line()
    {
        var read = IndependentCalendar.ReadText(One().ToString());
        var session = Assert.Single(read.Events);
        Assert.Equal(One().Summary, session.Summary);
        Assert.Equal("Layla 'L' Hassan; CN=x:y, بن ATTENDEE:mailto:evil@example.org", session.Organizer.Name);
        Assert.Equal("mailto:no-reply@majlis.example", session.Organizer.Address);
        Assert.Equal("mailto:talib@people.example", Assert.Single(session.Attendees).Address);
        Assert.Equal(One().ReaderName.Trim(), session.Attendees[0].Name);
        Assert.Equal("https://portal.example/join/AbC-_123.xYz", session.Location);
        Assert.Equal(("REQ-PARTICIPANT", "ACCEPTED"), (session.Role, session.Reply));
        Assert.Equal(["-1 day, 23:45:00"], session.Alarms);
        Assert.True(read.Longest <= 75, $"A line has {read.Longest} octets.");
        Assert.Equal(0, read.BareLineEnds);
    }

    [Fact]
    public void What_means_something_in_a_text_is_escaped() =>
        Assert.Equal("X:C:\\\\new\\, a\\;b\\nc\r\n", new CalendarWriter().Text("X", "C:\\new, a;b\r\nc").ToString());

    [Fact]
    public void A_domain_in_other_letters_is_written_as_in_the_mails()
    {
        var text = (One() with { OrganizerAddress = "no-reply@m\u00fcnchen.example", ReaderAddress = "talib@موقع.مثال" }).ToString()
            .Replace("\r\n ", "");
        Assert.Contains(":mailto:no-reply@xn--mnchen-3ya.example\r\n", text);
        Assert.Contains(":mailto:talib@xn--4gbrim.xn--mgbh0fb\r\n", text);
    }

    [Fact]
    public void Lines_are_folded_at_75_octets_and_no_character_is_cut()
    {
        var text = One().ToString();
        Assert.All(text.Split("\r\n"), line => Assert.True(Encoding.UTF8.GetByteCount(line) <= 75, line));
        Assert.DoesNotContain('\uFFFD', text);
        Assert.EndsWith("END:VCALENDAR\r\n", text);
    }

    [IcalendarTheory]
    [InlineData("Africa/Cairo", "2026-04-24T16:00Z")]
    [InlineData("Africa/Cairo", "2026-10-29T16:00Z")]
    [InlineData("Europe/London", "2026-03-29T09:00Z")]
    [InlineData("Europe/London", "2026-10-25T09:00Z")]
    [InlineData("America/New_York", "2026-03-08T15:00Z")]
    [InlineData("America/New_York", "2026-11-01T15:00Z")]
    [InlineData("Asia/Riyadh", "2026-11-24T16:00Z")]
    [InlineData("Australia/Lord_Howe", "2026-04-05T01:00Z")]
    [InlineData("Australia/Lord_Howe", "2026-10-04T01:00Z")]
    [InlineData("Africa/Casablanca", "2026-02-20T12:00Z")]
    [InlineData("Etc/UTC", "2026-11-24T16:00Z")]
    public void A_zone_is_told_as_it_really_is_around_the_session(string zone, string start)
    {
        var read = IndependentCalendar.ReadText(One(zone, DateTimeOffset.Parse(start, System.Globalization.CultureInfo.InvariantCulture))
            .ToString());
        Assert.Equal([zone], read.Zones);
        Assert.Equal([], read.ZoneDefects);
        Assert.Equal(start, read.Events[0].Start);
        Assert.Equal(zone, read.Events[0].Zone);
    }

    [IcalendarTheory]
    [InlineData("Europe/London", "2026-10-25T00:30Z", "Europe/London")] // the first half past one
    [InlineData("Europe/London", "2026-10-25T01:30Z", null)] // the second: that wall clock means the first
    [InlineData("Australia/Lord_Howe", "2026-04-04T15:15Z", null)]
    public void The_second_of_two_equal_wall_clocks_is_told_in_utc(string zone, string start, string? told)
    {
        var read = IndependentCalendar.ReadText(One(zone, DateTimeOffset.Parse(start, System.Globalization.CultureInfo.InvariantCulture))
            .ToString());
        Assert.Equal(start, read.Events[0].Start);
        if (told is null)
            Assert.Contains($"DTSTART:{start.Replace("-", "", StringComparison.Ordinal).Replace(":", "", StringComparison.Ordinal)[..^1]}00Z\r\n", read.Text);
    }

    [IcalendarFact]
    public void A_series_across_a_clock_change_keeps_the_wall_clock_and_leaves_out_what_was_left_out()
    {
        var read = IndependentCalendar.ReadText(Series("Europe/London", new(2026, 10, 14, 17, 0), 1, 0, 1, 3, 4).ToString());
        var rule = Assert.Single(read.Events, e => e.Rule is not null);
        Assert.Equal("FREQ=WEEKLY;COUNT=5;INTERVAL=1", rule.Rule);
        Assert.Equal(["2026-10-28T17:00Z"], rule.Left);
        Assert.Null(rule.Location);
        var each = read.Events.Where(e => e.Place is not null).ToList();
        Assert.Equal(["2026-10-14T16:00Z", "2026-10-21T16:00Z", "2026-11-04T17:00Z", "2026-11-11T17:00Z"], each.Select(e => e.Start));
        Assert.Equal(each.Select(e => e.Start), each.Select(e => e.Place));
        Assert.Equal(4, each.Select(e => e.Location).Distinct().Count());
        Assert.Single(read.Events.Select(e => (e.Uid, e.Sequence)).Distinct());
        Assert.Equal([], read.ZoneDefects);
    }

    [Fact]
    public void A_series_that_ends_is_told_as_one_and_without_a_link()
    {
        var text = (Series("Africa/Cairo", new(2026, 11, 24, 18, 0), 2, 0, 2) with { Method = InvitationMethod.Cancel }).ToString();
        Assert.Equal(1, text.Split("BEGIN:VEVENT").Length - 1);
        Assert.Contains("METHOD:CANCEL\r\n", text);
        Assert.Contains("STATUS:CANCELLED\r\n", text);
        Assert.DoesNotContain("/join/", text);
        Assert.DoesNotContain("VALARM", text);
    }

    [NeedsIcalJsFact]
    public void The_ical_js_of_npm_reads_the_same_instants_rules_and_names()
    {
        const string script = """
            const ICAL = require('ical.js');
            const cal = new ICAL.Component(ICAL.parse(require('fs').readFileSync(0, 'utf8')));
            for (const z of cal.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(new ICAL.Timezone(z));
            const events = cal.getAllSubcomponents('vevent');
            const master = new ICAL.Event(events[0], { exceptions: events.slice(1), strictExceptions: false });
            const out = [];
            const it = master.iterator();
            for (let next; (next = it.next());) {
              const d = master.getOccurrenceDetails(next);
              out.push({ start: d.startDate.toJSDate().toISOString(), location: d.item.location });
            }
            console.log(JSON.stringify({ method: cal.getFirstPropertyValue('method'), summary: master.summary,
              organizer: events[0].getFirstProperty('organizer').getParameter('cn'), out }));
            """;
        var invitation = Series("Africa/Cairo", new(2026, 10, 21, 18, 0), 1, 0, 1, 3);
        var output = Tool.Run("node", ["-e", $"module.paths.push({JsonSerializer.Serialize(Tool.IcalJsModules)});" + script],
            invitation.ToString());
        var read = JsonSerializer.Deserialize<JsonElement>(output);
        Assert.Equal("REQUEST", read.GetProperty("method").GetString());
        Assert.Equal(invitation.Summary, read.GetProperty("summary").GetString());
        Assert.StartsWith("Layla 'L' Hassan", read.GetProperty("organizer").GetString());
        // Cairo leaves its summer time in the night to 30 October.
        Assert.Equal(
            [("2026-10-21T15:00:00.000Z", "20261021"), ("2026-10-28T15:00:00.000Z", "20261028"), ("2026-11-11T16:00:00.000Z", "20261111")],
            read.GetProperty("out").EnumerateArray()
                .Select(e => (e.GetProperty("start").GetString(), e.GetProperty("location").GetString()!.Split('/')[^1])));
    }
}
