namespace Portal.ProviderHost;

/// <summary>Whom to call: a provider, under the settings of one of its accounts.</summary>
/// <param name="ProviderId">The plugin's id.</param>
/// <param name="AccountId">Of the <see cref="ProviderAccount"/>; empty for the provider's default account.</param>
public readonly record struct ToolAccount(string ProviderId, Guid AccountId)
{
    public static implicit operator ToolAccount(string providerId) => new(providerId, Guid.Empty);

    public static implicit operator ToolAccount(ProviderAccount account) => new(account.ProviderId, account.Id);
}
