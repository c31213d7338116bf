using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;

namespace Localization;

/// <summary>
/// What the portal itself notes beside the words of servers: into the log of a mail's attempts, beside a session that is in
/// trouble. It is kept in English, as the servers' words are, for logs and programs; pages show it in the reader's language.
/// </summary>
public static class Said
{
    private static readonly (string Key, Regex Pattern)[] Patterns =
    [
        .. SaidText.ResourceManager.GetResourceSet(CultureInfo.InvariantCulture, true, false)!.Cast<DictionaryEntry>()
            .Select(e => ((string)e.Key, Of: (string)e.Value!))
            .OrderByDescending(e => e.Of.Length)
            .Select(e => (e.Item1, new Regex(
                "^" + Regex.Replace(Regex.Escape(e.Of), @"\\\{\d\}", "(.+?)") + "$", RegexOptions.Singleline | RegexOptions.CultureInvariant))),
    ];

    /// <summary>The sentence as it is kept.</summary>
    public static string Of(string key, params object?[] values) =>
        (SaidText.ResourceManager.GetString(key, CultureInfo.InvariantCulture) ?? throw new MissingManifestResourceException(key))
            .With(values);

    /// <summary>The kept sentence in the language of the text being written; null for one that is not the portal's own.</summary>
    public static string? In(string? kept)
    {
        if (string.IsNullOrEmpty(kept))
            return null;
        foreach (var (key, pattern) in Patterns)
        {
            if (pattern.Match(kept) is { Success: true } match)
                return SaidText.ResourceManager.GetString(key, CultureInfo.CurrentUICulture)!.With(
                    [.. match.Groups.Values.Skip(1).Select(g => In(g.Value) ?? g.Value.Isolated())]);
        }
        return null;
    }
}
