using System.Text.Json;
using System.Text.RegularExpressions;
using Localization;
using Providers;

namespace Portal.ProviderHost;

/// <summary>A plugin's plugin.json: all that is known of it before any of its code is loaded.</summary>
public sealed partial record PluginManifest(
    string Id, string Assembly, string Version, string Contract, IReadOnlyDictionary<string, string> Names)
{
    /// <summary>Every mentor can use it as it is: it takes no account, no address and no server of theirs.</summary>
    public bool ForEveryone { get; init; }

    /// <summary>It stands in for real tools while the portal is developed, and is of no use to anyone else.</summary>
    public bool DevelopmentOnly { get; init; }

    public const string FileName = "plugin.json";

    private const int MaxBytes = 64 * 1024;
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex IdShape { get; }

    [GeneratedRegex(@"^(\d{1,4})\.(\d{1,4})\z")]
    private static partial Regex ContractShape { get; }

    /// <exception cref="PluginRefusedException">With the field that is wrong.</exception>
    public static PluginManifest Read(string folder)
    {
        var file = new FileInfo(Path.Combine(folder, FileName));
        if (!file.Exists)
            throw Faulted(nameof(ErrorText.PluginNoManifest));
        if (file.Length > MaxBytes)
            throw Faulted(nameof(ErrorText.PluginManifestUnreadable));
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file.FullName), Lenient);
            return Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw Faulted(nameof(ErrorText.PluginManifestUnreadable));
        }
    }

    /// <summary>Equal major, minor not above ours.</summary>
    public bool Fits(int major, int minor) =>
        ContractShape.Match(Contract) is { Success: true } match && Number(match, 1) == major && Number(match, 2) <= minor;

    public void RequireFitting()
    {
        if (!Fits(ContractVersion.Major, ContractVersion.Minor))
            throw new PluginRefusedException(
                PluginState.Incompatible,
                LocalText.Of(nameof(ErrorText.PluginContract), Contract, $"{ContractVersion.Major}.{ContractVersion.Minor}"));
    }

    public void RequireEnvironment(bool isDevelopment)
    {
        if (DevelopmentOnly && !isDevelopment)
            throw new PluginRefusedException(PluginState.Disabled, LocalText.Of(nameof(ErrorText.PluginDevelopmentOnly)));
    }

    private static PluginManifest Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw Faulted(nameof(ErrorText.PluginManifestUnreadable));

        var id = Text(json, "id", t => t.Length <= 40 && IdShape.IsMatch(t));
        var contract = Text(json, "contract", ContractShape.IsMatch);
        var assembly = Text(json, "assembly", t =>
            t.EndsWith(".dll", StringComparison.Ordinal) && t == Path.GetFileName(t) && !t.Contains('\\'));
        var version = Text(json, "version", t => t.Length <= 40);
        var names = json.TryGetProperty("names", out var found) && found.ValueKind == JsonValueKind.Object
            ? found.EnumerateObject().Where(n => n.Value.ValueKind == JsonValueKind.String)
                .ToDictionary(n => n.Name, n => n.Value.GetString()!)
            : [];
        foreach (var language in Languages.All)
            if (names.GetValueOrDefault(language) is not { Length: > 0 and <= 100 })
                throw Field("names." + language);
        return new(id, assembly, version, contract, names)
        {
            ForEveryone = Says(json, "forEveryone"),
            DevelopmentOnly = Says(json, "developmentOnly"),
        };
    }

    private static bool Says(JsonElement json, string name) =>
        json.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.True;

    private static string Text(JsonElement json, string name, Func<string, bool> good) =>
        json.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String && found.GetString() is { Length: > 0 } text
            && good(text)
            ? text
            : throw Field(name);

    private static int Number(Match match, int group) =>
        int.Parse(match.Groups[group].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);

    private static PluginRefusedException Field(string name) =>
        new(PluginState.Faulted, LocalText.Of(nameof(ErrorText.PluginManifestField), name));

    private static PluginRefusedException Faulted(string text) => new(PluginState.Faulted, LocalText.Of(text));
}
