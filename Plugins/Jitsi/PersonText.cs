using System.Globalization;
using System.Text;

namespace Plugins.Jitsi;

/// <summary>A person's name as it may leave the portal: no control or direction characters, and not too long.</summary>
internal static class PersonText
{
    private const int MaxBytes = 240;

    public static string Clean(string name)
    {
        var clean = new StringBuilder();
        foreach (var rune in name.EnumerateRunes().Take(1000))
            if (!Rune.IsControl(rune) && !IsDirection(rune))
                clean.Append(rune);
        return Cut(clean.ToString().Trim(), MaxBytes);
    }

    // What people see as one character is kept whole or left out.
    private static string Cut(string text, int most)
    {
        var kept = new StringBuilder();
        var bytes = 0;
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
        {
            var element = elements.GetTextElement();
            bytes += Encoding.UTF8.GetByteCount(element);
            if (bytes > most)
                break;
            kept.Append(element);
        }
        return kept.ToString();
    }

    private static bool IsDirection(Rune rune) => rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
