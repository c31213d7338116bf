using System.Globalization;
using System.Text;
using Portal.People;

namespace Portal.Sessions.Files;

/// <summary>Names of files as people give them, made fit for everybody's disk and for a line of text.</summary>
public static class FileName
{
    private static readonly HashSet<string> OfDevices = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "COM0", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
        "LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9",
    };

    /// <summary>Null where nothing is left that could be called a name with an extension.</summary>
    /// <param name="given">Anything; some browsers send a path.</param>
    public static string? Clean(string? given)
    {
        var last = (given ?? "").Split('/', '\\')[^1];
        // What cannot be seen and turns what follows shows "fdp.exe" as "exe.pdf". Joiners belong into words.
        var seen = string.Concat(last.EnumerateRunes().Where(IsSeen));
        var name = FreeText.OneLine(seen).Normalize(NormalizationForm.FormC);
        name = string.Join(' ', string.Concat(name.Select(c => c is '<' or '>' or ':' or '"' or '|' or '?' or '*' ? '_' : c))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)).Trim('.', ' ');
        var extension = Extension(name);
        var stem = name[..(name.Length - extension.Length)].TrimEnd('.', ' ');
        if (extension.Length < 2 || stem.Length == 0)
            return null;
        if (OfDevices.Contains(stem.Split('.')[0]))
            stem = "_" + stem;
        return Cut(stem, SessionFile.MaxName - extension.Length) + extension.ToLowerInvariant();
    }

    private static bool IsSeen(Rune rune) => rune.Value is 0x200C or 0x200D
        || rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune)
            is not (UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    /// <summary>With its dot; empty for none. In any script but Latin it is no extension.</summary>
    public static string Extension(string name) => name.LastIndexOf('.') is > 0 and var dot && name.Length - dot is > 1 and <= 6
        && name.Skip(dot + 1).All(char.IsAsciiLetterOrDigit) ? name[dot..] : "";

    /// <summary>Between what people see as characters.</summary>
    private static string Cut(string text, int max)
    {
        if (text.Length <= max)
            return text;
        var at = 0;
        while (StringInfo.GetNextTextElementLength(text, at) is > 0 and var next && at + next <= max)
            at += next;
        return text[..at].TrimEnd('.', ' ');
    }
}
