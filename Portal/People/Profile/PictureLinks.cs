using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Portal.Settings;

namespace Portal.People.Profile;

/// <summary>Addresses of pictures for pages that know no account, such as a meeting's: signed, and good until it is over.</summary>
public sealed class PictureLinks(IDataProtectionProvider protection, PublicAddress address, TimeProvider clock)
{
    /// <summary>The parameter with the signature.</summary>
    public const string Parameter = "s";

    private const int MaxSignature = 400;
    private readonly IDataProtector _protector = protection.CreateProtector("Portal.People.PictureLinks");

    /// <summary>Null where the portal is not reached by https: meetings are, and fetch nothing else.</summary>
    public Uri? PublicAddressOf(Guid userId, string version, DateTimeOffset until) =>
        address.Base.Scheme == Uri.UriSchemeHttps && Pictures.PathOf(userId, version) is { } path
            ? address.To($"{path}?{Parameter}={_protector.Protect($"{until.ToUnixTimeSeconds()}|{path}")}") : null;

    public bool IsGood(string? signature, Guid userId, string version)
    {
        if (signature is not { Length: > 0 and < MaxSignature })
            return false;
        try
        {
            var parts = _protector.Unprotect(signature).Split('|');
            return parts[^1] == Pictures.PathOf(userId, version)
                && long.Parse(parts[0], CultureInfo.InvariantCulture) > clock.GetUtcNow().ToUnixTimeSeconds();
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return false;
        }
    }
}
