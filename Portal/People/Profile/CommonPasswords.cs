using System.Collections.Frozen;

namespace Portal.People.Profile;

/// <summary>The passwords that are tried first, from a file in the assembly.</summary>
internal static class CommonPasswords
{
    /// <summary>Digits and marks around a word, as in "!summer2026"; more make a password of their own.</summary>
    private const int MostAround = 6;

    private static readonly FrozenSet<string> Known = Read();

    public static int Count => Known.Count(k => k.Length >= PersonRules.MinPasswordLength);

    /// <param name="text">In lower case.</param>
    public static bool Contains(string text)
    {
        if (IsKnown(text))
            return true;
        var word = text.Trim([.. text.Where(c => !char.IsLetter(c)).Distinct()]);
        return text.Length - word.Length <= MostAround && IsKnown(word);
    }

    private static bool IsKnown(string text) => Known.Contains(text) || Known.Contains(WithLetters(text));

    /// <summary>"p@ssw0rd" is "password".</summary>
    private static string WithLetters(string text) => new([.. text.Select(c => c switch
    {
        '@' or '4' => 'a',
        '3' => 'e',
        '1' or '!' => 'i',
        '0' => 'o',
        '$' or '5' => 's',
        '7' => 't',
        _ => c,
    })]);

    private static FrozenSet<string> Read()
    {
        using var stream = typeof(CommonPasswords).Assembly.GetManifestResourceStream("common-passwords.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(l => !l.StartsWith("# ", StringComparison.Ordinal)).ToFrozenSet(StringComparer.Ordinal);
    }
}
