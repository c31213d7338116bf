using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Portal.Settings;
using Tests.Support;

namespace Tests.Settings;

public sealed class ExampleSettingsTests
{
    private static readonly string Path = Repository.File("appsettings.Example.json");

    private static readonly JsonSerializerOptions AsWords = new() { Converters = { new JsonStringEnumConverter() } };

    [Fact]
    public void The_example_holds_every_setting_with_its_default_and_no_other()
    {
        var documented = Leaves(JsonNode.Parse(File.ReadAllText(Path),
            documentOptions: new() { CommentHandling = JsonCommentHandling.Skip }));
        var real = Sections().SelectMany(s => s.Options.GetType().GetProperties()
                .Select(p => (Key: $"{s.Section}:{p.Name}", Value: JsonSerializer.Serialize(p.GetValue(s.Options), AsWords))))
            .Append(("ConnectionStrings:Portal", "\"\"")).Append(("ConnectionStrings:Migrations", "\"\""))
            .Concat(Plugins().Select(p => ($"Providers:{p.Id}:Enabled", "true")))
            .ToDictionary();

        Assert.Empty(real.Keys.Except(documented.Keys));
        Assert.Empty(documented.Keys.Except(real.Keys));
        Assert.All(documented, d => Assert.Equal((d.Key, real[d.Key]), (d.Key, d.Value)));
    }

    [Fact]
    public void Every_setting_of_the_example_is_explained()
    {
        var lines = File.ReadAllLines(Path).Select(l => l.Trim()).ToList();
        var unexplained = lines.Where((line, i) => line.StartsWith('"') && !line.EndsWith('{')
            && !lines[i - 1].StartsWith("// ", StringComparison.Ordinal));
        Assert.Empty(unexplained);
    }

    private static IEnumerable<(string Section, object Options)> Sections()
    {
        var ours = typeof(PortalOptions).Assembly.GetTypes()
            .Where(t => t.IsPublic && t.Name.EndsWith("Options", StringComparison.Ordinal))
            .Select(t => (Type: t, Section: t.GetField("Section")?.GetRawConstantValue() as string))
            .Where(t => t.Section is not null)
            .Select(t => (t.Section!, Activator.CreateInstance(t.Type)!))
            .ToList();
        Assert.Contains(ours, o => o.Item2 is PortalOptions);
        return ours.Concat(Plugins().Select(p => ($"Providers:{p.Id}", p.Options)));
    }

    /// <summary>The plugins of this tree: the portal knows none of them by type, and this test is to hold for new ones as well.</summary>
    private static IEnumerable<(string Id, object Options)> Plugins()
    {
        foreach (var manifest in Directory.GetFiles(Repository.File("Plugins"), "plugin.json",
            new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 }))
        {
            var text = JsonNode.Parse(File.ReadAllText(manifest))!;
            var assembly = Assembly.Load(System.IO.Path.GetFileNameWithoutExtension((string)text["assembly"]!));
            var options = assembly.GetTypes().Single(t => t.IsPublic && t.Name.EndsWith("Options", StringComparison.Ordinal));
            yield return ((string)text["id"]!, Activator.CreateInstance(options)!);
        }
    }

    private static Dictionary<string, string> Leaves(JsonNode? node, string key = "") => node is JsonObject inner
        ? inner.SelectMany(p => Leaves(p.Value, key is "" ? p.Key : $"{key}:{p.Key}")).ToDictionary()
        : new() { [key] = JsonSerializer.Serialize(node, AsWords) };
}
