using System.Text.RegularExpressions;
using System.Xml.Linq;
using Tests.Support;

namespace Tests.Localization;

/// <summary>What both languages owe each other, in every resource file of the tree.</summary>
public partial class ResourceTests
{
    private static readonly string[] Forms = ["zero", "one", "two", "few", "many", "other"];

    public static TheoryData<string> Files() => [.. Found()];

    private static IEnumerable<string> Found() =>
        from folder in new[] { "Localization", "Plugins", "Portal" }
        from file in Directory.EnumerateFiles(Repository.File(folder), "*.resx", SearchOption.AllDirectories)
        where !file.EndsWith(".ar.resx", StringComparison.Ordinal) && !file.Contains("/bin/") && !file.Contains("/obj/")
        select Path.GetRelativePath(Repository.Root, file);

    [Fact]
    public void The_resource_files_are_found() => Assert.Contains(Path.Combine("Localization", "UiText.resx"), Found());

    [Theory]
    [MemberData(nameof(Files))]
    public void Both_languages_have_the_same_entries_and_placeholders(string file)
    {
        var (english, arabic) = (Read(file), Read(Path.ChangeExtension(file, ".ar.resx")));

        string[] one = [.. english.Keys.Where(k => !IsCounted(k)).Order()];
        Assert.Equal(one, arabic.Keys.Where(k => !IsCounted(k)).Order());
        Assert.Equal(one.Select(k => $"{k} {Places(english[k])}"), one.Select(k => $"{k} {Places(arabic[k])}"));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void No_entry_is_empty_or_there_twice(string file)
    {
        foreach (var one in new[] { file, Path.ChangeExtension(file, ".ar.resx") })
        {
            Assert.Empty(Entries(one).GroupBy(e => e.Key).Where(g => g.Count() > 1).Select(g => g.Key));
            Assert.Empty(Entries(one).Where(e => string.IsNullOrWhiteSpace(e.Value)).Select(e => e.Key));
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_counted_word_has_the_forms_of_its_language(string file)
    {
        var (english, arabic) = (Read(file), Read(Path.ChangeExtension(file, ".ar.resx")));
        foreach (var word in english.Keys.Concat(arabic.Keys).Where(IsCounted).Select(k => k[..k.LastIndexOf('_')]).Distinct())
        {
            Assert.Empty(Forms.Select(f => $"{word}_{f}").Except(arabic.Keys));
            Assert.Empty(new[] { $"{word}_one", $"{word}_other" }.Except(english.Keys));
        }
    }

    /// <summary>A text left in English, but for names and the like, which hold no two words of it.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void Arabic_entries_are_in_Arabic(string file)
    {
        var (english, arabic) = (Read(file), Read(Path.ChangeExtension(file, ".ar.resx")));
        Assert.Empty(arabic.Where(e => english.GetValueOrDefault(e.Key) == e.Value && EnglishWords().IsMatch(e.Value)).Select(e => e.Key));
    }

    private static bool IsCounted(string key) => key.LastIndexOf('_') is > 0 and var at && Forms.Contains(key[(at + 1)..]);

    private static string Places(string text) => string.Join(' ', Placeholder().Matches(text).Select(m => m.Value).Distinct().Order());

    private static Dictionary<string, string> Read(string file) =>
        Entries(file).DistinctBy(e => e.Key).ToDictionary(e => e.Key, e => e.Value);

    private static List<KeyValuePair<string, string>> Entries(string file) =>
        [.. XDocument.Load(Repository.File(file)).Root!.Elements("data")
            .Select(d => KeyValuePair.Create(d.Attribute("name")!.Value, d.Element("value")!.Value))];

    [GeneratedRegex(@"\{\d+[^}]*\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("[A-Za-z]{2,} [a-z]{2,}")]
    private static partial Regex EnglishWords();
}
