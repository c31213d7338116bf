using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Options;

namespace Portal.Settings;

public enum SettingSource
{
    Default,
    File,
    Environment,
    CommandLine,

    /// <summary>The portal says it itself, such as the address of its embedded database.</summary>
    Portal,

    /// <summary>An administrator, by a page.</summary>
    Stored,
    Other,
}

/// <summary>One setting as it is in effect.</summary>
/// <param name="Value">Empty for a secret, whatever it is.</param>
/// <param name="IsSet">All that is told of a secret.</param>
/// <param name="From">The file, or the variable's name.</param>
public sealed record SettingInEffect(string Key, string Value, bool IsSecret, bool IsSet, SettingSource Source, string? From);

/// <param name="Unknown">Keys that stand in the configuration and mean nothing: misspelt, most likely.</param>
/// <param name="Problem">The class cannot be read.</param>
public sealed record SettingsSection(string Name, IReadOnlyList<SettingInEffect> Settings, IReadOnlyList<string> Unknown, string? Problem);

/// <summary>What an operator set, and what holds because nobody did: read from the registered classes themselves.</summary>
public sealed partial class SettingsOverview(IEnumerable<OptionsClass> classes, IConfiguration configuration, IServiceProvider services)
{
    private const string Connections = "ConnectionStrings";

    public IReadOnlyList<SettingsSection> Read() =>
        [.. classes.OrderBy(c => c.Section, StringComparer.Ordinal).Select(Section), ConnectionStrings()];

    /// <summary>Who has the last word about a key; Default where nobody says anything.</summary>
    public (SettingSource Source, string? From) SourceOf(string key) => SourceOf(configuration, key);

    private SettingsSection Section(OptionsClass of)
    {
        var properties = of.Type.GetProperties().Where(p => p.CanWrite).ToList();
        var known = properties.Select(p => p.Name).Concat(classes.Where(c => c.Section.StartsWith(of.Section + ":", StringComparison.Ordinal))
            .Select(c => c.Section[(of.Section.Length + 1)..])).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var unknown = configuration.GetSection(of.Section).GetChildren().Select(c => c.Key).Where(k => !known.Contains(k)).ToList();
        try
        {
            var options = typeof(IOptions<>).MakeGenericType(of.Type);
            var value = options.GetProperty(nameof(IOptions<>.Value))!.GetValue(services.GetRequiredService(options))!;
            return new(of.Section, [.. properties.Select(p => Setting($"{of.Section}:{p.Name}", p.GetValue(value), IsSecret(p)))], unknown, null);
        }
        catch (TargetInvocationException e) when (e.InnerException is OptionsValidationException wrong)
        {
            return new(of.Section, [], unknown, wrong.Message);
        }
    }

    private SettingsSection ConnectionStrings() => new(Connections,
        [.. configuration.GetSection(Connections).GetChildren().Select(c => Setting($"{Connections}:{c.Key}", c.Value, true))], [], null);

    private SettingInEffect Setting(string key, object? value, bool isSecret)
    {
        var (source, from) = SourceOf(key);
        var text = Text(value);
        return new(key, isSecret ? "" : UserInfo().Replace(text, "//•••@"), isSecret, text.Length > 0, source, from);
    }

    public static bool IsSecret(PropertyInfo property) =>
        property.GetCustomAttributes<DataTypeAttribute>().Any(d => d.DataType == DataType.Password);

    /// <summary>A password in an address.</summary>
    [GeneratedRegex("//[^/@\\s]+@")]
    private static partial Regex UserInfo();

    private static string Text(object? value) => value switch
    {
        null => "",
        bool yes => yes ? "true" : "false",
        string text => text,
        IEnumerable several => string.Join(", ", several.Cast<object>().Select(Text)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static (SettingSource Source, string? From) SourceOf(IConfiguration configuration, string key)
    {
        foreach (var provider in (configuration as IConfigurationRoot)?.Providers.Reverse() ?? [])
        {
            if (provider is ChainedConfigurationProvider chained)
            {
                if (SourceOf(chained.Configuration, key) is { Source: not SettingSource.Default } inner)
                    return inner;
            }
            else if (provider.TryGet(key, out _) || provider.GetChildKeys([], key).Any())
                return provider switch
                {
                    FileConfigurationProvider file => (SettingSource.File, file.Source.Path),
                    EnvironmentVariablesConfigurationProvider => (SettingSource.Environment, key.Replace(":", "__")),
                    CommandLineConfigurationProvider => (SettingSource.CommandLine, null),
                    MemoryConfigurationProvider => (SettingSource.Portal, null),
                    _ => (SettingSource.Other, null),
                };
        }
        return (SettingSource.Default, null);
    }
}
