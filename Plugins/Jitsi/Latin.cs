using System.Globalization;
using System.Text;

namespace Plugins.Jitsi;

/// <summary>A name in the letters that a room name may have. What has no such letter is dropped.</summary>
internal static class Latin
{
    private const string ArabicLetters = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةأإآؤئءپچگکی";

    private static readonly string[] LatinLetters =
    [
        "a", "b", "t", "th", "j", "h", "kh", "d", "dh", "r", "z", "s", "sh", "s", "d", "t", "z", "a", "gh", "f", "q", "k", "l", "m",
        "n", "h", "w", "y", "a", "a", "a", "i", "a", "w", "y", "", "p", "ch", "g", "k", "y",
    ];

    public static string Slug(string name, int most)
    {
        var slug = new StringBuilder();
        // A name may be as long as an attacker likes; what comes later would be cut off anyway.
        foreach (var rune in Decompose(name).EnumerateRunes())
        {
            if (slug.Length >= most)
                break;
            if (rune.IsAscii && Rune.IsLetterOrDigit(rune))
                slug.Append((char)(rune.Value | (Rune.IsLetter(rune) ? 0x20 : 0)));
            else if (rune.IsBmp && ArabicLetters.IndexOf((char)rune.Value) is var at and >= 0)
                slug.Append(LatinLetters[at]);
            else if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.ModifierLetter
                or UnicodeCategory.Format)
                && !Rune.IsLetter(rune) && slug is { Length: > 0 } && slug[^1] != '-')
                slug.Append('-');
        }
        if (slug.Length > most)
            slug.Length = most;
        return slug.ToString().Trim('-');
    }

    private static string Decompose(string name)
    {
        var start = string.Concat(name.EnumerateRunes().Take(200));
        return start.Normalize(NormalizationForm.FormKD);
    }
}
