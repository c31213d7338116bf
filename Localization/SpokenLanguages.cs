using System.Globalization;

namespace Localization;

/// <summary>Languages that mentors can say they speak, by two-letter code, with their names in the reader's language.</summary>
public static class SpokenLanguages
{
    public static readonly IReadOnlyList<string> All =
    [
        "am", "ar", "bn", "de", "el", "en", "es", "fa", "fr", "ha", "he", "hi", "id", "it", "ja", "ko",
        "ku", "ms", "nl", "pl", "ps", "pt", "ro", "ru", "so", "sv", "sw", "tr", "uk", "ur", "zh",
    ];

    /// <summary>The code itself where there is no name for it.</summary>
    public static string Name(string code) => UiText.ResourceManager.GetString($"Spoken_{code}", CultureInfo.CurrentUICulture) ?? code;
}
