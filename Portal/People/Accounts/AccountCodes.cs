using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Portal.Settings;

namespace Portal.People.Accounts;

/// <summary>
/// The codes in links that are mailed about an account. A code carries its own end and what the account was when it was
/// made, so that nothing is stored: once the password or the address has changed, every older code is dead.
/// </summary>
public sealed class AccountCodes(IDataProtectionProvider protection, TimeProvider clock)
{
    public static readonly TimeSpan PasswordLife = TimeSpan.FromHours(1);
    public static readonly TimeSpan AddressLife = TimeSpan.FromDays(1);

    private const string Confirmation = "Portal.Account.Confirmation";
    private const string Password = "Portal.Account.NewPassword";
    private const string Address = "Portal.Account.NewAddress";
    private const int MaxLength = 4000;

    /// <summary>For an account that nobody has confirmed yet.</summary>
    public string ForConfirmation(PortalUser user) => Make(Confirmation, user, AddressLife, "");

    public string ForPassword(PortalUser user) => Make(Password, user, PasswordLife, "");

    public string ForAddress(PortalUser user, string address) => Make(Address, user, AddressLife, address);

    /// <summary>
    /// Null for a code that is none, or whose time is up. Whether it still fits the account, <see cref="AccountCode.Fits"/> says.
    /// </summary>
    public AccountCode? ReadPassword(string? code) => Read(Password, code);

    public AccountCode? ReadConfirmation(string? code) => Read(Confirmation, code);

    /// <summary>Likewise; the value is the new address.</summary>
    public AccountCode? ReadAddress(string? code) => Read(Address, code);

    private string Make(string purpose, PortalUser user, TimeSpan life, string value)
    {
        var until = clock.GetUtcNow() + life;
        var text = string.Join('\n', until.UtcTicks, user.Id, AccountCode.StateOf(user), value);
        return MailedCode.Write(protection.CreateProtector(purpose).Protect(Encoding.UTF8.GetBytes(text)));
    }

    private AccountCode? Read(string purpose, string? code)
    {
        if (code is not { Length: > 0 and < MaxLength } || MailedCode.Read(code) is not { } bytes)
            return null;
        try
        {
            var parts = Encoding.UTF8.GetString(protection.CreateProtector(purpose).Unprotect(bytes))
                .Split('\n');
            return long.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture) > clock.GetUtcNow().UtcTicks
                ? new(Guid.Parse(parts[1]), parts[2], parts[3])
                : null;
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return null;
        }
    }
}

public sealed record AccountCode(Guid UserId, string State, string Value)
{
    public bool Fits(PortalUser user) => user.Id == UserId && user.DeletedUtc is null && State == StateOf(user);

    internal static string StateOf(PortalUser user) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{user.SecurityStamp}\n{user.NormalizedEmail}")), 0, 16);
}
