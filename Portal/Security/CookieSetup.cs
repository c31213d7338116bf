using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Portal.Settings;

namespace Portal.Security;

/// <summary>
/// The framework's cookies, named by us: where the public address is https they are Secure whatever the request looks like, and
/// bound to this host by their names. (Those of our own are named by <see cref="PublicAddress.CookieName"/> as well.)
/// </summary>
public static class CookieSetup
{
    private static readonly string[] Schemes =
    [
        IdentityConstants.ApplicationScheme, IdentityConstants.ExternalScheme, IdentityConstants.TwoFactorUserIdScheme,
        IdentityConstants.TwoFactorRememberMeScheme,
    ];

    public static IServiceCollection AddPortalCookies(this IServiceCollection services)
    {
        foreach (var scheme in Schemes)
            services.AddOptions<CookieAuthenticationOptions>(scheme)
                .Configure<PublicAddress>((o, address) => Bind(o.Cookie, scheme, address));
        services.AddOptions<CookieTempDataProviderOptions>().Configure<PublicAddress>((o, address) => Bind(o.Cookie, "Notice", address));
        services.AddOptions<AntiforgeryOptions>().Configure<PublicAddress>((o, address) =>
        {
            o.Cookie = new AntiforgeryCookie { HttpOnly = true, SameSite = SameSiteMode.Strict, IsEssential = true };
            Bind(o.Cookie, "Antiforgery", address);
        });
        return services;
    }

    private static void Bind(CookieBuilder cookie, string name, PublicAddress address)
    {
        cookie.Name = address.CookieName($".AspNetCore.{name}");
        cookie.Path = "/";
        if (cookie is AntiforgeryCookie antiforgery)
            antiforgery.IsSecure = address.IsHttps;
        cookie.SecurePolicy = address.IsHttps && cookie is not AntiforgeryCookie
            ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
    }

    /// <summary>By Always the framework refuses every form that looks like http, as all do behind a proxy that is not named.</summary>
    private sealed class AntiforgeryCookie : CookieBuilder
    {
        public bool IsSecure { get; set; }

        public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
        {
            var options = base.Build(context, expiresFrom);
            options.Secure |= IsSecure;
            return options;
        }
    }
}
