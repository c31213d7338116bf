using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using Localization;

namespace Portal.ProviderHost;

/// <summary>
/// Binds and checks a plugin's settings: what the configuration says, and where it says nothing, what is stored. The sentences are
/// ours and name keys, never values: a value may be a secret.
/// </summary>
internal static class PluginSettings
{
    public static string SectionOf(string pluginId) => $"Providers:{pluginId}";

    /// <summary>The configuration says it, so that a form cannot.</summary>
    public static bool IsLocked(IConfiguration configuration, string pluginId, string property) =>
        IsSet(configuration.GetSection(SectionOf(pluginId)).GetSection(property));

    /// <exception cref="PluginRefusedException">NeedsAttention, with every reason.</exception>
    public static object Read(Type type, string pluginId, IConfiguration configuration, StoredSettings stored)
    {
        if (!stored.IsReadable)
            throw Refused(PluginState.NeedsAttention, [LocalText.Of(nameof(ErrorText.ToolSettingsUnreadable))]);
        var (options, problems) = Bind(type, pluginId, configuration, stored.Values);
        return problems.Count == 0 ? options : throw Refused(
            IsUntouched(options) && problems.All(p => !p.IsUnfit) ? PluginState.NotConfigured : PluginState.NeedsAttention,
            [.. problems.Select(p => p.For(KeyOf(pluginId, p.Property)))]);
    }

    /// <summary>The options, and everything that is wrong with them.</summary>
    public static (object Options, IReadOnlyList<SettingProblem> Problems) Bind(
        Type type, string pluginId, IConfiguration configuration, IReadOnlyDictionary<string, string> stored)
    {
        var section = configuration.GetSection(SectionOf(pluginId));
        var options = Activator.CreateInstance(type)!;
        var problems = new List<SettingProblem>();
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.SetMethod is { IsPublic: true }))
        {
            var own = section.GetSection(property.Name);
            if (IsSet(own) ? !TrySet(options, property, own)
                : stored.TryGetValue(property.Name, out var text) && !TrySet(options, property, text))
                problems.Add(SettingProblem.Unfit(property));
        }
        // A value that did not fit is not judged a second time as the default that it left behind.
        if (problems.Count == 0)
            problems.AddRange(SettingProblem.In(options));
        return (options, problems);
    }

    private static string KeyOf(string pluginId, string? property) =>
        property is null ? SectionOf(pluginId) : $"{SectionOf(pluginId)}:{property}";

    private static bool IsSet(IConfigurationSection section) =>
        section.Exists() && (!string.IsNullOrWhiteSpace(section.Value) || section.GetChildren().Any());

    private static bool TrySet(object options, PropertyInfo property, string text)
    {
        if (!SettingText.TryRead(property.PropertyType, text, out var value))
            return false;
        property.SetValue(options, value);
        return true;
    }

    private static bool TrySet(object options, PropertyInfo property, IConfigurationSection section)
    {
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

    /// <summary>Everything is as it was delivered, whether or not somebody wrote that down.</summary>
    private static bool IsUntouched(object options)
    {
        var delivered = Activator.CreateInstance(options.GetType())!;
        return options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .All(p => JsonSerializer.Serialize(p.GetValue(options)) == JsonSerializer.Serialize(p.GetValue(delivered)));
    }

    private static PluginRefusedException Refused(PluginState state, IReadOnlyCollection<LocalText> reasons) =>
        new(state, LocalText.Of(reasons));
}
