using System.Globalization;

namespace Portal.ProviderHost;

/// <summary>A sentence in every language, kept because its reader comes later than its cause.</summary>
public sealed class LocalText
{
    public static readonly IReadOnlyList<string> Languages = ["en", "ar"];

    private readonly Dictionary<string, string> texts;

    private LocalText(Dictionary<string, string> texts) => this.texts = texts;

    public string Current => In(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName);

    public string In(string language) => texts.GetValueOrDefault(language) ?? texts[Languages[0]];

    public static LocalText Of(Func<string> write) => new(InEach(write));

    public static LocalText Of(Func<string> format, params object[] values) =>
        Of(() => string.Format(CultureInfo.CurrentCulture, format(), values));

    /// <summary>Evaluates something that depends on the current language once for each.</summary>
    public static Dictionary<string, T> InEach<T>(Func<T> make)
    {
        var (culture, ui) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            return Languages.ToDictionary(l => l, l =>
            {
                CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(l);
                return make();
            });
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, ui);
        }
    }
}
