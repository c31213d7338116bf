using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace Portal.ProviderHost;

public enum SettingKind
{
    Text,
    Lines,
    Number,
    Minutes,
    YesNo,
    Choice,
}

/// <summary>One option of a plugin's settings class, as a form can show it.</summary>
public sealed record SettingField(PropertyInfo Property, SettingKind Kind)
{
    /// <summary>From here on a text is written on several lines.</summary>
    private const int LongText = 500;

    public string Name => Property.Name;

    public bool IsSecret => Property.GetCustomAttributes<DataTypeAttribute>().Any(d => d.DataType == DataType.Password);

    public bool IsRequired => Property.GetCustomAttribute<RequiredAttribute>() is not null;

    public bool MayBeEmpty => Nullable.GetUnderlyingType(Property.PropertyType) is not null;

    /// <summary>Null for the fields that stand before all groups.</summary>
    public string? Group => Property.GetCustomAttribute<CategoryAttribute>()?.Category;

    public int? MaxLength => Property.GetCustomAttribute<StringLengthAttribute>()?.MaximumLength
        ?? Property.GetCustomAttribute<MaxLengthAttribute>()?.Length;

    public int? MinLength => Property.GetCustomAttribute<StringLengthAttribute>()?.MinimumLength is > 0 and var min ? min
        : Property.GetCustomAttribute<MinLengthAttribute>()?.Length;

    public RangeAttribute? Range => Property.GetCustomAttribute<RangeAttribute>();

    public bool IsLong => Kind == SettingKind.Lines || Kind == SettingKind.Text && MaxLength > LongText;

    /// <summary>Without the type's own null.</summary>
    public Type Type => Nullable.GetUnderlyingType(Property.PropertyType) ?? Property.PropertyType;

    /// <summary>In the order of the class. What no form can show is set in the configuration alone.</summary>
    public static IReadOnlyList<SettingField> Of(Type options) =>
    [
        .. options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod is { IsPublic: true })
            .Select(p => KindOf(p.PropertyType) is { } kind ? new SettingField(p, kind) : null).OfType<SettingField>(),
    ];

    private static SettingKind? KindOf(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(string) => SettingKind.Text,
        var t when t == typeof(string[]) => SettingKind.Lines,
        var t when t == typeof(int) => SettingKind.Number,
        var t when t == typeof(TimeSpan) => SettingKind.Minutes,
        var t when t == typeof(bool) => SettingKind.YesNo,
        { IsEnum: true } => SettingKind.Choice,
        _ => null,
    };
}
