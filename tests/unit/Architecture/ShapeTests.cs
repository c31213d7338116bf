using System.Text.RegularExpressions;
using Tests.Support;

namespace Tests.Architecture;

/// <summary>What can be read without turning the head or the page.</summary>
public sealed partial class ShapeTests
{
    private const int MaxColumns = 140;
    private const int MaxLines = 200;

    private static IEnumerable<string> Sources(params string[] folders) =>
        folders.SelectMany(f => Directory.EnumerateFiles(Repository.File(f), "*.cs", SearchOption.AllDirectories))
            .Where(f => !Generated().IsMatch(f));

    [Fact]
    public void No_line_is_longer_than_140_columns_but_for_a_text_that_is_one_piece()
    {
        var files = Sources("Portal", "Providers", "Plugins", "Localization", "tests").ToList();
        Assert.True(files.Count > 400, $"Only {files.Count} files were looked at.");
        Assert.Empty(files.SelectMany(f => TooLong(File.ReadAllLines(f)).Select(line => $"{Path.GetRelativePath(Repository.Root, f)}:{line}")));
    }

    [Fact]
    public void No_file_of_the_product_has_more_than_200_lines() =>
        Assert.Empty(Sources("Portal", "Providers", "Plugins", "Localization").Where(f => File.ReadLines(f).Count() > MaxLines)
            .Select(f => Path.GetRelativePath(Repository.Root, f)));

    /// <summary>The numbers of lines that are too long without their texts.</summary>
    private static IEnumerable<int> TooLong(string[] lines)
    {
        var raw = false;
        for (var i = 0; i < lines.Length; i++)
        {
            var quotes = lines[i].Split("\"\"\"").Length - 1;
            if (!raw && quotes == 0 && Text().Replace(lines[i], "").Length > MaxColumns)
                yield return i + 1;
            raw ^= quotes % 2 == 1;
        }
    }

    [GeneratedRegex("""
        "(?:[^"\\]|\\.)*"
        """)]
    private static partial Regex Text();

    [GeneratedRegex("/(bin|obj|Migrations)/")]
    private static partial Regex Generated();
}
