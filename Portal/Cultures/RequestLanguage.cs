using Localization;
using Microsoft.AspNetCore.Localization;
using Portal.People;
using Portal.Settings;

namespace Portal.Cultures;

/// <summary>
/// Which language a request is answered in: what the visitor chose with the switch, else the account's, else what the
/// browser asks for, else English.
/// </summary>
public sealed class RequestLanguage(bool pseudoLocale) : RequestCultureProvider
{
    public const string CookieName = "language";

    public override Task<ProviderCultureResult?> DetermineProviderCultureResult(HttpContext http)
    {
        if (pseudoLocale && PseudoLocale.Culture.Name.Equals(http.Request.Headers.AcceptLanguage, StringComparison.OrdinalIgnoreCase))
            return Task.FromResult<ProviderCultureResult?>(new(Languages.English, PseudoLocale.Culture.Name));
        var language = Chosen(http)
            ?? Known(http.User.FindFirst(PortalClaims.Language)?.Value)
            ?? Asked(http.Request)
            ?? Languages.English;
        return Task.FromResult<ProviderCultureResult?>(new(language));
    }

    /// <summary>What the visitor chose with the switch on this device; null when it was never used.</summary>
    public static string? Chosen(HttpContext http) =>
        Known(http.Request.Cookies[PublicAddress.HostPrefix + CookieName] ?? http.Request.Cookies[CookieName]);

    public static void Choose(HttpContext http, string language) => Write(http, language, TimeSpan.FromDays(365));

    public static void Forget(HttpContext http) => Write(http, "", TimeSpan.Zero);

    private static void Write(HttpContext http, string language, TimeSpan life)
    {
        var address = http.RequestServices.GetRequiredService<PublicAddress>();
        http.Response.Cookies.Append(address.CookieName(CookieName), language, new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = life,
            SameSite = SameSiteMode.Lax,
            Secure = address.IsHttps || http.Request.IsHttps,
            Path = "/",
        });
    }

    public static string? Known(string? language) => Languages.Exists(language) ? language : null;

    /// <summary>The first of the browser's languages that there is a page in; regions do not matter.</summary>
    private static string? Asked(HttpRequest request) => request.GetTypedHeaders().AcceptLanguage
        .Where(l => l.Quality != 0)
        .OrderByDescending(l => l.Quality ?? 1)
        .Select(l => Known(l.Value.ToString().Split('-')[0].ToLowerInvariant()))
        .FirstOrDefault(l => l is not null);
}
