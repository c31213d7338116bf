namespace Portal.ProviderHost;

/// <summary>
/// One set of settings of a provider. A provider that is configured by the settings file alone has one account without settings.
/// </summary>
public class ProviderAccount
{
    public const int MaxName = 100;

    public Guid Id { get; set; } = Guid.CreateVersion7();
    public string ProviderId { get; set; } = "";
    public string Name { get; set; } = "";

    /// <summary>Encrypted, see <see cref="StoredSettings"/>; null means: from the configuration. The configuration wins over it.</summary>
    public string? Settings { get; set; }

    /// <summary>The account that new meetings of this provider use.</summary>
    public bool IsDefault { get; set; }

    /// <summary>Switched off by an administrator: not started.</summary>
    public bool IsDisabled { get; set; }
    public DateTimeOffset CreatedUtc { get; set; }

    /// <summary>Another one with every change: running portals see by it what they have to start anew.</summary>
    public Guid Version { get; set; } = Guid.NewGuid();
    public DateTimeOffset? ChangedUtc { get; set; }

    /// <summary>Who changed it last; null for a program, and where nobody did.</summary>
    public Guid? ChangedBy { get; set; }
}
