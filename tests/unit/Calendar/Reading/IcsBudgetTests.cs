using System.Diagnostics;
using System.Text;
using Portal.Calendar.Reading;

namespace Tests.Calendar.Reading;

/// <summary>What was made to do harm costs no more than the budget, counted in work and not by a clock.</summary>
public sealed class IcsBudgetTests
{
    private const int Size = 5_000_000;
    private const string Hour = "DTSTART:20261208T090000Z|DURATION:PT1H";

    private static string Many(string part)
    {
        part = part.Replace("|", "\r\n");
        return string.Concat(Enumerable.Repeat(part, Size / part.Length));
    }

    private static string Events(string lines) => Ics.Of(Many(Ics.Event(lines) + "|"));

    /// <summary>Made when they are wanted: xunit makes names of all data before every run.</summary>
    private static readonly Dictionary<string, Func<string>> Hostile = new()
    {
        { "one endless line", () => "BEGIN:VCALENDAR\r\nSUMMARY:" + new string('x', Size) },
        { "one endless folded line", () => "BEGIN:VCALENDAR\r\nUID:y" + Many("| x") },
        { "folds of nothing", () => "BEGIN:VCALENDAR\r\nUID:y" + Many("| ") },
        { "empty lines", () => "BEGIN:VCALENDAR" + Many("|") },
        { "entries", () => Events(Hour) },
        { "endless nesting", () => "BEGIN:VCALENDAR\r\n" + Many("BEGIN:VEVENT|") },
        { "nests that never end", () => "BEGIN:VCALENDAR\r\n" + Many("BEGIN:X|") + Many("END:Y|") },
        { "calendars", () => Many("BEGIN:VCALENDAR|END:VCALENDAR|") },
        { "repetitions", () => Events("DTSTART:16010101T000000Z|DURATION:PT1S|RRULE:FREQ=DAILY;COUNT=999999999") },
        { "a rule that never fits", () => Events("DTSTART:16010101T000000Z|DURATION:PT1S|RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=5") },
        { "a rule with everything", () => Events("DTSTART:16010101T000000Z|DURATION:PT1S|RRULE:FREQ=YEARLY;BYSETPOS=-366,366,1;BYDAY="
            + string.Join(',', Enumerable.Range(1, 50).Select(i => i + "MO"))) },
        { "daily entries", () => Events("DTSTART:20200101T000000Z|DURATION:PT1S|RRULE:FREQ=DAILY") },
        { "overlong times", () => Events("DTSTART:16010102T000000Z|DTEND:89991231T000000Z|RRULE:FREQ=DAILY") },
        { "exceptions in lines", () => Ics.Of("BEGIN:VEVENT", Hour + "|RRULE:FREQ=DAILY", Many("EXDATE;TZID=Europe/Berlin:20261209T100000|"), "END:VEVENT") },
        { "exceptions in a list", () => Ics.Of(Ics.Event(Hour + "|RRULE:FREQ=DAILY|EXDATE:" + Many("20261209T090000Z,"))) },
        { "dates", () => Ics.Of(Ics.Event(Hour + "|RDATE:" + Many("20261209T090000Z,"))) },
        { "parameters", () => Ics.Of("BEGIN:VEVENT", Hour, Many($"EXDATE{string.Concat(Enumerable.Repeat(";a=b", 200))};TZID=X:20261209T100000|"), "END:VEVENT") },
        { "parameters for each value", () => Ics.Of("BEGIN:VEVENT", Hour,
            Many($"EXDATE{string.Concat(Enumerable.Repeat(";", 500))}:{string.Join(',', Enumerable.Repeat("20261209", 50))}|"), "END:VEVENT") },
        { "quotes", () => Ics.Of("BEGIN:VEVENT", Many("DTSTART;TZID=\":\":\":\":|"), "END:VEVENT") },
        { "zones", () => Ics.Of(Enumerable.Range(0, Size / 250).SelectMany(i => new[]
            { $"BEGIN:VTIMEZONE|TZID:{i}|BEGIN:STANDARD|DTSTART:16010101T000000|TZOFFSETFROM:+0100|TZOFFSETTO:+0200|RRULE:FREQ=DAILY"
                + "|END:STANDARD|END:VTIMEZONE", Ics.Event($"DTSTART;TZID={i}:20261208T090000|DURATION:PT1H") }).ToArray()) },
        { "series and what they become", () => Ics.Of(Many(Ics.Event("UID:a|DTSTART:20261201T090000Z|DURATION:PT1H|RRULE:FREQ=DAILY") + "|"
            + Ics.Event("UID:a|RECURRENCE-ID;RANGE=THISANDFUTURE:20261203T090000Z|DTSTART:20261203T130000Z|DURATION:PT1H") + "|")) },
        { "busy times", () => Ics.Of("BEGIN:VFREEBUSY", "FREEBUSY:" + Many("20261208T090000Z/PT1H,"), "END:VFREEBUSY") },
        { "attendees", () => Ics.Of("BEGIN:VEVENT", Hour, Many("ATTENDEE;PARTSTAT=DECLINED:mailto:other@example.org|"), "END:VEVENT") },
        { "rules in one entry", () => Ics.Of("BEGIN:VEVENT", Hour, Many("RRULE:FREQ=YEARLY;BYDAY=MO;COUNT=999|"), "END:VEVENT") },
        { "a rule of days", () => Ics.Of(Ics.Event(Hour + "|RRULE:FREQ=DAILY;BYDAY=" + Many("MO,") + "TU")) },
    };

    public static TheoryData<string> Kinds => [.. Hostile.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Five_megabytes_of_anything(string what)
    {
        var text = Hostile[what]();
        var budget = new IcsBudget();
        var (before, memory) = (Thread(), GC.GetAllocatedBytesForCurrentThread());
        var read = Ics.Read(text, budget);
        var (spent, allocated) = (Thread() - before, GC.GetAllocatedBytesForCurrentThread() - memory);
        Assert.True(budget.Spent <= IcsBudget.Max, what);
        Assert.True(read.Times.Count <= MergedTimes.Max, what);
        // The count is the judge; the clock only finds work that is not counted, on machines that do other things as well.
        Assert.True(spent < TimeSpan.FromSeconds(20), $"{what}: {spent} for {budget.Spent}");
        if (Environment.GetEnvironmentVariable("SHOW_WORK") is { } file)
            File.AppendAllText(file, $"{what}: {spent.TotalMilliseconds:0} ms, {budget.Spent:N0}, {allocated >> 20} MB, {read.Problem}\n");
    }

    private static TimeSpan Thread() => Process.GetCurrentProcess().UserProcessorTime;

    [Fact]
    public void An_ordinary_calendar_of_five_megabytes_is_read_to_its_end()
    {
        var text = new StringBuilder("BEGIN:VCALENDAR\r\n");
        for (var i = 0; text.Length < Size; i++)
            text.Append($"BEGIN:VEVENT\r\nUID:{i}\r\nDTSTAMP:20261101T000000Z\r\nSUMMARY:{new string('x', 80)}\r\n"
                + $"DESCRIPTION:{new string('y', 300)}\r\nDTSTART;TZID=Europe/Berlin:2026{i % 12 + 1:00}{i % 28 + 1:00}T{i % 24:00}0000\r\n"
                + $"DURATION:PT1H\r\n{(i % 20 == 0 ? "RRULE:FREQ=WEEKLY\r\n" : "")}END:VEVENT\r\n");
        var budget = new IcsBudget();
        var read = Ics.Read(text.Append("END:VCALENDAR\r\n").ToString(), budget);
        Assert.Null(read.Problem);
        Assert.InRange(budget.Spent, 1, IcsBudget.Max / 2);
    }

    [Fact]
    public void Twice_as_much_costs_twice_as_much()
    {
        int Work(int lines)
        {
            var budget = new IcsBudget();
            Ics.Read(Ics.Of("BEGIN:VEVENT", Hour, string.Concat(Enumerable.Repeat(
                $"EXDATE{string.Concat(Enumerable.Repeat(";a=b", 50))}:20261209T100000,20261210T100000\r\n", lines)), "END:VEVENT"), budget);
            return budget.Spent;
        }
        Assert.InRange(Work(2000), 2 * Work(1000) - 2000, 2 * Work(1000) + 2000);
    }

    [Fact]
    public void Whoever_stops_waiting_is_heard()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => BusyIcs.Read(Events(Hour), Ics.Cairo, Ics.From, Ics.To, stop.Token));
    }

    /// <summary>Pieces of calendars in an order that no program would write.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Nothing_breaks_the_reader(int seed)
    {
        var random = new Random(seed);
        string Pick(params string[] of) => of[random.Next(of.Length)];
        string Time() => Pick("20261208T090000Z", "20261208", "16010101T000000", "89991231T235959Z", "20261101T013000", "x", "", "20261208T240000",
            "99991231T000000Z", "20261208T090000Z/PT1H", "20261208T090000Z/89991231T000000Z");
        string Length() => Pick("PT1H", "P3660D", "-P1D", "P9999999999W", "", "PT0S");
        string Rule() => $"FREQ={Pick("DAILY", "WEEKLY", "MONTHLY", "YEARLY", "HOURLY")};{Pick("", "COUNT=9", "UNTIL=" + Time(), "INTERVAL=999")};"
            + Pick("", "BYDAY=-1SU,MO", "BYMONTHDAY=31,-31", "BYSETPOS=-1", "BYMONTH=2;BYMONTHDAY=30");
        string Zone() => Pick("", ";TZID=A", ";TZID=B", ";TZID=\"C", ";VALUE=DATE", ";TZID=Europe/Berlin", ";TZID=");
        for (var n = 0; n < 2000; n++)
        {
            var text = new StringBuilder("BEGIN:VCALENDAR");
            for (var lines = random.Next(40); lines > 0; lines--)
                text.Append(Pick("\r\n", "\n", "\r", "\r\r\n", "\r\n ")).Append(random.Next(14) switch
                {
                    0 => "BEGIN:" + Pick("VEVENT", "VTIMEZONE", "STANDARD", "DAYLIGHT", "VFREEBUSY", "VALARM", "VCALENDAR"),
                    1 => "END:" + Pick("VEVENT", "VTIMEZONE", "STANDARD", "VFREEBUSY", "VCALENDAR"),
                    2 => "BEGIN:VEVENT",
                    3 => $"DTSTART{Zone()}:{Time()}",
                    4 => $"DTEND{Zone()}:{Time()}",
                    5 => "DURATION:" + Length(),
                    6 => "RRULE:" + Rule(),
                    7 => "EXRULE:" + Rule(),
                    8 => $"{Pick("RDATE", "EXDATE")}{Zone()}:{Time()},{Time()}",
                    9 => $"RECURRENCE-ID{Pick("", ";RANGE=THISANDFUTURE")}{Zone()}:{Time()}",
                    10 => "TZID:" + Pick("A", "B", "C"),
                    11 => $"{Pick("TZOFFSETFROM", "TZOFFSETTO")}:{Pick("+1800", "-1800", "+0200", "x", "-013015")}",
                    12 => $"FREEBUSY:{Time()}/{Time()},{Time()}",
                    _ => "UID:a",
                });
            foreach (var reading in new[] { text.ToString(), text.Append("\r\nEND:VEVENT\r\nEND:VCALENDAR").ToString() })
                Assert.True(BusyIcs.Read(reading, Ics.Cairo, Ics.From, Ics.To) is not { } read
                    || read.Times.All(t => t.Start >= Ics.From && t.End <= Ics.To && t.Start < t.End), reading);
        }
    }
}
