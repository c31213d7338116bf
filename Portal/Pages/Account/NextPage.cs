using Portal.Cultures;

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
            http.Response.Cookies.Append(CookieName, next, new CookieOptions
            {
                HttpOnly = true,
                IsEssential = true,
                MaxAge = TimeSpan.FromDays(1),
                SameSite = SameSiteMode.Lax,
                Secure = http.Request.IsHttps,
                Path = "/",
            });
    }

    /// <summary>Null where nothing was remembered; asked once.</summary>
    public static string? Take(HttpContext http)
    {
        if (http.Request.Cookies[CookieName] is not { } path)
            return null;
        http.Response.Cookies.Delete(CookieName);
        return LanguageReturn.Checked(path) is { Length: > 1 } next ? next : null;
    }
}
