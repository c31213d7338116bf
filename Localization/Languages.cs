using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Localization;

/// <summary>
/// The languages people can choose. Only neutral cultures are ever current: ar-SA, for one, would bring another calendar
/// and other decimal marks.
/// </summary>
public static class Languages
{
    public const string English = "en";
    public const string Arabic = "ar";

    /// <summary>Every text in ⟦brackets⟧; for developers and tests, never a reader's.</summary>
    public const string Pseudo = "qps-ploc";

    public static readonly string[] All = [English, Arabic];

    /// <summary>The language of the text being written now.</summary>
    public static string Current => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == Arabic ? Arabic : English;

    /// <summary>The language that is asked for, where there is one; else English.</summary>
    public static string OrEnglish(string? language) => Exists(language) ? language : English;

    public static string Direction(string language) => language == Arabic ? "rtl" : "ltr";

    public static bool Exists([NotNullWhen(true)] string? language) =>
        language is not null && All.Contains(language, StringComparer.Ordinal);

    /// <summary>What a language calls itself; the same in every language.</summary>
    public static string OwnName(string language) => language == Arabic ? UiText.LanguageArabic : UiText.LanguageEnglish;

    /// <summary>"Switch to English", «التبديل إلى العربية»: for those who read the other language, so in that one.</summary>
    public static string SwitchTo(string language) =>
        UiText.ResourceManager.GetString(nameof(UiText.LanguageSwitch), CultureInfo.GetCultureInfo(language))!;

    /// <summary>The same in one or two signs, for where there is little room.</summary>
    public static string Sign(string language) => language == Arabic ? UiText.LanguageSignArabic : UiText.LanguageSignEnglish;
}
