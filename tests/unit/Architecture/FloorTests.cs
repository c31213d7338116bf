using System.Reflection;
using System.Text.RegularExpressions;
using Portal;
using Portal.Data;
using Tests.Support;

namespace Tests.Architecture;

/// <summary>The folders of the portal are floors: a lower one names no higher one, neither in its signatures nor in its code.</summary>
public sealed partial class FloorTests
{
    private static readonly string[] Floors =
    [
        "Settings", "AuditTrail", "Mail", "ProviderHost", "People", "Cultures", "Security", "Tickets", "Sessions", "Mentors", "Tools",
        "Joining", "Calendar", "Jobs", "Api", "Pages", "Demo",
    ];

    /// <summary>Beside the floors. The context must name every entity, and every floor names the context.</summary>
    private const string Data = "Data";

    private const string Observability = "Observability";

    private static readonly Assembly TheirAssembly = typeof(PortalDbContext).Assembly;

    /// <summary>Compilers put what they generate into namespaces of their own.</summary>
    private static readonly List<Type> Types = [.. TheirAssembly.GetTypes().Where(t => FloorOf(t) is not null)];

    [Fact]
    public void Every_folder_has_its_floor()
    {
        var folders = Directory.GetDirectories(Repository.File("Portal"))
            .Where(d => Directory.EnumerateFiles(d, "*.cs", SearchOption.AllDirectories).Any()).Select(d => Path.GetFileName(d)!)
            .Except(["bin", "obj"]);
        Assert.Equal(Floors.Append(Data).Append(Observability).Order(), folders.Order());
    }

    [Fact]
    public void No_floor_names_a_higher_one_in_its_types()
    {
        Assert.True(Types.Count > 400, $"Only {Types.Count} types were looked at.");
        None(from type in Types
             from other in NamedTypes.Of(type)
             where other.Assembly == TheirAssembly && (FloorOf(other) is { } to ? !May(FloorOf(type)!, to) : IsRoof(other))
             select $"{type} names {other}");
    }

    /// <summary>Where a constant was named, or nothing but a namespace, the types do not tell.</summary>
    [Fact]
    public void No_floor_names_a_higher_one_in_its_text()
    {
        // From the root of all names, or from the portal's own: Sessions.JoinOptions, Sessions.Availability (and what follows).
        var places = Types.Where(t => !t.IsNested).SelectMany(t => new[] { t.Name.Split('`')[0], t.Namespace!.Split('.').Last() }
            .Select(name => $"{FloorOf(t)}.{name}")).ToHashSet();
        None(from file in Sources()
             let floor = Path.GetRelativePath(Repository.File("Portal"), file).Split('/')[0]
             from line in File.ReadLines(file)
             where !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
             where Qualified().Matches(line).Any(name => (name.Groups["root"].Success || places.Contains(name.Value))
                 && IsFloor(name.Groups["floor"].Value) && !May(floor, name.Groups["floor"].Value))
             select $"{Path.GetRelativePath(Repository.Root, file)}: {line.Trim()}");
    }

    [Fact]
    public void The_bodies_of_methods_are_read()
    {
        var named = NamedTypes.Of(typeof(Sample)).ToList();
        Assert.Contains(typeof(InBody), named);
        Assert.Contains(typeof(AsArgument), named);
        Assert.Contains(typeof(ByExtension), named);
    }

    /// <summary>All of them, not the first letters of some.</summary>
    private static void None(IEnumerable<string> wrong)
    {
        var found = wrong.ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    private static bool May(string from, string to)
    {
        if (from == to || from == Data || to == Data)
            return true;
        if (from == Observability)
            return to == Floors[0];
        if (to == Observability)
            return true;
        return Array.IndexOf(Floors, from) >= Array.IndexOf(Floors, to);
    }

    /// <summary>The composition root, above all floors; it lends them nothing but its exception.</summary>
    private static bool IsRoof(Type type) => type.Namespace == "Portal" && type != typeof(StartupException);

    private static bool IsFloor(string name) => name is Data or Observability || Floors.Contains(name);

    private static string? FloorOf(Type type) =>
        type.Namespace?.Split('.') is ["Portal", var name, ..] && IsFloor(name) ? name : null;

    private static IEnumerable<string> Sources() =>
        from folder in Floors.Append(Observability)
        from file in Directory.EnumerateFiles(Repository.File(Path.Combine("Portal", folder)), "*", SearchOption.AllDirectories)
        where Path.GetExtension(file) is ".cs" or ".cshtml" or ".razor"
        select file;

    [GeneratedRegex(@"(?<![\w.""])(?<root>Portal\.)?(?<floor>[A-Z]\w+)\b(?:\.[A-Z]\w+)?")]
    private static partial Regex Qualified();

    private sealed class InBody;

    private sealed class AsArgument;

    private static class ByExtension
    {
        public static int Twice(int value) => value * 2;
    }

    private static class Sample
    {
        public static object Made() => new InBody();

        public static int Counted() => ByExtension.Twice(Array.Empty<AsArgument>().Length);
    }
}
