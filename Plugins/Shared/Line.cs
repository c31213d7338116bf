using System.Globalization;
using System.Text;

namespace Plugins.Shared;

/// <summary>People's words, as tools take them.</summary>
internal static class Line
{
    /// <summary>One line of at most so many UTF-16 units, cut between letters as people see them.</summary>
    public static string Of(string text, int most, string otherwise)
    {
        var line = new StringBuilder();
        // Longer ones are cut off anyway; nobody has to look through the rest.
        var start = text.Length > most * 8 ? text[..(most * 8)] : text;
        foreach (var rune in start.EnumerateRunes())
            if (Rune.IsControl(rune) || Rune.IsWhiteSpace(rune))
                line.Append(line.Length > 0 && line[^1] != ' ' ? " " : "");
            // Half a pair of units is no letter.
            else if (rune != Rune.ReplacementChar)
                line.Append(rune.ToString());
        var whole = line.ToString().Trim();
        if (whole.Length <= most)
            return whole is "" ? otherwise : whole;
        var end = 0;
        while (end < whole.Length && end + StringInfo.GetNextTextElementLength(whole, end) is var next && next <= most)
            end = next;
        // A single letter may be longer than all that is allowed.
        return end == 0 ? otherwise : whole[..end].TrimEnd();
    }
}
