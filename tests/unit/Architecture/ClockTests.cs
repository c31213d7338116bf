using System.Text.RegularExpressions;
using Tests.Support;

namespace Tests.Architecture;

/// <summary>What keeps the tests green on any day: a test has one clock, and its dates are reckoned from it.</summary>
public sealed partial class ClockTests
{
    /// <summary>Files that ask the machine what time it is, since nothing in them goes by another clock.</summary>
    private static readonly Dictionary<string, string> OnTheMachinesClock = new()
    {
        ["JobsTests.cs"] = "The scheduler has the machine's clock.",
        ["TwoPortalsTests.cs"] = "Its portals are processes of their own.",
        ["KilledDispatcherTests.cs"] = "Its portals are processes of their own.",
        ["BlobsTests.cs"] = "Disks and buckets go by the machine.",
        ["DispatchingProcess.cs"] = "It is such a process.",
        ["IndependentVerifierTests.cs"] = "Verifiers of others ask the machine; so do the tokens for them.",
        ["TestCertificate.cs"] = "TLS asks the machine; so do the certificates for it.",
        ["SmtpSecurityTests.cs"] = "TLS asks the machine; so do the certificates for it.",
        ["ProviderHttpTests.cs"] = "It waits for real servers, and knows no date.",
        ["PluginBench.cs"] = "It waits for real plugins, and knows no date.",
        ["StoryClock.cs"] = "Stories take place today: a browser has no other clock.",
        ["Outside.cs"] = "A browser asks the machine; so does the certificate for it.",
    };

    /// <summary>Files with a portal and dates that are compared with no clock.</summary>
    private static readonly Dictionary<string, string> DatesAreData = new()
    {
        ["AuditPageTests.cs"] = "Rows of a trail and days of a filter, compared with each other.",
        ["SeriesApiTests.cs"] = "A table of wall clocks, for a rule that asks no clock.",
    };

    [Fact]
    public void No_client_keeps_cookies_by_the_machines_clock() => Assert.Empty(Lines(NamesCookieContainer()));

    [Fact]
    public void The_machine_is_asked_for_the_time_only_where_everything_goes_by_it() =>
        Assert.Equal(OnTheMachinesClock.Keys.Order(), Files(Lines(AsksTheMachine())));

    [Fact]
    public void No_date_stands_beside_a_clock_that_moves() =>
        Assert.Equal(DatesAreData.Keys.Order(), Files(Lines(IsDate(), of: HasMovingClock())));

    private static IEnumerable<string> Files(IEnumerable<(string File, string Line)> lines) => lines.Select(l => l.File).Distinct().Order();

    private static IEnumerable<(string File, string Line)> Lines(Regex wrong, Regex? of = null) =>
        from folder in new[] { "unit", "e2e" }
        from path in Directory.EnumerateFiles(Repository.File("tests", folder), "*.cs", SearchOption.AllDirectories)
        where !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal)
        where of?.IsMatch(File.ReadAllText(path)) ?? true
        from line in File.ReadLines(path)
        where !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && wrong.IsMatch(line)
        select (Path.GetFileName(path), line.Trim());

    // The factory's own client has such a container.
    [GeneratedRegex(@"\bCookieContainer\b|\bCreateClient\(\)|\bWebApplicationFactoryClientOptions\b")]
    private static partial Regex NamesCookieContainer();

    [GeneratedRegex(@"\bTimeProvider\.System\b|\bbase\.GetUtcNow\b|\bDateTime(Offset)?\.(Now|UtcNow|Today)\b")]
    private static partial Regex AsksTheMachine();

    [GeneratedRegex(@"\bPortalApp\b|\bTestClock\.Anchor\b|\bTestClock [^;=]*= new\(\)|\bnew TestClock\(\)")]
    private static partial Regex HasMovingClock();

    [GeneratedRegex(@"\bnew( [A-Z]\w+)?\(20\d\d, |""[^""]*\b20\d\d-[01]\d-[0-3]\d")]
    private static partial Regex IsDate();
}
