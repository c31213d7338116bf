using System.Text.Json;
using NodaTime;
using Portal.Sessions.Availability;
using Tests.Support;

namespace Tests.Sessions;

/// <summary>Free times held against another program, with another language's zones: Debian's python3 and its zoneinfo.</summary>
public sealed class IndependentSlotsTests
{
    private const string RoundsVariable = "SLOTS_ROUNDS";

    private static readonly string[] Zones =
    [
        "Africa/Cairo", "Europe/London", "America/New_York", "Asia/Riyadh", "Pacific/Auckland", "Australia/Lord_Howe", "Asia/Kathmandu",
        "Pacific/Kiritimati", "Pacific/Honolulu", "Asia/Beirut", "America/St_Johns", "Asia/Damascus", "Etc/UTC", "America/Santiago",
            "Pacific/Chatham",
    ];

    /// <summary>Days around which some of these clocks change, and two ordinary ones.</summary>
    private static readonly string[] Days =
        ["2026-03-07", "2026-03-28", "2026-04-04", "2026-04-23", "2026-09-05", "2026-09-26", "2026-10-03", "2026-10-24", "2026-10-29",
        "2026-10-31", "2026-06-30", "2026-12-30"];

    [NeedsPythonFact]
    public void Free_times_agree_with_an_independent_calculation()
    {
        var rounds = int.TryParse(Environment.GetEnvironmentVariable(RoundsVariable), out var set) ? set : 100;
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var cases = Enumerable.Range(0, rounds).Select(_ => Case.Of(random)).ToList();
        var answers = JsonSerializer.Deserialize<long[][]>(Tool.Run(
            Tool.Python, [Repository.File("tests", "unit", "Sessions", "slots.py")],
            JsonSerializer.Serialize(cases.Select(c => c.ForPython))))!;

        var differences = cases.Zip(answers).Where(p => !p.First.Starts.SequenceEqual(p.Second)).ToList();
        Assert.True(differences.Count == 0, differences.Count == 0 ? "" : $"""
            seed {seed}: {differences.Count} of {rounds} differ; the first:
            {JsonSerializer.Serialize(differences[0].First.ForPython)}
            portal {string.Join(' ', differences[0].First.Starts)}
            python {string.Join(' ', differences[0].Second)}
            """);
        // Settings of which most offer nothing would prove nothing.
        Assert.True(answers.Count(a => a.Length > 0) > rounds / 2);
    }

    private sealed record Case(SlotRules Rules, long From, long To, long Now, long[] Sessions, long[][] Busy)
    {
        public long[] Starts => [.. FreeSlots.Free(Rules, Taken, At(From), At(To), At(Now)).Select(s => s.Start.ToUnixTimeSeconds())];

        public object ForPython => new
        {
            zone = Rules.Zone.Id,
            length = Rules.SessionMinutes,
            buffer = Rules.BufferMinutes,
            notice = Rules.NoticeMinutes,
            horizon = Rules.HorizonDays,
            most = Rules.MaxPerDay,
            paused = Rules.IsPaused,
            hours = Rules.Hours.Select(h => new { day = (int)h.Day, from = h.FromMinute, to = h.ToMinute }),
            special = Rules.SpecialDays.Select(d => new { date = d.Date.ToString("yyyy-MM-dd"), from = d.FromMinute, to = d.ToMinute }),
            from = From,
            to = To,
            now = Now,
            sessions = Sessions,
            busy = Busy,
        };

        private Taken Taken => new(
            Busy.SelectMany(b => BusyTick.Cover(Guid.Empty, Guid.Empty, At(b[0]), At(b[1])).Select(t => t.Tick)).ToHashSet(),
            Sessions.GroupBy(s => Instant.FromUnixTimeSeconds(s).InZone(Rules.Zone).Date).ToDictionary(d => d.Key, d => d.Count()));

        public static Case Of(Random random)
        {
            var first = DateOnly.Parse(Days[random.Next(Days.Length)]);
            var from = new DateTimeOffset(first, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeSeconds() + random.Next(-12, 12) * 3600L;
            var to = from + random.Next(1, 5) * 86400L;
            long Within() => from + random.Next((int)(to - from) / 60) * 60L;
            var rules = new SlotRules(
                DateTimeZoneProviders.Tzdb[Zones[random.Next(Zones.Length)]], Hours(random), random.Next(3, 25) * 5,
                random.Next(3) == 0 ? random.Next(6) * 5 : 0,
                random.Next(4) == 0 ? random.Next(600) * 5 : 0, random.Next(4) == 0 ? random.Next(1, 4) : 365)
            {
                SpecialDays = Special(random, first),
                MaxPerDay = random.Next(3) == 0 ? random.Next(1, 4) : null,
                IsPaused = random.Next(50) == 0,
            };
            long[] sessions = [.. Enumerable.Range(0, random.Next(6)).Select(_ => Within())];
            long[][] busy = [.. Enumerable.Range(0, random.Next(5)).Select(_ => Within())
                .Select(s => new[] { s, s + random.Next(1, 300) * 60L })];
            return new(rules, from, to, from - random.Next(3) * 43200L, sessions, busy);
        }

        private static List<WeeklyHours> Hours(Random random) =>
            [.. Enum.GetValues<DayOfWeek>()
                .SelectMany(day => Stretches(random, night: true)
                    .Select(s => new WeeklyHours { Day = day, FromMinute = s.From, ToMinute = s.To }))];

        private static List<SpecialDay> Special(Random random, DateOnly first) => [.. Enumerable.Range(-1, random.Next(4)).SelectMany(i =>
        {
            var date = first.AddDays(i);
            return random.Next(2) == 0
                ? [new SpecialDay { Date = date }]
                : Stretches(random).Select(s => new SpecialDay { Date = date, FromMinute = s.From, ToMinute = s.To });
        })];

        /// <summary>One or two, which do not overlap; or a whole day, or one with a night.</summary>
        private static IEnumerable<(int From, int To)> Stretches(Random random, bool night = false)
        {
            if (night && random.Next(3) == 0)
            {
                yield return random.Next(2) == 0 ? (0, 1440) : (random.Next(200, 280) * 5, 1440 + random.Next(1, 60) * 5);
                yield break;
            }
            var middle = random.Next(60, 200) * 5;
            yield return (middle - random.Next(1, middle / 5 + 1) * 5, middle);
            if (random.Next(2) == 0)
                yield return (middle, middle + random.Next(1, (1440 - middle) / 5 + 1) * 5);
        }

        private static DateTimeOffset At(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds);
    }
}
