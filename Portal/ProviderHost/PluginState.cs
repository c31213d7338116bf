using Localization;

namespace Portal.ProviderHost;

public enum PluginState
{
    Active,

    /// <summary>Switched off in the settings.</summary>
    Disabled,

    /// <summary>Built for a contract that this portal does not have.</summary>
    Incompatible,

    /// <summary>Could not be started, or its last call failed in a way that it did not foresee.</summary>
    Faulted,

    /// <summary>Its settings are not complete or not valid.</summary>
    NeedsAttention,

    /// <summary>It cannot do without settings, and nobody has made any yet.</summary>
    NotConfigured,
}

/// <summary>What an administrator is told of one plugin, in the current language.</summary>
public sealed record PluginStatus(
    string Id,
    IReadOnlyDictionary<string, string> Names,
    PluginState State,
    string? Reason,
    DateTimeOffset Since,
    IReadOnlyList<string> KnownLimits)
{
    /// <summary>Somebody has to look at it.</summary>
    public bool IsBad => State is not (PluginState.Active or PluginState.Disabled or PluginState.NotConfigured);

    public string NameIn(string language) => Names.GetValueOrDefault(language) ?? Names.GetValueOrDefault(Languages.English) ?? Id;
}

/// <summary>A plugin that cannot be used, and why.</summary>
internal sealed class PluginRefusedException(PluginState state, LocalText reason) : Exception($"The plugin is {state}.")
{
    public PluginState State { get; } = state;

    public LocalText Reason { get; } = reason;
}
