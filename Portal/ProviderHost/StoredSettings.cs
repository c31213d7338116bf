using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Portal.ProviderHost;

/// <summary>What administrators set of one account: texts by the names of the options, see <see cref="SettingText"/>.</summary>
public sealed record StoredSettings(IReadOnlyDictionary<string, string> Values, bool IsReadable)
{
    public static readonly StoredSettings None = new(new Dictionary<string, string>(), true);

    public static readonly StoredSettings Unreadable = None with { IsReadable = false };
}

/// <summary>Encrypts what is stored of an account, for this account alone: a row's settings in another row cannot be read.</summary>
public sealed class SettingsVault(IDataProtectionProvider protection)
{
    public string Close(Guid account, IReadOnlyDictionary<string, string> values) =>
        For(account).Protect(JsonSerializer.Serialize(values));

    /// <summary>What cannot be read is said to be so; it is never taken for nothing.</summary>
    public StoredSettings Open(ProviderAccount account)
    {
        if (account.Settings is null)
            return StoredSettings.None;
        try
        {
            var values = JsonSerializer.Deserialize<Dictionary<string, string>>(For(account.Id).Unprotect(account.Settings));
            return values is null || values.ContainsValue(null!) ? StoredSettings.Unreadable : new(values, true);
        }
        catch (Exception e) when (e is CryptographicException or JsonException or FormatException)
        {
            return StoredSettings.Unreadable;
        }
    }

    private IDataProtector For(Guid account) => protection.CreateProtector("Portal.ProviderHost.Settings", account.ToString("N"));
}
