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
        Assert.Empty(files.SelectMany(f => File.ReadLines(f).Where(l => Sides().IsMatch(l)).Select(l => $"{Path.GetFileName(f)}: {l.Trim()}")));
    }

    [Fact]
    public void Dark_is_the_same_whether_the_system_or_the_page_asks_for_it() =>
        Assert.Equal(Colours("@media (prefers-color-scheme: dark)"), Colours(":root[data-theme=\"dark\"]"));

    [Theory]
    [InlineData(":root {")]
    [InlineData(":root[data-theme=\"dark\"]")]
    public void Text_stands_out_from_what_it_is_written_on(string theme)
    {
        var colours = Colours(theme);
        (string Text, string Ground, double Least)[] pairs =
        [
            .. from ground in new[] { "paper", "raised", "sunken" } from text in new[] { "ink", "ink-soft", "accent", "accent-strong", "bad" } select (text, ground, 4.5),
            ("accent-ink", "accent", 4.5), ("accent-ink", "accent-strong", 4.5), ("bad-ink", "bad", 4.5),
            .. from tone in new[] { "good", "warn", "bad" } select (tone, tone + "-soft", 4.5),
            .. from tone in new[] { "good", "warn", "bad", "accent" } select ("ink", tone + "-soft", 4.5),
            ("accent-strong", "accent-soft", 4.5), ("ink-soft", "accent-soft", 4.5),
            .. from ground in new[] { "paper", "raised" } from line in new[] { "edge", "focus" } select (line, ground, 3.0),
        ];
        Assert.All(pairs, p => Assert.True(Contrast(colours[p.Text], colours[p.Ground]) >= p.Least,
            $"{p.Text} on {p.Ground}: {Contrast(colours[p.Text], colours[p.Ground]):0.00}"));
    }

    private static Dictionary<string, string> Colours(string start)
    {
        var css = File.ReadAllText(Path.Combine(Folder, "tokens.css"));
        var from = css.IndexOf(start, StringComparison.Ordinal);
        Assert.True(from >= 0, $"tokens.css has no {start}");
        return Token().Matches(css[from..css.IndexOf('}', from)]).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);
    }

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

    [GeneratedRegex(@"--([a-z-]+):\s*(#[0-9a-f]{6})")]
    private static partial Regex Token();
}
