using System.Globalization;
using System.Resources;

namespace Portal.ProviderHost;

/// <summary>
/// A plugin's own words for its settings, in the current language, from the resource Texts beside its settings class. Where it has
/// none, the names of the code stand in.
/// </summary>
public sealed class SettingWords(Type options)
{
    private readonly ResourceManager? texts =
        Array.Exists(options.Assembly.GetManifestResourceNames(), n => n == $"{Base(options)}.resources")
            ? new(Base(options), options.Assembly) : null;

    public string Label(SettingField field) => Find($"Option{field.Name}") ?? field.Name;

    public string? Help(SettingField field) => Find($"Option{field.Name}Help");

    public string Group(string name) => Find($"Group{name}") ?? name;

    public string Choice(Type choices, string value) => Find(choices.Name + value) ?? value;

    private string? Find(string key)
    {
        try
        {
            return texts?.GetString(key, CultureInfo.CurrentUICulture);
        }
        catch (MissingManifestResourceException)
        {
            return null;
        }
    }

    private static string Base(Type options) => $"{options.Namespace}.Texts";
}
