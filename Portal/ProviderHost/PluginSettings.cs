using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Localization;

namespace Portal.ProviderHost;

/// <summary>
/// Binds and checks a plugin's settings. The sentences are ours and name keys, never values: a value may be a secret.
/// </summary>
internal static class PluginSettings
{
    public static string SectionOf(string pluginId) => $"Providers:{pluginId}";

    /// <exception cref="PluginRefusedException">NeedsAttention, with every reason.</exception>
    public static object Read(Type type, string pluginId, IConfiguration configuration)
    {
        var section = configuration.GetSection(SectionOf(pluginId));
        var options = Activator.CreateInstance(type)!;
        var problems = new List<LocalText>();
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.SetMethod is { IsPublic: true }))
            if (!TrySet(options, property, section.GetSection(property.Name)))
                problems.Add(Unfit(property, Key(section, property)));

        // A value that did not fit is not judged a second time as the default that it left behind.
        if (problems.Count == 0)
            problems.AddRange(Check(options, section));
        if (problems.Count > 0)
            throw new PluginRefusedException(PluginState.NeedsAttention, LocalText.Of(problems));
        return options;
    }

    private static bool TrySet(object options, PropertyInfo property, IConfigurationSection section)
    {
        if (!section.Exists() || (string.IsNullOrWhiteSpace(section.Value) && !section.GetChildren().Any()))
            return true;
        try
        {
            var value = section.Get(property.PropertyType);
            if (value is null || (property.PropertyType.IsEnum && !Enum.IsDefined(property.PropertyType, value)))
                return false;
            property.SetValue(options, value);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static LocalText Unfit(PropertyInfo property, string key) => property.PropertyType.IsEnum
        ? LocalText.Of(nameof(ErrorText.PluginSettingChoice), key, string.Join(" / ", Enum.GetNames(property.PropertyType)))
        : LocalText.Of(nameof(ErrorText.PluginSettingType), key);

    private static List<LocalText> Check(object options, IConfigurationSection section)
    {
        var problems = new List<LocalText>();
        foreach (var property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var value = property.GetValue(options);
            foreach (var rule in property.GetCustomAttributes<ValidationAttribute>()
                .Where(r => r is not DataTypeAttribute { DataType: DataType.Password }))
                if (rule.GetValidationResult(value, new ValidationContext(options)
                {
                    MemberName =
                    property.Name
                }) != ValidationResult.Success)
                    problems.Add(Sentence(rule, Key(section, property)));
        }
        if (options is not IValidatableObject own)
            return problems;

        // The plugin's own sentences are in the current language, so they are asked for once in each.
        var texts = LocalText.InEach(() => own.Validate(new ValidationContext(options)).Select(r => r.ErrorMessage ?? "").ToList());
        var count = texts.Values.Min(list => list.Count);
        for (var i = 0; i < count; i++)
            problems.Add(LocalText.Of(section.Path, texts.ToDictionary(t => t.Key, t => t.Value[i])));
        return problems;
    }

    private static LocalText Sentence(ValidationAttribute rule, string key) => rule switch
    {
        RequiredAttribute => LocalText.Of(nameof(ErrorText.PluginSettingMissing), key),
        RangeAttribute range => LocalText.Of(nameof(ErrorText.PluginSettingRange), key, range.Minimum, range.Maximum),
        StringLengthAttribute { MinimumLength: > 0 } length =>
            LocalText.Of(nameof(ErrorText.PluginSettingShort), key, length.MinimumLength),
        StringLengthAttribute length => LocalText.Of(nameof(ErrorText.PluginSettingLong), key, length.MaximumLength),
        MinLengthAttribute length => LocalText.Of(nameof(ErrorText.PluginSettingShort), key, length.Length),
        MaxLengthAttribute length => LocalText.Of(nameof(ErrorText.PluginSettingLong), key, length.Length),
        _ => LocalText.Of(nameof(ErrorText.PluginSettingType), key),
    };

    private static string Key(IConfigurationSection section, PropertyInfo property) => $"{section.Path}:{property.Name}";
}
