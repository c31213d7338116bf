using System.Text.Json;
using NodaTime;
using Tests.Support;

namespace Tests.Calendar.Reading;

/// <summary>Whole calendars held against python3-icalendar, python3-dateutil and Python's own zones: a judge that is not ours.</summary>
public sealed class IndependentBusyTests
{
    private const int Seed = 20261201;
    private const int Calendars = 300;

    private static readonly string[] Zones =
        ["Africa/Cairo", "Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Auckland"];

    private static readonly string[] Days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    [NeedsIcalendarFact]
    public void Busy_times_agree_with_an_independent_reader()
    {
        var random = new Random(Seed);
        var calendars = Enumerable.Range(0, Calendars).Select(_ => Calendar(random)).ToList();
        var answers = JsonSerializer.Deserialize<long[][][]>(Tool.Run(
            Tool.Python, [Repository.File("tests", "unit", "Calendar", "Reading", "busy.py")], JsonSerializer.Serialize(new
            {
                from = Ics.From.ToUnixTimeSeconds(),
                to = Ics.To.ToUnixTimeSeconds(),
                zone = Ics.Cairo.Id,
                calendars,
            })))!;
        foreach (var (text, expected) in calendars.Zip(answers))
        {
            var read = Ics.Read(text);
            var ours = read.Times.Select(t => $"{t.Start.ToUnixTimeSeconds()}/{t.End.ToUnixTimeSeconds()}");
            Assert.True(read.Problem is null && expected.Select(t => $"{t[0]}/{t[1]}").SequenceEqual(ours),
                $"seed {Seed}, {read.Problem}:\n{text}\npython {Shown(expected)}\nportal {Ics.Shown(read)}");
        }
        Assert.True(answers.Count(a => a.Length > 1) > Calendars / 2);
    }

    private static string Shown(long[][] times) => string.Join(' ', times.Select(t =>
        $"{Instant.FromUnixTimeSeconds(t[0]):MMdd'T'HHmm}/{Instant.FromUnixTimeSeconds(t[1]):MMdd'T'HHmm}"));

    private static string Calendar(Random random)
    {
        var isDays = random.Next(4) == 0;
        var zone = Zones[random.Next(Zones.Length)];
        string At(LocalDateTime at) => isDays ? at.ToString("uuuuMMdd", null) : at.ToString("uuuuMMdd'T'HHmmss", null);
        var parameter = isDays ? ";VALUE=DATE" : $";TZID={zone}";
        var start = new LocalDateTime(2026, random.Next(1, 13), random.Next(1, 29), random.Next(4, 23), random.Next(12) * 5);
        var lines = new List<string> { $"DTSTART{parameter}:{At(start)}", isDays ? $"DURATION:P{random.Next(1, 4)}D" : $"DURATION:PT{random.Next(1, 30)}H" };
        var near = new LocalDateTime(2026, 12, random.Next(1, 29), start.Hour, start.Minute);
        if (random.Next(8) > 0)
            lines.Add("RRULE:" + Rule(random));
        if (random.Next(6) == 0)
            lines.Insert(0, "EXRULE:FREQ=WEEKLY;BYDAY=" + Days[random.Next(7)]);
        if (random.Next(3) == 0)
            lines.Add($"RDATE{parameter}:{At(near)},{At(near.PlusDays(9))}");
        if (random.Next(2) == 0)
            lines.Add($"EXDATE{parameter}:{string.Join(',', Enumerable.Range(0, 9).Select(i => At(near.PlusDays(i))))}");
        return Ics.Of(Ics.Event(string.Join('|', lines)));
    }

    private static string Rule(Random random) => random.Next(5) switch
    {
        0 => $"FREQ=DAILY;INTERVAL={random.Next(1, 9)}",
        1 => $"FREQ=WEEKLY;INTERVAL={random.Next(1, 4)};BYDAY={Days[random.Next(7)]},{Days[random.Next(7)]};WKST={Days[random.Next(7)]}",
        2 => $"FREQ=MONTHLY;BYDAY={random.Next(1, 5)}{Days[random.Next(7)]},-1{Days[random.Next(7)]}",
        3 => $"FREQ=MONTHLY;BYMONTHDAY={random.Next(1, 32)},-{random.Next(1, 29)}",
        _ => $"FREQ=YEARLY;BYMONTH={random.Next(1, 13)},12;BYMONTHDAY={random.Next(1, 29)}",
    };
}

/// <summary>Skipped, visibly, where python3 has no icalendar or no dateutil.</summary>
public sealed class NeedsIcalendarFactAttribute : FactAttribute
{
    public NeedsIcalendarFactAttribute() =>
        Skip = IndependentCalendar.Missing ?? (Tool.Knows(Tool.Python, "dateutil.rrule") ? null : "python3-dateutil is not installed");
}
