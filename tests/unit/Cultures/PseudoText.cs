using System.Net;
using System.Text.RegularExpressions;

namespace Tests.Cultures;

/// <summary>Finds letters that stand outside of the pseudo-locale's brackets.</summary>
internal static partial class PseudoText
{
    public static List<string> Escaped(string html, params string[] data)
    {
        html = Written().Replace(WebUtility.HtmlDecode(Data().Replace(html, "")), "");
        foreach (var word in data.Append("Majlis").OrderByDescending(d => d.Length))
            html = html.Replace(word, "", StringComparison.Ordinal);
        var texts = Spoken().Matches(html).Select(m => m.Groups[1].Value).ToList();
        return [.. Outside(Tag().Replace(html, "\n")).Split('\n').Concat(texts.Select(Outside))
            .Select(t => Moments().Replace(t, "").Trim()).Where(t => t.Any(char.IsLetter))];
    }

    private static string Outside(string text)
    {
        while (Bracketed().IsMatch(text))
            text = Bracketed().Replace(text, "");
        return text;
    }

    /// <summary>What people and administrators named, letters of names, codes, lists of zones, mails that are shown as they are.</summary>
    [GeneratedRegex("<!doctype html>|<!--.*?-->|<span class=\"avatar[^>]*>[^<]*</span>"
        + "|<(bdi|code|kbd|pre|select|option|script|style|title|textarea)\\b.*?</\\1>",
        RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Data();

    /// <summary>People's words inside a sentence, addresses, and keys of settings.</summary>
    [GeneratedRegex("[\u2066\u2068][^\u2066-\u2069]*\u2069|https?://\\S+|\\S+@\\S+|Providers:[a-z-]+(:\\w+)*:?")]
    private static partial Regex Written();

    /// <summary>Days, months and zones, in whichever language.</summary>
    [GeneratedRegex(@"\b(Mon|Tues?|Wednes|Thurs?|Fri|Satur|Sun)(day)?\b|\b(Wed|Thu|Sat)\b"
        + @"|\b(Jan(uary)?|Feb(ruary)?|Mar(ch)?|Apr(il)?|May|June?|July?|Aug(ust)?|Sept?(ember)?|Oct(ober)?|Nov(ember)?|Dec(ember)?)\b"
        + @"|\bM\d\d\b|\b\w+ time\b|Coordinated Universal Time \(UTC\)|\bUTC\b")]
    private static partial Regex Moments();

    [GeneratedRegex("(?:aria-label|title|alt|placeholder)=\"([^\"]*)\"")]
    private static partial Regex Spoken();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("\u27e6[^\u27e6\u27e7]*\u27e7")]
    private static partial Regex Bracketed();
}
