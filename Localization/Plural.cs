using System.Globalization;
using System.Resources;

namespace Localization;

/// <summary>
/// Counted words. A word is a family of entries, Name_zero, _one, _two, _few, _many, _other, of which Arabic has all six
/// and English needs _one and _other. The number is {0}.
/// </summary>
public static class Plural
{
    public static string Of(string name, long count, string? language = null)
    {
        var culture = language is null ? CultureInfo.CurrentUICulture : CultureInfo.GetCultureInfo(language);
        var form = Form(count, culture.TwoLetterISOLanguageName);
        foreach (var manager in (ResourceManager[])[UiText.ResourceManager, MailText.ResourceManager])
        {
            if ((manager.GetString($"{name}_{form}", culture) ?? manager.GetString($"{name}_other", culture)) is { } text)
                return text.With(count);
        }
        throw new MissingManifestResourceException($"There is no counted word {name}.");
    }

    /// <summary>The plural categories of Unicode's CLDR for whole numbers.</summary>
    public static string Form(long count, string language)
    {
        var n = Math.Abs(count);
        if (language != Languages.Arabic)
            return n == 1 ? "one" : "other";
        return (n, n % 100) switch
        {
            (0, _) => "zero",
            (1, _) => "one",
            (2, _) => "two",
            (_, >= 3 and <= 10) => "few",
            (_, >= 11) => "many",
            _ => "other",
        };
    }
}
