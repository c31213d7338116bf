using Tests.Support;

namespace Tests.Calendar.Reading;

/// <summary>What calendars of this world do besides what the standard shows first: nothing of it is read wrongly in silence.</summary>
public sealed class IcsKindsTests
{
    private const string Hour = "DTSTART:20261208T090000Z|DTEND:20261208T100000Z";
    private const string Declined = "ATTENDEE;PARTSTAT=DECLINED;CN=\"Maya; M.\":";

    [Theory]
    [InlineData(Hour + "|X-MICROSOFT-CDO-BUSYSTATUS:FREE", "")]
    [InlineData(Hour + "|X-MICROSOFT-CDO-BUSYSTATUS:OOF", "1208T0900/1000")]
    [InlineData(Hour + "|transp:transparent", "")]
    [InlineData(Hour + "|" + Declined + "mailto:maya@example.org", "")]
    [InlineData(Hour + "|" + Declined + "MAILTO:Maya@Example.ORG", "")]
    [InlineData(Hour + "|" + Declined + "maya@example.org", "")]
    [InlineData(Hour + "|ATTENDEE;EMAIL=maya@example.org;PARTSTAT=\"declined\":/principals/7/", "")]
    [InlineData(Hour + "|" + Declined + "mailto:other@example.org", "1208T0900/1000")]
    [InlineData(Hour + "|ATTENDEE;PARTSTAT=TENTATIVE:mailto:maya@example.org", "1208T0900/1000")]
    // Whole days, however they are written.
    [InlineData("DTSTART;VALUE=DATE:20261208T000000|DTEND;VALUE=DATE:20261209T000000", "1207T2200/1208T2200")]
    [InlineData("DTSTART;VALUE=DATE:20261215T000000|RRULE:FREQ=YEARLY", "1214T2200/1215T2200")]
    [InlineData("DTSTART;VALUE=DATE:20261208|DTEND:20261209T120000", "1207T2200/1209T2200")]
    [InlineData("DTSTART:20261208T090000Z|DTEND:20261207T240000Z|DURATION:PT1H", "CalendarUnread:1")]
    [InlineData("DTSTART:20261207T230000Z|DTEND:20261207T240000Z", "1207T2300/1208T0000")]
    // The end of a series of days, as an instant of somewhere.
    [InlineData("DTSTART;VALUE=DATE:20261208|RRULE:FREQ=YEARLY;UNTIL=20261207T210000Z;BYMONTHDAY=8;BYMONTH=12", "1207T2200/1208T2200")]
    [InlineData("DTSTART;VALUE=DATE:20261207|RRULE:FREQ=DAILY;UNTIL=20261208T210000Z", "1206T2200/1209T2200")]
    [InlineData("DTSTART;VALUE=DATE:20261207|RRULE:FREQ=DAILY;UNTIL=20261208T000000Z", "1206T2200/1208T2200")]
    [InlineData("DTSTART;VALUE=DATE:20261207|RRULE:FREQ=DAILY;UNTIL=20261208T235959Z", "1206T2200/1208T2200")]
    [InlineData("DTSTART;VALUE=DATE:20261207|RRULE:FREQ=DAILY;UNTIL=20261208", "1206T2200/1208T2200")]
    [InlineData("DTSTART:20261207T090000Z|DURATION:PT1H|RRULE:FREQ=DAILY;UNTIL=20261208", "1207T0900/1000 1208T0900/1000")]
    // A first time that does not fit the rule.
    [InlineData(Hour + "|RRULE:FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261217T000000Z",
        "1208T0900/1000 1209T0900/1000 1214T0900/1000 1216T0900/1000")]
    [InlineData(Hour + "|RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=1|EXDATE:20261208T090000Z", "1214T0900/1000")]
    // Exceptions of every kind.
    [InlineData(Hour + "|RRULE:FREQ=DAILY;COUNT=3|EXDATE;VALUE=DATE:20261209", "1208T0900/1000 1210T0900/1000")]
    [InlineData("DTSTART;VALUE=DATE:20261208|RRULE:FREQ=DAILY;COUNT=3|EXDATE:20261209T000000Z", "1207T2200/1208T2200 1209T2200/1210T2200")]
    [InlineData("DTSTART;VALUE=DATE:20261208|RRULE:FREQ=DAILY;COUNT=3|EXDATE:20261208T220000Z", "1207T2200/1208T2200 1209T2200/1210T2200")]
    [InlineData("DTSTART;TZID=Asia/Tokyo:20261208T090000|DURATION:PT1H|RRULE:FREQ=DAILY;COUNT=3|EXDATE:20261209T090000",
        "1208T0000/0100 1210T0000/0100")]
    [InlineData("EXRULE:FREQ=DAILY;INTERVAL=2;COUNT=9|RRULE:FREQ=DAILY;COUNT=4|" + Hour, "1209T0900/1000 1211T0900/1000")]
    [InlineData(Hour + "|RRULE:FREQ=DAILY;COUNT=2|EXRULE:FREQ=NEVER", "1208T0900/1000 1209T0900/1000 CalendarPartly")]
    [InlineData(Hour + "|RRULE:FREQ=DAILY;COUNT=2|RRULE:FREQ=WEEKLY;COUNT=2", "1208T0900/1000 1209T0900/1000 1215T0900/1000")]
    [InlineData(Hour + "|RRULE:FREQ=DAILY;COUNT=2|EXDATE:yesterday", "1208T0900/1000 1209T0900/1000 CalendarUnread:1")]
    // More dates, with lengths of their own.
    [InlineData(Hour + "|RDATE;VALUE=PERIOD:20261209T090000Z/20261209T120000Z,20261210T090000Z/PT2H",
        "1208T0900/1000 1209T0900/1200 1210T0900/1100")]
    [InlineData(Hour + "|RDATE:20261209T090000Z,,20261210T0900Z", "1208T0900/1000 1209T0900/1000 1210T0900/1000")]
    [InlineData(Hour + "|RDATE:20261209T090000Z/soon", "1208T0900/1000 CalendarUnread:1")]
    // What cannot be read is counted.
    [InlineData("DTSTART:tomorrow|DURATION:PT1H", "CalendarUnread:1")]
    [InlineData("DTSTART:20261308T090000Z|DURATION:PT1H", "CalendarUnread:1")]
    [InlineData("DTSTART:20260230T090000Z|DURATION:PT1H", "CalendarUnread:1")]
    [InlineData("DTSTART|DURATION:PT1H", "CalendarUnread:1")]
    [InlineData("SUMMARY:no start", "CalendarUnread:1")]
    [InlineData("SUMMARY:no start|STATUS:CANCELLED", "")]
    [InlineData("DTSTART:20261208T090000Z|DTEND:20261208T080000Z", "CalendarUnread:1")]
    [InlineData("DTSTART:20261208T090000Z|DURATION:-PT1H", "CalendarUnread:1")]
    [InlineData("DTSTART:20261208T090000Z|DURATION:an hour", "CalendarUnread:1")]
    [InlineData("DTST|ART:20261208T090000Z|DTEND:20261208T100000Z", "CalendarUnread:1")]
    public void An_entry(string lines, string expected) => Assert.Equal(expected, Ics.Shown(Ics.Read(Ics.Of(Ics.Event(lines)))));

    [Theory]
    [InlineData("13", "14", "1201T0900/1000 1202T0900/1000 1203T1300/1400 1204T1300/1400")] // moved
    [InlineData("09", "12", "1201T0900/1000 1202T0900/1000 1203T0900/1200 1204T0900/1200")] // longer
    public void From_one_time_of_a_series_on_all_are_moved(string from, string to, string expected) => Assert.Equal(expected,
        Following($"DTSTART:20261203T{from}0000Z|DTEND:20261203T{to}0000Z"));

    [Theory]
    [InlineData("STATUS:CANCELLED", "1201T0900/1000 1202T0900/1000")]
    [InlineData("STATUS:CANCELLED|DTSTART:20261203T090000Z|DTEND:20261203T100000Z", "1201T0900/1000 1202T0900/1000")]
    [InlineData("DTSTART:20261203T110000Z", "1201T0900/1000 1202T0900/1000 1203T1100/1200 1204T1100/1200")] // as long as before
    [InlineData("DTSTART:20261204T090000Z|DURATION:PT1H", "1201T0900/1000 1202T0900/1000 1204T0900/1000 1205T0900/1000")]
    public void From_one_time_of_a_series_on_all_are_changed(string lines, string expected) => Assert.Equal(expected, Following(lines));

    private static string Following(string lines) => Ics.Shown(Ics.Read(Ics.Of(
        Ics.Event("UID:a|DTSTART:20261201T090000Z|DTEND:20261201T100000Z|RRULE:FREQ=DAILY;COUNT=4"),
        Ics.Event("UID:a|RECURRENCE-ID;RANGE=THISANDFUTURE:20261203T090000Z|" + lines))));

    [Fact]
    public void A_rule_in_an_entry_that_stands_for_one_time_counts_and_is_told_of() =>
        Assert.Equal("1201T0900/1000 1202T1300/1400 1203T0900/1000 1203T1300/1400 CalendarUnread:1", Ics.Shown(Ics.Read(Ics.Of(
            Ics.Event("UID:a|DTSTART:20261201T090000Z|DURATION:PT1H|RRULE:FREQ=DAILY;COUNT=3"),
            Ics.Event("UID:a|RECURRENCE-ID:20261202T090000Z|DTSTART:20261202T130000Z|DURATION:PT1H|RRULE:FREQ=DAILY;COUNT=2")))));

    [Theory]
    [InlineData("FREEBUSY:20261208T090000Z/20261208T100000Z,20261209T130000Z/PT30M", "1208T0900/1000 1209T1300/1330")]
    [InlineData("FREEBUSY;FBTYPE=FREE:20261208T090000Z/PT1H", "")]
    [InlineData("FREEBUSY;FBTYPE=BUSY-TENTATIVE:20261208T090000Z/PT1H", "1208T0900/1000")]
    [InlineData("FREEBUSY;FBTYPE=X-OWN:20261208T090000Z/PT1H", "1208T0900/1000")]
    [InlineData("FREEBUSY:20261208T090000Z", "CalendarUnread:1")]
    [InlineData("FREEBUSY:soon/PT1H", "CalendarUnread:1")]
    public void Free_and_busy(string lines, string expected) => Assert.Equal(expected, Ics.Shown(Ics.Read(Ics.Of(
        $"BEGIN:VFREEBUSY|DTSTART:20261130T000000Z|DTEND:20261231T000000Z|{lines}|END:VFREEBUSY"))));

    [Fact]
    public void A_calendar_that_takes_everything_back_takes_no_time() =>
        Assert.Equal("", Ics.Shown(Ics.Read(Ics.Of("METHOD:CANCEL", Ics.Event(Hour)))));

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\r")]
    [InlineData("\n")]
    [InlineData("\r\r\n")]
    [InlineData("\n\r\n")]
    public void Lines_end_as_they_like(string end) => Assert.Equal("1208T0900/1000 1209T0900/1000", Ics.Shown(Ics.Read(Ics.Of(
        Ics.Event("DTSTART:20261208T090000Z|DURATION:PT1H|RRULE:FREQ=WEEKLY;UNTIL=20261212T000000Z| ;BYDAY=TU,| WE")).Replace("\r\n", end))));

    [Theory]
    [InlineData("BEGIN:VCALENDAR|BEGIN:VEVENT|" + Hour + "|END:VEVENT|BEGIN:VEVENT|DTSTART:2026", "1208T0900/1000 CalendarCutOff CalendarUnread:1")]
    [InlineData("BEGIN:VCALENDAR|BEGIN:VEVENT|" + Hour + "|END:VEVENT", "1208T0900/1000 CalendarCutOff")]
    [InlineData("BEGIN:VCALENDAR|BEGIN:VEVENT|" + Hour + "|BEGIN:VEVENT|DTSTART:20261209T090000Z|DURATION:PT1H|END:VEVENT|END:VCALENDAR",
        "1208T0900/1000 1209T0900/1000 CalendarCutOff")]
    [InlineData("BEGIN:VCALENDAR|BEGIN:VEVENT|BEGIN:VALARM|" + Hour + "|END:VEVENT|END:VCALENDAR", "CalendarCutOff CalendarUnread:1")]
    [InlineData("BEGIN:VCALENDAR|END:VCALENDAR|BEGIN:VCALENDAR|BEGIN:VEVENT|" + Hour + "|END:VEVENT|END:VCALENDAR|", "1208T0900/1000")]
    public void A_calendar_that_ends_too_early_says_so(string text, string expected)
    {
        var read = Ics.Read(text.Replace("|", "\r\n"));
        Assert.Equal((expected, expected.Contains("CutOff")), (Ics.Shown(read), read.IsCutOff));
    }

    public static TheoryData<string, string> Cases() => new()
    {
        { "01a", "1208T1400/1500" }, { "02", "1208T1400/1500" }, { "03a", "1208T0900/1000" }, { "04", "1208T0900/1000" },
        { "05a", "1207T2200/1208T2200" }, { "06", "1208T0900/1000 1209T0900/1000 1214T0900/1000 1216T0900/1000" },
        { "07", "1201T0900/1000 1202T0900/1000 1203T0900/1000 1204T0900/1000 1205T1300/1400 1206T1300/1400 1207T1300/1400 1208T1300/1400" },
        { "09", "1208T0900/1000 1209T1300/1330" }, { "11a", "1207T2200/1208T2200 1214T2200/1215T2200" }, { "12", "1208T1400/1500" },
        { "20a", "1208T0900/1000 CalendarCutOff CalendarUnread:1" }, { "21", "1208T0700/0800 CalendarZoneGuessed" },
    };

    [NeedsCasesTheory]
    [MemberData(nameof(Cases))]
    public void Calendars_that_were_read_wrongly(string name, string expected) => Assert.Equal(expected,
        Ics.Shown(Ics.Read(File.ReadAllText(Directory.GetFiles(NeedsCasesTheoryAttribute.Folder, name + "-*.ics").Single()))));
}

/// <summary>Skipped, visibly, where the calendars of others are not at hand.</summary>
public sealed class NeedsCasesTheoryAttribute : TheoryAttribute
{
    public static readonly string Folder = new[] { "../shared/cases/ics", "../../shared/cases/ics" }
        .Select(f => Path.Combine(Repository.Root, f)).FirstOrDefault(Directory.Exists) ?? "";

    public NeedsCasesTheoryAttribute() => Skip = Folder is "" ? "../shared/cases/ics is not there" : null;
}
