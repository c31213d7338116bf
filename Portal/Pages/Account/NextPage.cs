using Portal.Cultures;
using Portal.Settings;

namespace Portal.Pages.Account;

/// <summary>
/// Where somebody was going before they had an account. Between signing up and signing in lies a mail, whose link should
/// not carry it about: this browser remembers it for a day. A path of ours, or nothing, whatever the cookie says.
/// </summary>
public static class NextPage
{
    private const string CookieName = "next";

    public static void Remember(HttpContext http, string? path)
    {
        if (LanguageReturn.Checked(path) is { Length: > 1 } next)
            Write(http, next, TimeSpan.FromDays(1));
    }

    /// <summary>Null where nothing was remembered; asked once.</summary>
    public static string? Take(HttpContext http)
    {
        if (http.Request.Cookies[Address(http).CookieName(CookieName)] is not { } path)
            return null;
        Write(http, "", TimeSpan.Zero);
        return LanguageReturn.Checked(path) is { Length: > 1 } next ? next : null;
    }

    private static PublicAddress Address(HttpContext http) => http.RequestServices.GetRequiredService<PublicAddress>();

    private static void Write(HttpContext http, string path, TimeSpan life) =>
        http.Response.Cookies.Append(Address(http).CookieName(CookieName), path, new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = life,
            SameSite = SameSiteMode.Lax,
            Secure = Address(http).IsHttps || http.Request.IsHttps,
            Path = "/",
        });
}
