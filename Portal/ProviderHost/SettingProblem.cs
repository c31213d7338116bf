using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Localization;

namespace Portal.ProviderHost;

/// <summary>One thing that is wrong with a plugin's settings.</summary>
/// <param name="Property">Null for what concerns several of them.</param>
/// <param name="For">The sentence, given how the setting is called: by its key, or by its label.</param>
internal sealed record SettingProblem(string? Property, Func<string, LocalText> For)
{
    /// <summary>The plugin's own sentence, without a name before it; null for ours.</summary>
    public LocalText? Own { get; init; }

    /// <summary>Somebody wrote what the setting cannot be.</summary>
    public bool IsUnfit { get; private init; }

    /// <summary>A value that is none of the property's type.</summary>
    public static SettingProblem Unfit(PropertyInfo property) => new(property.Name, name => property.PropertyType.IsEnum
        ? LocalText.Of(nameof(ErrorText.PluginSettingChoice), name, string.Join(" / ", Enum.GetNames(property.PropertyType)))
        : LocalText.Of(nameof(ErrorText.PluginSettingType), name))
    {
        IsUnfit = true,
    };

    /// <summary>By the annotations of the class, and by its own words.</summary>
    public static IEnumerable<SettingProblem> In(object options)
    {
        foreach (var property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var value = property.GetValue(options);
            var context = new ValidationContext(options) { MemberName = property.Name };
            foreach (var rule in property.GetCustomAttributes<ValidationAttribute>()
                .Where(r => r is not DataTypeAttribute { DataType: DataType.Password }))
                if (rule.GetValidationResult(value, context) != ValidationResult.Success)
                    yield return new(property.Name, name => Sentence(rule, name));
        }
        if (options is not IValidatableObject own)
            yield break;
        // The plugin's own sentences are in the current language, so they are asked for once in each.
        var texts = LocalText.InEach(() => own.Validate(new ValidationContext(options)).ToList());
        var count = texts.Values.Min(list => list.Count);
        for (var i = 0; i < count; i++)
        {
            var words = texts.ToDictionary(t => t.Key, t => t.Value[i].ErrorMessage ?? "");
            var member = texts.Values.First()[i].MemberNames.FirstOrDefault();
            yield return new(member, name => LocalText.Of(name, words)) { Own = LocalText.Of(words) };
        }
    }

    private static LocalText Sentence(ValidationAttribute rule, string name) => rule switch
    {
        RequiredAttribute => LocalText.Of(nameof(ErrorText.PluginSettingMissing), name),
        RangeAttribute range => LocalText.Of(nameof(ErrorText.PluginSettingRange), name, range.Minimum, range.Maximum),
        StringLengthAttribute { MinimumLength: > 0 } length =>
            LocalText.Of(nameof(ErrorText.PluginSettingShort), name, length.MinimumLength),
        StringLengthAttribute length => LocalText.Of(nameof(ErrorText.PluginSettingLong), name, length.MaximumLength),
        MinLengthAttribute length => LocalText.Of(nameof(ErrorText.PluginSettingShort), name, length.Length),
        MaxLengthAttribute length => LocalText.Of(nameof(ErrorText.PluginSettingLong), name, length.Length),
        _ => LocalText.Of(nameof(ErrorText.PluginSettingType), name),
    };
}
