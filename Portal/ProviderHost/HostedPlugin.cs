using Microsoft.Extensions.Localization;

namespace Portal.ProviderHost;

/// <summary>One plugin folder as the portal holds it: what it is, and its accounts, of which each has its own provider.</summary>
internal sealed class HostedPlugin(string id, IReadOnlyDictionary<string, string> names, bool isIdentified, TimeProvider clock)
{
    private volatile IReadOnlyList<HostedAccount> accounts = [];

    public string Id => id;

    /// <summary>False when its manifest could not be read, or its id belongs to another plugin.</summary>
    public bool IsIdentified => isIdentified;

    /// <summary>By its manifest, whether or not it could be started.</summary>
    public bool IsForEveryone { get; init; }

    /// <summary>Null when it could not be loaded.</summary>
    public ProviderType? Type { get; set; }

    /// <summary>What the configuration alone makes of it; it stands in while no account is known and no code loaded.</summary>
    public HostedAccount Configured { get; } = new(id, clock);

    public IReadOnlyList<HostedAccount> Accounts => accounts;

    public HostedAccount Default => accounts.FirstOrDefault(a => a.IsDefault) ?? Configured;

    /// <summary>Null for an account that is not known here.</summary>
    public HostedAccount? Find(Guid account) =>
        account == Guid.Empty ? Default : Type is null ? Configured : accounts.FirstOrDefault(a => a.Id == account);

    /// <summary>At once for every caller; calls that run go on with what they began with.</summary>
    public void Swap(IReadOnlyList<HostedAccount> next) => accounts = next;

    public PluginStatus StatusIn(IStringLocalizer texts)
    {
        var now = Default.StatusIn(texts);
        return new(id, names, now.State, now.Reason, now.Since, now.KnownLimits);
    }
}
