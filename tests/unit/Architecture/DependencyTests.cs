using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Tests.Support;

namespace Tests.Architecture;

/// <summary>Who may know whom.</summary>
public sealed partial class DependencyTests
{
    /// <summary>What stands at the edge: nothing inside the portal depends on it.</summary>
    private static readonly string[] Edge = ["Pages", "Api", "Jobs"];

    private static readonly string[] Roots = ["PortalBuilder.cs", "PortalStart.cs"];

    private static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(Repository.File(folder), "*", SearchOption.AllDirectories)
            .Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".cshtml", StringComparison.Ordinal) || f.EndsWith(".razor", StringComparison.Ordinal))
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal));

    private static string Short(string file) => Path.GetRelativePath(Repository.Root, file);

    private static IEnumerable<string> Referenced(string project) => XDocument.Load(project).Descendants("ProjectReference")
        .Where(r => r.Attribute("ReferenceOutputAssembly")?.Value != "false").Select(r => r.Attribute("Include")!.Value);

    [Fact]
    public void Inside_the_portal_nobody_names_the_pages_the_api_or_the_jobs()
    {
        var inside = Sources("Portal").Where(f => !Edge.Contains(Path.GetRelativePath(Repository.File("Portal"), f).Split('/')[0]) && !Roots.Contains(Path.GetFileName(f))).ToList();
        Assert.True(inside.Count > 80, $"Only {inside.Count} files were looked at.");
        var wrong = inside.SelectMany(f => File.ReadLines(f).Where(l => NamesEdge().IsMatch(l)).Select(l => $"{Short(f)}: {l.Trim()}"));
        Assert.Empty(wrong);
    }

    [Fact]
    public void No_type_inside_the_portal_is_made_of_types_from_its_edge()
    {
        var types = typeof(Program).Assembly.GetTypes().Where(t => t.Namespace?.StartsWith("Portal.", StringComparison.Ordinal) == true && !IsEdge(t)).ToList();
        Assert.True(types.Count > 80, $"Only {types.Count} types were looked at.");
        Assert.Empty(from t in types from other in Uses(t) where IsEdge(other) select $"{t} uses {other}");
    }

    private static bool IsEdge(Type type) => type.Namespace is { } space && Edge.Any(e => space == "Portal." + e || space.StartsWith($"Portal.{e}.", StringComparison.Ordinal));

    private static IEnumerable<Type> Uses(Type type)
    {
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var found = type.GetInterfaces()
            .Concat(type.GetFields(All).Select(f => f.FieldType))
            .Concat(type.GetConstructors(All).SelectMany(c => c.GetParameters()).Select(p => p.ParameterType))
            .Concat(type.GetMethods(All).SelectMany(m => m.GetParameters().Select(p => p.ParameterType).Append(m.ReturnType)
                .Concat(m.GetMethodBody()?.LocalVariables.Select(v => v.LocalType) ?? [])));
        return (type.BaseType is { } parent ? found.Append(parent) : found).SelectMany(Parts);
    }

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!) : type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type) : [type];

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
        Assert.DoesNotContain(typeof(Program).Assembly.GetReferencedAssemblies(), a => a.Name!.StartsWith("Plugins", StringComparison.Ordinal));
        Assert.Empty(Sources("Portal").Where(f => File.ReadLines(f).Any(l => NamesPlugin().IsMatch(l))).Select(Short));
    }

    [Fact]
    public void The_clock_is_asked_through_TimeProvider_and_zones_through_Tzdb()
    {
        var files = new[] { "Portal", "Plugins", "Providers", "Localization" }.SelectMany(Sources);
        Assert.Empty(files.SelectMany(f => File.ReadLines(f).Where(l => NamesSystemClock().IsMatch(l)).Select(l => $"{Short(f)}: {l.Trim()}")));
    }

    [GeneratedRegex(@"\bPortal\.(Pages|Api|Jobs)\b|^\s*using (Pages|Api|Jobs)\b")]
    private static partial Regex NamesEdge();

    [GeneratedRegex(@"^\s*(global )?using (static )?(Portal|Localization)\b")]
    private static partial Regex NamesPortal();

    [GeneratedRegex(@"^\s*@?using (static )?Plugins\b|\bPlugins\.(Jitsi|Manual)\b")]
    private static partial Regex NamesPlugin();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Now|UtcNow|Today)\b|\bTimeZoneInfo\b(?!\.Utc\b)")]
    private static partial Regex NamesSystemClock();
}
