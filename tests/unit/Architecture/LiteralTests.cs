using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Localization;
using Providers;
using Tests.Support;

namespace Tests.Architecture;

/// <summary>What only one place may know.</summary>
public sealed class LiteralTests
{
    /// <summary>Codes of all the languages that people may say they speak.</summary>
    private static readonly string[] KnowLanguages = ["Languages.cs", "SpokenLanguages.cs"];

    [Fact]
    public void Only_one_place_knows_which_languages_there_are()
    {
        var files = Files("Portal", ".cs", ".cshtml", ".razor").Concat(Files("Localization", ".cs")).ToList();
        Assert.True(files.Count > 300, $"Only {files.Count} files were looked at.");
        var pattern = new Regex($"\"({string.Join('|', Languages.All)})\"");
        Assert.Empty(Lines(files.Where(f => !KnowLanguages.Contains(Path.GetFileName(f))), pattern));
        Assert.NotEmpty(Lines(files, pattern));
    }

    [Fact]
    public void The_portal_names_no_plugin_by_its_id()
    {
        var ids = Directory.GetDirectories(Repository.File("Plugins")).Select(d => Path.Combine(d, "plugin.json")).Where(File.Exists)
            .Select(f => (string)JsonNode.Parse(File.ReadAllText(f))!["id"]!).ToList();
        Assert.Contains("jitsi", ids);
        // Alone, in a path and in a key of the configuration.
        var pattern = new Regex($"[\"'`/:]({string.Join('|', ids.Select(Regex.Escape))})[\"'`/:]");
        Assert.Empty(Lines(Files("Portal", ".cs", ".cshtml", ".razor", ".js"), pattern));
        Assert.NotEmpty(Lines(Files("Plugins", ".cs"), pattern));
        Assert.Matches(pattern, "/providers/jitsi/room.js");
        Assert.Matches(pattern, "Providers:jitsi:Mode");
    }

    /// <summary>A plugin that was built for one minor version of the contract is loaded by the next without being built anew.</summary>
    [Fact]
    public void The_contracts_assembly_version_is_that_of_its_major_version() =>
        Assert.Equal(new Version(ContractVersion.Major, 0, 0, 0), typeof(IMeetingProvider).Assembly.GetName().Version);

    private static IEnumerable<string> Files(string folder, params string[] kinds) =>
        Directory.EnumerateFiles(Repository.File(folder), "*", SearchOption.AllDirectories)
            .Where(f => kinds.Contains(Path.GetExtension(f)) && !Regex.IsMatch(f, "/(obj|bin|Migrations)/"));

    private static IEnumerable<string> Lines(IEnumerable<string> files, Regex pattern) =>
        files.SelectMany(f => File.ReadLines(f).Where(l => pattern.IsMatch(l))
            .Select(l => $"{Path.GetRelativePath(Repository.Root, f)}: {l.Trim()}"));
}
