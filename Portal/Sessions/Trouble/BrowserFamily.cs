using System.Text.RegularExpressions;

namespace Portal.Sessions.Trouble;

/// <summary>
/// Which browser it is, from what it calls itself: family and version of it and of its system, which is what an answer depends on. Most of
/// them call themselves by each other's names, so the order matters.
/// </summary>
public static partial class BrowserFamily
{
    private const int MaxLength = 1000;

    private static readonly (string Family, Regex Sign)[] Browsers =
    [
        ("Edge", Edge), ("Opera", Opera), ("Samsung Internet", Samsung), ("Firefox", Firefox), ("Chrome", Chrome), ("Safari", Safari),
    ];

    private static readonly (string Family, Regex Sign)[] Systems =
    [
        ("iOS", Ios), ("Android", Android), ("Windows", Windows), ("ChromeOS", ChromeOs), ("macOS", MacOs), ("Linux", Linux),
    ];

    /// <summary>Each null where it is none of the known ones.</summary>
    public static (string? Browser, string? System) Of(string? userAgent) =>
        userAgent is not { Length: > 0 and <= MaxLength } ? (null, null) : (Find(Browsers, userAgent), Find(Systems, userAgent));

    private static string? Find((string Family, Regex Sign)[] known, string userAgent)
    {
        foreach (var (family, sign) in known)
            if (sign.Match(userAgent) is { Success: true } found)
                return found.Groups["v"].Value is { Length: > 0 } version ? $"{family} {version.Replace('_', '.')}" : family;
        return null;
    }

    [GeneratedRegex(@"\bEdg(?:e|A|iOS)?/(?<v>\d{1,4})")]
    private static partial Regex Edge { get; }

    [GeneratedRegex(@"\bOP(?:R|T|X)/(?<v>\d{1,4})")]
    private static partial Regex Opera { get; }

    [GeneratedRegex(@"\bSamsungBrowser/(?<v>\d{1,4})")]
    private static partial Regex Samsung { get; }

    [GeneratedRegex(@"\b(?:Firefox|FxiOS)/(?<v>\d{1,4})")]
    private static partial Regex Firefox { get; }

    [GeneratedRegex(@"\b(?:Chrome|CriOS|Chromium|HeadlessChrome)/(?<v>\d{1,4})")]
    private static partial Regex Chrome { get; }

    [GeneratedRegex(@"\bVersion/(?<v>\d{1,4}(?:\.\d{1,3})?)[\d.]* (?:Mobile/\w+ )?Safari/")]
    private static partial Regex Safari { get; }

    [GeneratedRegex(@"\b(?:iPhone|iPad|iPod)\b(?:.*? OS (?<v>\d{1,3}_\d{1,3}))?")]
    private static partial Regex Ios { get; }

    [GeneratedRegex(@"\bAndroid(?: (?<v>\d{1,3}))?")]
    private static partial Regex Android { get; }

    // Newer ones all call themselves by the same numbers.
    [GeneratedRegex(@"\bWindows NT\b")]
    private static partial Regex Windows { get; }

    [GeneratedRegex(@"\bCrOS\b")]
    private static partial Regex ChromeOs { get; }

    [GeneratedRegex(@"\bMac OS X\b")]
    private static partial Regex MacOs { get; }

    [GeneratedRegex(@"\bLinux\b")]
    private static partial Regex Linux { get; }
}
