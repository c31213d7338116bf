using System.Text;
using NodaTime;
using Portal.Calendar.Reading;

namespace Tests.Calendar.Reading;

/// <summary>Whose clock a time is told by.</summary>
public sealed class IcsZonesTests
{
    private const string Standard = "BEGIN:STANDARD|DTSTART:16010101T020000|TZOFFSETFROM:-0400|TZOFFSETTO:-0500"
        + "|RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=1SU;BYMONTH=11|END:STANDARD|";

    private const string Daylight = "BEGIN:DAYLIGHT|DTSTART:16010101T020000|TZOFFSETFROM:-0500|TZOFFSETTO:-0400"
        + "|RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=2SU;BYMONTH=3|END:DAYLIGHT|";

    private static string Zone(string id, string observances = Standard + Daylight) =>
        $"BEGIN:VTIMEZONE|TZID:{id}|{observances}END:VTIMEZONE";

    private static string At(string id, string start = "20261208T090000") => Ics.Event($"DTSTART;TZID={id}:{start}|DURATION:PT1H");

    [Theory]
    [InlineData("Customized Time Zone", "Customized Time Zone")]
    [InlineData("Eastern Standard Time 1", "Eastern Standard Time 1")]
    [InlineData("(UTC-05:00) Eastern\\, US", "\"(UTC-05:00) Eastern, US\"")]
    [InlineData("(UTC-05:00) Eastern\\, US", "(UTC-05:00) Eastern\\, US")] // not quoted, with a colon in it
    [InlineData("Europe/Berlin", "Europe/Berlin")] // what the file says decides, whatever the name
    [InlineData("\"a;b:c\"", "\"a;b:c\"")]
    [InlineData("خاص", "خاص")]
    public void What_a_calendar_defines_decides(string defined, string used)
    {
        Assert.Equal("1208T1400/1500", Ics.Shown(Ics.Read(Ics.Of(Zone(defined), At(used)))));
        Assert.Equal("1208T1400/1500", Ics.Shown(Ics.Read(Ics.Of(At(used), Zone(defined))))); // in any order
    }

    [Theory]
    [InlineData("20261208T090000", "1208T0700/0800")]
    [InlineData("20261220T090000", "1220T0500/0600")]
    [InlineData("20270120T090000", "0120T0700/0800")]
    public void Changes_by_dates_and_by_rules_that_end(string start, string expected) => Assert.Equal(expected, Ics.Shown(Ics.Read(Ics.Of(
        Zone("Own", "BEGIN:STANDARD|DTSTART:20200101T000000|TZOFFSETFROM:+0400|TZOFFSETTO:+0200|RDATE:20270115T000000"
            + "|RRULE:FREQ=YEARLY;UNTIL=20240101T000000Z|END:STANDARD|"
            + "BEGIN:DAYLIGHT|DTSTART:20261215T000000|TZOFFSETFROM:+0200|TZOFFSETTO:+04:00|END:DAYLIGHT|"), At("Own", start)))));

    [Theory]
    [InlineData("BEGIN:STANDARD|DTSTART:20200101T000000|TZOFFSETTO:soon|END:STANDARD|X-LIC-LOCATION:America/New_York|", "1208T1400/1500")]
    [InlineData("X-LIC-LOCATION:America/New_York|", "1208T1400/1500")]
    [InlineData("", "1208T0700/0800 CalendarZoneGuessed")]
    [InlineData("BEGIN:STANDARD|DTSTART:20200101T000000|TZOFFSETFROM:+0000|TZOFFSETTO:+0500|RRULE:FREQ=HOURLY|END:STANDARD|",
        "1208T0700/0800 CalendarZoneGuessed")]
    public void A_definition_that_is_none_leads_to_the_place_or_to_a_guess(string observances, string expected) =>
        Assert.Equal(expected, Ics.Shown(Ics.Read(Ics.Of(Zone("Nowhere", observances), At("Nowhere")))));

    [Theory]
    [InlineData("tzone://Microsoft/Utc", "1208T0900/1000")]
    [InlineData("/mozilla.org/20050126_1/America/New_York", "1208T1400/1500")]
    [InlineData("/freeassociation.sourceforge.net/Tzfile/America/Indiana/Indianapolis", "1208T1400/1500")]
    [InlineData("america/new_york", "1208T1400/1500")]
    [InlineData("America/New York", "1208T1400/1500")]
    [InlineData("Eastern Standard Time", "1208T1400/1500")]
    [InlineData("eastern standard time 2", "1208T1400/1500")]
    [InlineData("Customized Eastern Standard Time", "1208T1400/1500")]
    [InlineData("Eastern Daylight Time", "1208T1400/1500")]
    [InlineData("\"Eastern Time (US & Canada)\"", "1208T1400/1500")]
    [InlineData("\"(GMT-05:00) Eastern Time (US & Canada)\"", "1208T1400/1500")]
    [InlineData("\"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna\"", "1208T0800/0900")]
    [InlineData("(UTC+00:00) Dublin\\, Edinburgh\\, Lisbon\\, London", "1208T0900/1000")]
    [InlineData("UTC+03:00", "1208T0600/0700")]
    [InlineData("GMT-0230", "1208T1130/1230")]
    [InlineData("Z", "1208T0900/1000")]
    [InlineData("\"(UTC+05:00) My company\"", "1208T0400/0500 CalendarZoneGuessed")]
    [InlineData("My Company Time", "1208T0700/0800 CalendarZoneGuessed")]
    [InlineData("Customized Time Zone", "1208T0700/0800 CalendarZoneGuessed")]
    [InlineData("", "1208T0700/0800")]
    public void Names_that_nothing_defines(string id, string expected) => Assert.Equal(expected, Ics.Shown(Ics.Read(Ics.Of(At(id)))));

    [Theory]
    [InlineData("America/New_York", "1208T1400/1500")]
    [InlineData("Eastern Standard Time", "1208T1400/1500")]
    [InlineData("No Such Zone", "1208T0700/0800 CalendarZoneGuessed")]
    public void Times_that_name_no_zone_are_by_the_calendars_own(string id, string expected) => Assert.Equal(expected,
        Ics.Shown(Ics.Read(Ics.Of($"X-WR-TIMEZONE:{id}", Ics.Event("DTSTART:20261208T090000|DURATION:PT1H")))));

    [Fact]
    public void Each_calendar_of_a_file_has_its_own_zones() => Assert.Equal("1208T0700/0800 1208T1400/1500", Ics.Shown(Ics.Read(
        Ics.Of("X-WR-TIMEZONE:America/New_York", Ics.Event("DTSTART:20261208T090000|DURATION:PT1H"))
        + Ics.Of(Ics.Event("DTSTART:20261208T090000|DURATION:PT1H")))));

    [Fact]
    public void A_list_of_changes_that_has_an_end_is_followed_by_what_is_known_of_the_zone() => Assert.Equal("1208T0800/0900",
        Ics.Shown(Ics.Read(Ics.Of(Zone("Europe/Berlin",
            "BEGIN:DAYLIGHT|DTSTART:20200329T020000|TZOFFSETFROM:+0100|TZOFFSETTO:+0200|RDATE:20210328T020000|END:DAYLIGHT|"
            + "BEGIN:STANDARD|DTSTART:20201025T030000|TZOFFSETFROM:+0200|TZOFFSETTO:+0100|END:STANDARD|"), At("Europe/Berlin")))));

    [Theory]
    [InlineData("utf-8", null)]
    [InlineData("utf-8", "utf-8")]
    [InlineData("utf-16", null)]
    [InlineData("utf-16BE", null)]
    [InlineData("utf-32", null)]
    [InlineData("windows-1256", "windows-1256")]
    [InlineData("windows-1256", null)] // not said: the letters are lost, the times are not
    [InlineData("utf-8", "no-such-thing")]
    public void Letters_are_read_as_the_server_or_their_first_bytes_say(string written, string? said)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(written) ?? Encoding.GetEncoding(written);
        var bytes = encoding.GetPreamble().Concat(encoding.GetBytes(Ics.Of(Zone("خاص"), At("خاص")))).ToArray();
        Assert.Equal("1208T1400/1500", Ics.Shown(Ics.Read(IcsText.Of(bytes, said))));
    }

    [Fact]
    public void A_letter_that_is_folded_in_two_is_one_letter()
    {
        var bytes = Encoding.UTF8.GetBytes(Ics.Of(Zone("خاص"), At("خاص")));
        var letter = bytes.AsSpan().IndexOf((byte)0xD8) + 1; // the second byte of the first letter
        Assert.Equal("1208T1400/1500", Ics.Shown(Ics.Read(IcsText.Of([.. bytes[..letter], .. "\r\n "u8, .. bytes[letter..]], "utf-8"))));
    }
}
