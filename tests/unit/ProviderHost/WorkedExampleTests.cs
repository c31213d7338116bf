using System.Text.RegularExpressions;
using Portal.ProviderHost;
using Providers;
using Tests.Support;

namespace Tests.ProviderHost;

/// <summary>The plugin of docs/write-a-provider.md, built in a clean folder from what stands there, and nothing else.</summary>
public sealed partial class WorkedExampleTests
{
    private const string Id = "corridor";

    [Fact]
    [Trait("Speed", "slow")]
    public async Task A_plugin_written_from_the_guide_alone_is_found_and_leads_to_its_meetings()
    {
        using var folder = new TempFolder();
        Prepare(folder.Path);
        var project = folder[Path.Combine("Plugins", "Corridor")];
        foreach (Match file in Files().Matches(File.ReadAllText(Repository.File("docs/write-a-provider.md"))))
        {
            var path = folder[file.Groups["path"].Value];
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, file.Groups["text"].Value);
        }
        Assert.Equal(6, Directory.GetFiles(project).Length);

        // Without the lock files of the repository, a build agent's restore would refuse.
        Tool.Run("dotnet", ["build", project, "-c", "Release", "-v", "quiet", "--nologo", "-p:CI=false", "-p:RestoreLockedMode=false"]);

        using var bench = new PluginBench().Set($"Providers:{Id}:Host", "corridor.example");
        Take(Path.Combine(project, "bin", "Release", "net10.0"), bench.Folder(Id));
        File.Copy(Path.Combine(project, "plugin.json"), Path.Combine(bench.Folder(Id), "plugin.json"));
        Assert.Equal(PluginState.Active, bench.Status(Id).State);
        var handle = await bench.Providers.CreateAsync(Id, Meetings.Request(), default);
        var target = Assert.IsType<RedirectTarget>(await bench.Providers.JoinAsync(Id, Meetings.Join(handle), default));
        Assert.Equal($"https://corridor.example/{Meetings.Request().IdempotencyKey}", target.Url.AbsoluteUri);
        using var arabic = new Language("ar");
        Assert.Matches(@"\p{IsArabic}", Assert.Single(bench.Status(Id).KnownLimits));
    }

    /// <summary>What every plugin is built with.</summary>
    private static void Prepare(string root)
    {
        foreach (var name in new[] { "Directory.Build.props", "Directory.Packages.props", "global.json", "Plugins/Directory.Build.props",
            "Plugins/Directory.Build.targets" })
        {
            var copy = Path.Combine(root, name);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Repository.File(name), copy);
        }
        Directory.CreateDirectory(Path.Combine(root, "Providers"));
        foreach (var file in Directory.GetFiles(Repository.File("Providers")))
            File.Copy(file, Path.Combine(root, "Providers", Path.GetFileName(file)));
    }

    private static void Take(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    [GeneratedRegex(@"^`(?<path>Plugins/[^`]+)`\n\n```\w+\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Files();
}
