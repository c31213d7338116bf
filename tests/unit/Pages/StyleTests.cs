using System.Globalization;
using System.Text.RegularExpressions;
using Tests.Support;

namespace Tests.Pages;

public partial class StyleTests
{
    private static readonly string Folder = Repository.File("Portal", "wwwroot", "css");

    [Fact]
    public void Styles_know_start_and_end_but_no_sides()
    {
        var files = Directory.GetFiles(Folder, "*.css");
        Assert.NotEmpty(files);
        Assert.Empty(files.SelectMany(f => File.ReadLines(f).Where(l => Sides().IsMatch(l))
            .Select(l => $"{Path.GetFileName(f)}: {l.Trim()}")));
    }

    /// <summary>"padding: 1px 2px 1px 0" names no side and means one all the same.</summary>
    [Fact]
    public void Nothing_is_wider_on_one_side_than_on_the_other_in_every_language() =>
        Assert.Empty(Directory.GetFiles(Folder, "*.css").SelectMany(f => FourSides().Matches(File.ReadAllText(f))
            .Where(m => m.Groups["second"].Value != m.Groups["fourth"].Value).Select(m => $"{Path.GetFileName(f)}: {m.Value}")));

    [Fact]
    public void There_are_three_weights_and_no_fourth() =>
        Assert.Empty(Directory.GetFiles(Folder, "*.css").SelectMany(f => Weight().Matches(File.ReadAllText(f))
            .Select(m => m.Groups[1].Value).Where(w => w is not ("var(--text)" or "var(--label)" or "var(--title)"))
            .Select(w => $"{Path.GetFileName(f)}: {w}")));

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public void Text_stands_out_from_what_it_is_written_on(string scheme)
    {
        var colours = Colours(scheme);
        (string Text, string Ground, double Least)[] pairs =
        [
            .. from ground in new[] { "paper", "raised", "sunken" } from text in new[] { "ink", "ink-soft", "accent", "accent-strong",
                "bad" } select (text, ground, 4.5),
            ("accent-ink", "accent", 4.5), ("accent-ink", "accent-strong", 4.5), ("bad-ink", "bad", 4.5),
            .. from tone in new[] { "good", "sun", "warn", "bad" } select (tone, tone + "-soft", 4.5),
            .. from face in "abcdef" select ($"face-{face}", $"face-{face}-soft", 4.5),
            .. from ground in new[] { "paper", "raised", "sunken" } select ("sun", ground, 4.5),
            .. from tone in new[] { "good", "sun", "warn", "bad", "accent" } select ("ink", tone + "-soft", 4.5),
            ("accent-strong", "accent-soft", 4.5), ("ink-soft", "accent-soft", 4.5),
            .. from ground in new[] { "paper", "raised" } from line in new[] { "edge", "focus" } select (line, ground, 3.0),
        ];
        Assert.All(pairs, p => Assert.True(Contrast(colours[p.Text], colours[p.Ground]) >= p.Least,
            $"{p.Text} on {p.Ground}: {Contrast(colours[p.Text], colours[p.Ground]):0.00}"));
    }

    private static Dictionary<string, string> Colours(string scheme) =>
        Token().Matches(File.ReadAllText(Path.Combine(Folder, "tokens.css")))
            .ToDictionary(m => m.Groups["name"].Value, m => m.Groups[scheme].Value);

    /// <summary>WCAG 2: relative luminance.</summary>
    private static double Contrast(string a, string b)
    {
        var (x, y) = (Luminance(a), Luminance(b));
        return (Math.Max(x, y) + 0.05) / (Math.Min(x, y) + 0.05);
    }

    private static double Luminance(string hex)
    {
        double Part(int at)
        {
            var c = int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
        }

        return 0.2126 * Part(1) + 0.7152 * Part(3) + 0.0722 * Part(5);
    }

    [GeneratedRegex(@"\b(left|right)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Sides();

    [GeneratedRegex(@"\b(?:padding|margin|inset|border-(?:width|style|color)): [^\s;]+ (?<second>[^\s;]+) [^\s;]+ (?<fourth>[^\s;]+);")]
    private static partial Regex FourSides();

    [GeneratedRegex(@"font-weight:\s*([^;]+);")]
    private static partial Regex Weight();

    [GeneratedRegex(@"--(?<name>[a-z-]+): light-dark\((?<light>#[0-9a-f]{6}), (?<dark>#[0-9a-f]{6})\)")]
    private static partial Regex Token();
}
