using System.Text.RegularExpressions;
using System.Xml.Linq;
using Tests.Support;

namespace Tests.Architecture;

/// <summary>Which project may know which; inside the portal, FloorTests say it.</summary>
public sealed partial class DependencyTests
{
    private static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(Repository.File(folder), "*", SearchOption.AllDirectories)
            .Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".cshtml", StringComparison.Ordinal)
                || f.EndsWith(".razor", StringComparison.Ordinal))
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal));

    private static string Short(string file) => Path.GetRelativePath(Repository.Root, file);

    private static IEnumerable<string> Referenced(string project) => XDocument.Load(project).Descendants("ProjectReference")
        .Where(r => r.Attribute("ReferenceOutputAssembly")?.Value != "false").Select(r => r.Attribute("Include")!.Value);

    [Fact]
    public void A_plugin_knows_the_contract_and_nothing_else_of_ours()
    {
        var projects = Directory.GetFiles(Repository.File("Plugins"), "*.csproj", SearchOption.AllDirectories);
        Assert.True(projects.Length >= 2);
        Assert.All(projects, p => Assert.All(Referenced(p), r => Assert.EndsWith("Providers.csproj", r)));
        Assert.Empty(Sources("Plugins").Where(f => File.ReadLines(f).Any(l => NamesPortal().IsMatch(l))).Select(Short));
    }

    [Theory]
    [InlineData("Providers")]
    [InlineData("Localization")]
    public void The_contract_and_the_texts_know_nothing_of_ours(string project) =>
        Assert.Empty(Referenced(Repository.File(project, project + ".csproj")));

    [Fact]
    public void The_portal_knows_no_plugin()
    {
        Assert.DoesNotContain(Referenced(Repository.File("Portal", "Portal.csproj")), r => r.Contains("Plugins", StringComparison.Ordinal));
        Assert.DoesNotContain(typeof(Program).Assembly.GetReferencedAssemblies(),
            a => a.Name!.StartsWith("Plugins", StringComparison.Ordinal));
        Assert.Empty(Sources("Portal").Where(f => File.ReadLines(f).Any(l => NamesPlugin().IsMatch(l))).Select(Short));
    }

    [Fact]
    public void The_clock_is_asked_through_TimeProvider_and_zones_through_Tzdb()
    {
        var files = new[] { "Portal", "Plugins", "Providers", "Localization" }.SelectMany(Sources);
        Assert.Empty(files.SelectMany(f => File.ReadLines(f).Where(l => NamesSystemClock().IsMatch(l))
            .Select(l => $"{Short(f)}: {l.Trim()}")));
    }

    [GeneratedRegex(@"^\s*(global )?using (static )?(Portal|Localization)\b")]
    private static partial Regex NamesPortal();

    [GeneratedRegex(@"^\s*@?using (static )?Plugins\b|\bPlugins\.(Jitsi|Manual)\b")]
    private static partial Regex NamesPlugin();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Now|UtcNow|Today)\b|\bTimeZoneInfo\b(?!\.Utc\b)")]
    private static partial Regex NamesSystemClock();
}
