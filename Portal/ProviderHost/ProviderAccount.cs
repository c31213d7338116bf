namespace Portal.ProviderHost;

/// <summary>
/// One set of settings of a provider. A provider that is configured by the settings file alone has one account without settings.
/// </summary>
public class ProviderAccount
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public string ProviderId { get; set; } = "";
    public string Name { get; set; } = "";

    /// <summary>Encrypted JSON; null means: from the configuration.</summary>
    public string? Settings { get; set; }

    /// <summary>The account that new meetings of this provider use.</summary>
    public bool IsDefault { get; set; }
    public DateTimeOffset CreatedUtc { get; set; }
}
