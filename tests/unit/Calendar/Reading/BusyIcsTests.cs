using System.Text.Json;
using Localization;
using NodaTime;
using NodaTime.Text;
using Portal.Calendar.Reading;
using Tests.Support;

namespace Tests.Calendar.Reading;

/// <summary>When somebody is busy, read from calendars of every kind.</summary>
public sealed class BusyIcsTests
{
    private static readonly DateTimeZone Cairo = DateTimeZoneProviders.Tzdb["Africa/Cairo"];
    private static readonly Instant From = Instant.FromUtc(2026, 11, 23, 0, 0);
    private static readonly Instant To = Instant.FromUtc(2026, 12, 31, 0, 0);

    private static string Ics(params string[] events) =>
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + string.Concat(events.Select(e =>
            $"BEGIN:VEVENT\r\n{e.Replace("|", "\r\n")}\r\nEND:VEVENT\r\n")) + "END:VCALENDAR\r\n";

    private static string Shown(BusyRead read) => string.Join(' ', read.Times.Select(t => $"{Of(t.Start)}/{Of(t.End)}"));

    private static string Of(Instant at) => InstantPattern.CreateWithInvariantCulture("MMdd'T'HHmm").Format(at);

    private static BusyRead Read(string text) => BusyIcs.Read(text, Cairo, From, To) ?? throw new InvalidOperationException("no calendar");

    [Theory]
    [InlineData("DTSTART:20261124T090000Z|DTEND:20261124T100000Z", "1124T0900/1124T1000")]
    [InlineData("DTSTART:20261124T090000|DTEND:20261124T100000", "1124T0700/1124T0800")] // floating: the mentor's zone
    [InlineData("DTSTART;TZID=Europe/Berlin:20261124T090000|DURATION:PT45M", "1124T0800/1124T0845")]
    [InlineData("DTSTART;TZID=\"Egypt Standard Time\":20261124T090000|DURATION:PT1H", "1124T0700/1124T0800")] // Windows
    [InlineData("DTSTART;TZID=/citadel.org/20250101_1/America/New_York:20261124T090000|DURATION:PT1H", "1124T1400/1124T1500")]
    [InlineData("DTSTART;VALUE=DATE:20261124", "1123T2200/1124T2200")]
    [InlineData("DTSTART;VALUE=DATE:20261124|DTEND;VALUE=DATE:20261127", "1123T2200/1126T2200")]
    [InlineData("DTSTART:20261124T090000Z|DURATION:P1DT2H", "1124T0900/1125T1100")]
    [InlineData("DTSTART:20261122T090000Z|DTEND:20261123T100000Z", "1123T0000/1123T1000")] // cut at the range
    [InlineData("DTSTART:20261124T090000Z", "")]
    [InlineData("DTSTART:20261124T090000Z|DTEND:20261124T100000Z|TRANSP:TRANSPARENT", "")]
    [InlineData("DTSTART:20261124T090000Z|DTEND:20261124T100000Z|STATUS:CANCELLED", "")]
    [InlineData("DTSTART:20261124T090000Z|DURATION:PT1H|BEGIN:VALARM|DURATION:PT15M|DTSTART:20261201T000000Z|END:VALARM",
        "1124T0900/1124T1000")]
    [InlineData("SUMMARY:x|DTSTART:2026112\r\n 4T09\r\n\t0000Z|DURATION:PT1H", "1124T0900/1124T1000")] // folded
    [InlineData("DTSTART:20261124T090000Z|DURATION:PT1H|RDATE:20261126T090000Z,20261125T090000Z",
        "1124T0900/1124T1000 1125T0900/1125T1000 1126T0900/1126T1000")]
    [InlineData("DTSTART:20261124T090000Z|DURATION:PT1H|RRULE:FREQ=DAILY;COUNT=4|EXDATE:20261125T090000Z,20261127T090000Z",
        "1124T0900/1124T1000 1126T0900/1126T1000")]
    [InlineData("DTSTART;VALUE=DATE:20261124|RRULE:FREQ=WEEKLY;COUNT=2|EXDATE;VALUE=DATE:20261124", "1130T2200/1201T2200")]
    // Every week since long ago, by the clock of a zone whose offset was another then.
    [InlineData("DTSTART;TZID=Europe/Berlin:20200701T090000|DURATION:PT1H|RRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20261201T080000Z",
        "1124T0800/1124T0900 1201T0800/1201T0900")]
    [InlineData("DTSTART:20260101T090000Z|DURATION:PT1H|RRULE:FREQ=MONTHLY;BYDAY=-1FR", "1127T0900/1127T1000 1225T0900/1225T1000")]
    [InlineData("DTSTART:20251224T000000Z|DURATION:PT1H|RRULE:FREQ=YEARLY", "1224T0000/1224T0100")]
    public void Entries_of_every_kind(string entry, string expected)
    {
        var read = Read(Ics(entry));
        Assert.Equal((expected, null), (Shown(read), read.Problem));
    }

    [Theory]
    [InlineData("FREQ=DAILY;BYHOUR=9,11")]
    [InlineData("FREQ=HOURLY")]
    [InlineData("FREQ=DAILY;COUNT=x")]
    [InlineData("FREQ=WEEKLY;BYDAY=XX")]
    [InlineData("FREQ=DAILY;INTERVAL=0")]
    [InlineData("FREQ=DAILY;INTERVAL=99999999999")]
    [InlineData("RSCALE=HEBREW;FREQ=YEARLY")]
    [InlineData("nonsense")]
    public void A_rule_with_a_part_that_is_not_known_counts_once_and_is_told_of(string rule)
    {
        var read = Read(Ics($"DTSTART:20261124T090000Z|DURATION:PT1H|RRULE:{rule}"));
        Assert.Equal(("1124T0900/1124T1000", nameof(ErrorText.CalendarPartly)), (Shown(read), read.Problem));
    }

    [Fact]
    public void A_time_of_a_series_that_was_moved_cancelled_or_freed_is_not_at_its_old_place()
    {
        const string series = "UID:a|DTSTART;TZID=Africa/Cairo:20261124T110000|DURATION:PT1H|RRULE:FREQ=DAILY;COUNT=4";
        var read = Read(Ics(series,
            "UID:a|RECURRENCE-ID:20261125T090000Z|DTSTART:20261125T150000Z|DURATION:PT1H",
            "UID:a|RECURRENCE-ID;TZID=Africa/Cairo:20261126T110000|STATUS:CANCELLED|DTSTART:20261126T090000Z|DURATION:PT1H",
            "UID:b|RECURRENCE-ID:20261127T090000Z|DTSTART:20261127T180000Z|DURATION:PT1H"));
        Assert.Equal("1124T0900/1124T1000 1125T1500/1125T1600 1127T0900/1127T1000 1127T1800/1127T1900", Shown(read));
    }

    [Fact]
    public void Times_that_touch_become_one() => Assert.Equal("1124T0900/1124T1130", Shown(Read(Ics(
        "DTSTART:20261124T100000Z|DTEND:20261124T110000Z", "DTSTART:20261124T090000Z|DTEND:20261124T100000Z",
        "DTSTART:20261124T103000Z|DTEND:20261124T113000Z"))));

    [Theory]
    [InlineData("")]
    [InlineData("<html>BEGIN:VEVENT</html>")]
    [InlineData("\u0000\u0000")]
    public void What_is_no_calendar_is_none(string text) => Assert.Null(BusyIcs.Read(text, Cairo, From, To));

    [NeedsDateutilFact]
    public void Rules_agree_with_dateutil()
    {
        const int Seed = 20261130;
        var random = new Random(Seed);
        var cases = Enumerable.Range(0, 600)
            .Select(_ => (Start: $"20{random.Next(20, 27)}{random.Next(1, 13):00}{random.Next(1, 29):00}T{random.Next(24):00}3000",
            Rule: Rule(random))).ToList();
        var answers = JsonSerializer.Deserialize<string[][]>(Tool.Run(NeedsDateutilFactAttribute.Python, ["-c", """
            import json, sys
            from datetime import datetime
            from dateutil.rrule import rrulestr
            out = []
            for start, rule in json.load(sys.stdin):
                first = datetime.strptime(start, '%Y%m%dT%H%M%S')
                out.append([d.strftime('%Y-%m-%dT%H:%M') for d in rrulestr(rule, dtstart=first).between(datetime(2026, 11, 1), datetime(2027, 11, 1))])
            json.dump(out, sys.stdout)
            """], JsonSerializer.Serialize(cases.Select(c => new[] { c.Start, c.Rule }))))!;
        var some = 0;
        foreach (var ((start, rule), expected) in cases.Zip(answers))
        {
            var first = new IcsTime(IcsStamp.Read(start)!.Value.Local, DateTimeZone.Utc, false);
            var ours = IcsRule.Read(rule)!.Starts(first, new(2026, 11, 1), new(2027, 10, 31), _ => true)
                .Select(d => LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Format(d));
            Assert.True(expected.SequenceEqual(ours),
                $"seed {Seed}: {start} {rule}\ndateutil {string.Join(' ', expected)}\nportal   {string.Join(' ', ours)}");
            some += expected.Length > 0 ? 1 : 0;
        }
        Assert.True(some > 200, $"only {some} cases have any times");
    }

    private static string Rule(Random random)
    {
        string[] names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
        string Some(int most, Func<string> one) =>
            string.Join(',', Enumerable.Range(0, random.Next(1, most + 1)).Select(_ => one()).Distinct());
        var freq = new[] { "DAILY", "WEEKLY", "MONTHLY", "YEARLY" }[random.Next(4)];
        var parts = new List<string> { "FREQ=" + freq };
        if (random.Next(2) == 0)
            parts.Add($"INTERVAL={random.Next(1, 5)}");
        if (random.Next(4) == 0)
            parts.Add($"COUNT={random.Next(1, 400)}");
        else if (random.Next(3) == 0)
            parts.Add($"UNTIL=2027{random.Next(1, 10):00}15T{random.Next(24):00}3000");
        if (random.Next(3) == 0)
            parts.Add("WKST=" + names[random.Next(7)]);
        if (random.Next(4) == 0)
            parts.Add("BYMONTH=" + Some(4, () => random.Next(1, 13).ToString()));
        var ordinals = freq is "MONTHLY" or "YEARLY" && random.Next(2) == 0;
        if (random.Next(2) == 0)
            parts.Add("BYDAY=" + Some(3, () => (ordinals ? new[] { "1", "2", "-1", "-2", "5" }[random.Next(5)]
            : "") + names[random.Next(7)]));
        else if (freq is not "WEEKLY" && random.Next(2) == 0)
            parts.Add("BYMONTHDAY=" + Some(3, () => (random.Next(4) == 0 ? -random.Next(1, 5) : random.Next(1, 32)).ToString()));
        if (freq is "MONTHLY" && parts.Any(p => p.StartsWith("BYDAY", StringComparison.Ordinal)) && random.Next(3) == 0)
            parts.Add("BYSETPOS=" + (random.Next(2) == 0 ? "1" : "-1"));
        return string.Join(';', parts);
    }
}

/// <summary>Skipped, visibly, where no python3 has dateutil.</summary>
public sealed class NeedsDateutilFactAttribute : FactAttribute
{
    public static readonly string Python = new[] { Tool.Python, "python3" }.FirstOrDefault(p => Tool.Knows(p, "dateutil.rrule")) ?? "";

    public NeedsDateutilFactAttribute() => Skip = Python is "" ? "python3-dateutil is not installed" : null;
}
