using System.Globalization;
using Localization;
using Microsoft.Extensions.Localization;

namespace Portal.ProviderHost;

/// <summary>A sentence that is kept because its reader comes later than its cause, and has a language of their own.</summary>
public sealed class LocalText
{
    private readonly Func<IStringLocalizer, string> write;

    private LocalText(Func<IStringLocalizer, string> write) => this.write = write;

    /// <param name="texts">Of <see cref="ErrorText"/>; it writes in the current language.</param>
    public string In(IStringLocalizer texts) => write(texts);

    /// <param name="name">Of a text in <see cref="ErrorText"/>.</param>
    /// <param name="values">For its placeholders.</param>
    public static LocalText Of(string name, params object[] values) => new(texts => values.Length == 0 ? texts[name] : texts[name, values]);

    public static LocalText Of(IReadOnlyCollection<LocalText> sentences) =>
        new(texts => string.Join(" ", sentences.Select(s => s.In(texts))));

    /// <summary>A plugin's own words.</summary>
    public static LocalText Of(IReadOnlyDictionary<string, string> words) => new(_ => words[Languages.Current]);

    /// <summary>A plugin's own words, after the settings that they are about.</summary>
    public static LocalText Of(string settings, IReadOnlyDictionary<string, string> words) =>
        new(_ => $"{settings}: {words[Languages.Current]}");

    /// <summary>Evaluates something that depends on the current language once for each.</summary>
    public static Dictionary<string, T> InEach<T>(Func<T> make)
    {
        var (culture, ui) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            return Languages.All.ToDictionary(l => l, l =>
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
