using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Portal.Sessions.Availability;

namespace Tests.Sessions;

public sealed class AvailabilityTests
{
    private static readonly DateTimeOffset LongAgo = Utc("2026-01-01T00:00");

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text + "Z", CultureInfo.InvariantCulture);

    private static SlotRules Rules(
        string zone, DayOfWeek day, string from, string to, int length = 60, int buffer = 0, int notice = 0, int horizon = 1000) =>
        new(DateTimeZoneProviders.Tzdb[zone], [Stretch(day, from, to)], length, buffer, notice, horizon);

    private static WeeklyHours Stretch(DayOfWeek day, string from, string to) =>
        new() { Day = day, FromMinute = Minute(from), ToMinute = Minute(to) };

    private static int Minute(string clock) =>
        int.Parse(clock[..2], CultureInfo.InvariantCulture) * 60 + int.Parse(clock[3..], CultureInfo.InvariantCulture);

    private static string[] Starts(IEnumerable<Slot> slots) =>
        [.. slots.Select(s => s.Start.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture))];

    /// <summary>All slots of one local day, as UTC starts.</summary>
    private static string[] OfDay(SlotRules rules, string date)
    {
        var day = LocalDatePattern.Iso.Parse(date).Value;
        var (from, to) = (rules.Zone.AtStartOfDay(day).ToDateTimeOffset(), rules.Zone.AtStartOfDay(day.PlusDays(1)).ToDateTimeOffset());
        return Starts(FreeSlots.Free(rules, Taken.Nothing, from, to, LongAgo));
    }

    [Theory]
    // The clock goes on: 02:00-03:00 (London 01:00-02:00, Cairo 00:00-01:00) does not exist.
    [InlineData("America/New_York", "2026-03-08", DayOfWeek.Sunday, "01:00", "05:00", "2026-03-08T06:00 2026-03-08T07:00 2026-03-08T08:00")]
    [InlineData("Europe/London", "2026-03-29", DayOfWeek.Sunday, "00:00", "04:00", "2026-03-29T00:00 2026-03-29T01:00 2026-03-29T02:00")]
    [InlineData("Africa/Cairo", "2026-04-24", DayOfWeek.Friday, "00:00", "03:00", "2026-04-23T22:00 2026-04-23T23:00")]
    // The clock goes back: 01:00-02:00 (Cairo 23:00-24:00 of the evening before) comes twice, and counts the first time.
    [InlineData("America/New_York", "2026-11-01", DayOfWeek.Sunday, "00:00", "04:00",
        "2026-11-01T04:00 2026-11-01T05:00 2026-11-01T07:00 2026-11-01T08:00")]
    [InlineData("Europe/London", "2026-10-25", DayOfWeek.Sunday, "00:00", "04:00",
        "2026-10-24T23:00 2026-10-25T00:00 2026-10-25T02:00 2026-10-25T03:00")]
    [InlineData("Africa/Cairo", "2026-10-29", DayOfWeek.Thursday, "21:00", "24:00", "2026-10-29T18:00 2026-10-29T19:00 2026-10-29T20:00")]
    // The same hours in summer and in winter.
    [InlineData("Africa/Cairo", "2026-07-02", DayOfWeek.Thursday, "10:00", "12:00", "2026-07-02T07:00 2026-07-02T08:00")]
    [InlineData("Africa/Cairo", "2026-12-03", DayOfWeek.Thursday, "10:00", "12:00", "2026-12-03T08:00 2026-12-03T09:00")]
    // Far from Greenwich, where the mentor's date is another one, and off the whole hour.
    [InlineData("Pacific/Kiritimati", "2026-12-03", DayOfWeek.Thursday, "08:00", "10:00", "2026-12-02T18:00 2026-12-02T19:00")]
    [InlineData("Pacific/Pago_Pago", "2026-12-03", DayOfWeek.Thursday, "20:00", "22:00", "2026-12-04T07:00 2026-12-04T08:00")]
    [InlineData("Asia/Kathmandu", "2026-12-03", DayOfWeek.Thursday, "09:00", "11:00", "2026-12-03T03:15 2026-12-03T04:15")]
    public void A_days_hours_by_the_clock_of_the_mentor(string zone, string date, DayOfWeek day, string from, string to, string expected) =>
        Assert.Equal(expected.Split(' '), OfDay(Rules(zone, day, from, to), date));

    [Theory]
    [InlineData("09:00", "12:30", "12:30", "15:00", "09:00 10:00 11:00 12:00 13:00 14:00")]
    [InlineData("12:30", "15:00", "09:00", "12:30", "09:00 10:00 11:00 12:00 13:00 14:00")]
    [InlineData("09:00", "11:00", "12:00", "13:30", "09:00 10:00 12:00")]
    [InlineData("09:00", "12:00", "10:30", "13:00", "09:00 10:00 11:00 12:00")]
    public void Stretches_that_touch_are_one(string from, string to, string from2, string to2, string expected)
    {
        var rules = Rules("Etc/UTC", DayOfWeek.Tuesday, from, to) with
        {
            Hours = [Stretch(DayOfWeek.Tuesday, from, to), Stretch(DayOfWeek.Tuesday, from2, to2)],
        };
        Assert.Equal(expected.Split(' ').Select(t => "2026-12-01T" + t), OfDay(rules, "2026-12-01"));
    }

    [Fact]
    public void Days_are_no_walls()
    {
        var rules = Rules("Etc/UTC", DayOfWeek.Tuesday, "22:30", "24:00") with
        {
            Hours = [Stretch(DayOfWeek.Tuesday, "22:30", "24:00"), Stretch(DayOfWeek.Wednesday, "00:00", "02:00")],
        };
        Assert.Equal(["2026-12-01T22:30", "2026-12-01T23:30"], OfDay(rules, "2026-12-01"));
        Assert.Equal(["2026-12-02T00:30"], OfDay(rules, "2026-12-02"));
        var night = rules with { Hours = [Stretch(DayOfWeek.Tuesday, "22:30", "26:00")] };
        Assert.Equal(OfDay(rules, "2026-12-02"), OfDay(night, "2026-12-02"));
        // A day that is set by itself is not worked into.
        Assert.Empty(OfDay(night with { SpecialDays = [new() { Date = new(2026, 12, 2) }] }, "2026-12-02"));
        Assert.Equal(["2026-12-01T22:30"], OfDay(night with { SpecialDays = [new() { Date = new(2026, 12, 2) }] }, "2026-12-01"));
    }

    [Fact]
    public void Who_works_around_the_clock_begins_anew_each_Monday()
    {
        var rules = Rules("Etc/UTC", DayOfWeek.Tuesday, "00:00", "24:00", length: 50) with
        {
            Hours = [.. Enum.GetValues<DayOfWeek>().Select(day => Stretch(day, "00:00", "24:00"))],
        };
        Assert.Equal("2026-11-30T00:00", OfDay(rules, "2026-11-30")[0]);
        Assert.Equal("2026-12-01T00:10", OfDay(rules, "2026-12-01")[0]);
        Assert.Equal("2026-11-29T23:30", OfDay(rules, "2026-11-29")[^1]);
    }

    [Fact]
    public void Slots_around_a_clock_that_goes_back_never_overlap()
    {
        // 00:45, 01:30 (twice, the first counts), 02:15: between 01:30 and 02:15 lie an hour and 45 minutes.
        Assert.Equal(["2026-11-01T04:45", "2026-11-01T05:30", "2026-11-01T07:15"],
            OfDay(Rules("America/New_York", DayOfWeek.Sunday, "00:45", "03:00", length: 45), "2026-11-01"));
    }

    [Fact]
    public void A_session_that_runs_across_the_spring_gap_keeps_its_length()
    {
        var rules = Rules("America/New_York", DayOfWeek.Sunday, "01:30", "04:00", length: 60);
        var slots = FreeSlots.Free(rules, Taken.Nothing, Utc("2026-03-08T00:00"), Utc("2026-03-09T00:00"), LongAgo).ToList();
        Assert.All(slots, s => Assert.Equal(TimeSpan.FromHours(1), s.End - s.Start));
        Assert.Equal(slots.OrderBy(s => s.Start), slots);
        Assert.All(slots.Zip(slots.Skip(1)), p => Assert.True(p.First.End <= p.Second.Start, $"{p.First} and {p.Second} overlap"));
    }

    [Theory]
    [InlineData(60, 0, "09:00 10:00 11:00")]
    [InlineData(60, 15, "09:00 10:15")]
    [InlineData(90, 0, "09:00 10:30")]
    [InlineData(45, 15, "09:00 10:00 11:00")]
    [InlineData(180, 120, "09:00")]
    [InlineData(185, 0, "")]
    public void A_stretch_of_three_hours_holds_what_fits_with_the_breaks(int length, int buffer, string expected) => Assert.Equal(
        expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(c => "2026-12-03T" + c),
        OfDay(Rules("Etc/UTC", DayOfWeek.Thursday, "09:00", "12:00", length, buffer), "2026-12-03"));

    [Fact]
    public void Notice_and_horizon_are_kept_to_the_tick()
    {
        var rules = Rules("Etc/UTC", DayOfWeek.Thursday, "09:00", "10:00", notice: 60, horizon: 7);
        bool IsOffered(DateTimeOffset now) =>
            FreeSlots.Offered(rules, Taken.Nothing, Utc("2026-12-03T00:00"), Utc("2026-12-04T00:00"), now).Any();

        Assert.True(IsOffered(Utc("2026-12-03T08:00")));
        Assert.False(IsOffered(Utc("2026-12-03T08:00").AddTicks(1)));
        Assert.False(IsOffered(Utc("2026-11-26T09:00")));
        Assert.True(IsOffered(Utc("2026-11-26T09:00").AddTicks(1)));
    }

    [Fact]
    public void A_range_takes_the_slots_that_start_in_it()
    {
        var rules = Rules("Etc/UTC", DayOfWeek.Thursday, "09:00", "12:00");
        string[] In(string from, string to) => Starts(FreeSlots.Offered(rules, Taken.Nothing, Utc(from), Utc(to), LongAgo));

        Assert.Equal(["2026-12-03T09:00", "2026-12-03T10:00"], In("2026-12-03T09:00", "2026-12-03T11:00"));
        Assert.Equal(["2026-12-03T10:00"], In("2026-12-03T09:01", "2026-12-03T10:01"));
        Assert.Empty(In("2026-12-03T11:00", "2026-12-03T09:00"));
        Assert.Empty(In("2026-12-03T09:00", "2026-12-03T09:00"));
    }

    [Theory]
    [InlineData("08:55", "09:00", true)]
    [InlineData("08:55", "09:05", false)]
    [InlineData("09:55", "10:00", false)]
    [InlineData("10:00", "10:05", false)]
    [InlineData("10:10", "10:15", false)]
    [InlineData("10:15", "10:20", true)]
    public void A_slot_is_free_when_its_time_and_its_break_are(string from, string to, bool free)
    {
        DateTimeOffset At(string clock) => Utc("2026-12-03T" + clock);
        var busy = BusyTick.Cover(Guid.Empty, Guid.Empty, At(from), At(to)).Select(t => t.Tick).ToHashSet();
        var rules = Rules("Etc/UTC", DayOfWeek.Thursday, "09:00", "10:00", buffer: 15);
        Assert.Equal(free, FreeSlots.Free(rules, Taken.Nothing with { Ticks = busy }, At("00:00"), At("23:00"), LongAgo).Any());
    }

    [Theory]
    // 2026-12-03 is a Thursday with weekly hours 09:00-12:00.
    [InlineData("off", "")]
    [InlineData("14:00-16:00", "14:00 15:00")]
    [InlineData("19:00-20:00 06:00-08:00", "06:00 07:00 19:00")]
    [InlineData("off 10:00-11:00", "10:00")]
    [InlineData("23:30-24:00", "")]
    public void A_special_day_takes_the_place_of_the_weekly_hours(string stretches, string expected)
    {
        var rules = Rules("Etc/UTC", DayOfWeek.Thursday, "09:00",
            "12:00") with
        { SpecialDays = [.. stretches.Split(' ').Select(s => Special("2026-12-03", s))] };
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(c => "2026-12-03T" + c), OfDay(rules, "2026-12-03"));
        Assert.Equal(3, OfDay(rules, "2026-12-10").Length);
    }

    [Theory]
    [InlineData("Pacific/Kiritimati", "2026-12-03T18:00")] // Friday, 8:00, at +14
    [InlineData("Pacific/Honolulu", "2026-12-04T18:00")] // Friday, 8:00, at -10: a whole day later
    [InlineData("Africa/Cairo", "2026-12-04T06:00")]
    public void A_special_day_is_a_day_of_the_mentors_own_zone(string zone, string expected)
    {
        var rules = Rules(zone, DayOfWeek.Monday, "09:00", "12:00") with { SpecialDays = [Special("2026-12-04", "08:00-09:00")] };
        Assert.Equal([expected],
            Starts(FreeSlots.Offered(rules, Taken.Nothing, Utc("2026-12-02T00:00"), Utc("2026-12-06T00:00"), LongAgo)));
    }

    [Theory]
    [InlineData("Africa/Cairo", "2026-04-24", "00:00-03:00", "2026-04-23T22:00 2026-04-23T23:00")]
    [InlineData("Africa/Cairo", "2026-10-29", "21:00-24:00", "2026-10-29T18:00 2026-10-29T19:00 2026-10-29T20:00")]
    [InlineData("Europe/London", "2026-03-29", "00:00-04:00", "2026-03-29T00:00 2026-03-29T01:00 2026-03-29T02:00")]
    [InlineData("Europe/London", "2026-10-25", "00:00-04:00", "2026-10-24T23:00 2026-10-25T00:00 2026-10-25T02:00 2026-10-25T03:00")]
    [InlineData("America/New_York", "2026-03-08", "01:00-05:00", "2026-03-08T06:00 2026-03-08T07:00 2026-03-08T08:00")]
    [InlineData("America/New_York", "2026-11-01", "00:00-04:00", "2026-11-01T04:00 2026-11-01T05:00 2026-11-01T07:00 2026-11-01T08:00")]
    public void Hours_of_a_special_day_go_through_a_change_of_the_clock_as_weekly_hours_do(
        string zone, string date, string hours, string expected) =>
        Assert.Equal(expected.Split(' '),
            OfDay(Rules(zone, DayOfWeek.Monday, "09:00", "12:00") with { SpecialDays = [Special(date, hours)] }, date));

    [Fact]
    public void People_twelve_zones_apart_see_the_same_instant_on_days_of_their_own()
    {
        // Kiritimati is a whole day ahead of Honolulu: the same wall clock, another date.
        string[] Of(string zone, DayOfWeek day) => Starts(FreeSlots.Offered(
            Rules(zone, day, "10:00", "11:00"), Taken.Nothing, Utc("2026-12-03T00:00"), Utc("2026-12-10T00:00"), LongAgo));
        Assert.Equal(Of("Pacific/Honolulu", DayOfWeek.Thursday), Of("Pacific/Kiritimati", DayOfWeek.Friday));
    }

    [Theory]
    [InlineData(0, 2, 3)]
    [InlineData(1, 2, 3)]
    [InlineData(2, 2, 0)]
    [InlineData(5, 2, 0)]
    [InlineData(5, null, 3)]
    public void A_day_that_is_full_offers_nothing(int sessions, int? most, int slots)
    {
        // In Kiritimati these slots of Friday lie on Thursday in UTC: the mentor's day counts.
        var rules = Rules("Pacific/Kiritimati", DayOfWeek.Friday, "06:00", "09:00") with { MaxPerDay = most };
        var taken = Taken.Nothing with
        {
            SessionsPerDay =
            new Dictionary<LocalDate, int> { [new(2026, 12, 4)] = sessions, [new(2026, 12, 3)] = 9 }
        };
        Assert.Equal(slots, FreeSlots.Free(rules, taken, Utc("2026-12-03T00:00"), Utc("2026-12-04T00:00"), LongAgo).Count());
    }

    [Fact]
    public void A_mentor_who_pauses_offers_nothing() =>
        Assert.Empty(OfDay(Rules("Etc/UTC", DayOfWeek.Thursday, "09:00", "12:00") with { IsPaused = true }, "2026-12-03"));

    private static SpecialDay Special(string date, string stretch) => new()
    {
        Date = DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        FromMinute = stretch == "off" ? null : Minute(stretch[..5]),
        ToMinute = stretch == "off" ? null : Minute(stretch[6..]),
    };

    [Fact]
    public void What_is_offered_agrees_with_a_plain_walk_over_all_minutes()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        string[] zones = ["Africa/Cairo", "Europe/London", "America/New_York", "Asia/Riyadh", "Pacific/Auckland", "Australia/Lord_Howe",
            "Asia/Kathmandu"];
        string[] firsts = ["2026-03-06", "2026-03-27", "2026-04-03", "2026-04-22", "2026-09-25", "2026-10-23", "2026-10-30"];
        for (var round = 0; round < 60; round++)
        {
            var zone = DateTimeZoneProviders.Tzdb[zones[random.Next(zones.Length)]];
            var from = Utc(firsts[random.Next(firsts.Length)] + "T00:00");
            var hours = Enum.GetValues<DayOfWeek>()
                .Select(d => new WeeklyHours { Day = d, FromMinute = random.Next(0, 100) * 5, ToMinute = 500 + random.Next(0, 189) * 5 })
                .ToList();
            var rules = new SlotRules(zone, hours, random.Next(3, 20) * 5, random.Next(0, 5) * 5, 0, 1000);
            Assert.True(Walk(rules, from, from.AddDays(5))
                .SequenceEqual(FreeSlots.Offered(rules, Taken.Nothing, from, from.AddDays(5), LongAgo).Select(s => s.Start)),
                $"seed {seed}, round {round}, {zone.Id} from {from:u}");
        }
    }

    /// <summary>The same by brute force: goes through the instants and looks at the wall, remembering what it showed before.</summary>
    private static IEnumerable<DateTimeOffset> Walk(SlotRules rules, DateTimeOffset from, DateTimeOffset to)
    {
        var seen = new HashSet<LocalDateTime>();
        for (var at = from.AddDays(-1); at < to; at = at.AddMinutes(5))
        {
            var wall = Instant.FromDateTimeOffset(at).InZone(rules.Zone).LocalDateTime;
            var minute = wall.Hour * 60 + wall.Minute;
            var isStart = rules.Hours.Any(h => (int)h.Day == (int)wall.DayOfWeek % 7 && minute >= h.FromMinute
                && (minute - h.FromMinute) % (rules.SessionMinutes + rules.BufferMinutes) == 0
                    && minute + rules.SessionMinutes <= h.ToMinute);
            if (seen.Add(wall) && isStart && at >= from)
                yield return at;
        }
    }
}
