using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Portal.People;
using Portal.People.Profile;
using Portal.People.SignIn;
using Portal.Settings;

namespace Portal.Security;

/// <summary>
/// Knows a browser in which an account was signed in before, by a cookie. It opens nothing: wrong passwords there are counted apart,
/// so that strangers who guess cannot keep the owner out.
/// </summary>
public sealed class KnownBrowsers(IDataProtectionProvider protection, PublicAddress address, TimeProvider clock)
{
    public static readonly TimeSpan Life = TimeSpan.FromDays(180);

    private const string Cookie = "known-browser";
    private const int MaxLength = 1000;

    private readonly IDataProtector _protector = protection.CreateProtector("Portal.KnownBrowser");

    /// <summary>Where a request to sign in as this person comes from.</summary>
    public GuessSource Source(HttpContext http, string? email) =>
        new(ClientNetwork.Of(http.Connection.RemoteIpAddress), Read(http.Request.Cookies[address.CookieName(Cookie)], email));

    public void Remember(HttpContext http, PortalUser user)
    {
        var until = clock.GetUtcNow() + Life;
        var mark = Convert.ToHexString(RandomNumberGenerator.GetBytes(8));
        var text = _protector.Protect(string.Join(' ', until.UtcTicks.ToString(CultureInfo.InvariantCulture), mark, HashOf(user.Email)));
        http.Response.Cookies.Append(address.CookieName(Cookie), text, new()
        {
            Expires = until,
            HttpOnly = true,
            IsEssential = true,
            SameSite = SameSiteMode.Lax,
            Secure = address.IsHttps || http.Request.IsHttps,
        });
    }

    private string? Read(string? cookie, string? email)
    {
        if (cookie is not { Length: > 0 and < MaxLength })
            return null;
        try
        {
            return _protector.Unprotect(cookie).Split(' ') is [var until, var mark, var whose] && whose == HashOf(email)
                && long.Parse(until, CultureInfo.InvariantCulture) > clock.GetUtcNow().UtcTicks ? mark : null;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }

    private static string HashOf(string? email) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(EmailAddress.Key(email))), 0, 8);
}
