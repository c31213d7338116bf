using System.ComponentModel.DataAnnotations;
using Localization;

namespace Portal.Settings;

public sealed class PortalOptions
{
    public const string Section = "Portal";

    [Required, StringLength(40, MinimumLength = 1)]
    public string Name { get; set; } = "Majlis";

    /// <summary>The name in Arabic; empty means: the same as <see cref="Name"/>, or مجلس while that is the default.</summary>
    [StringLength(40)]
    public string NameArabic { get; set; } = "";

    /// <summary>
    /// What links in mails start with. Never taken from a request. In Development, empty means the address the server bound.
    /// </summary>
    public string PublicUrl { get; set; } = "";

    /// <summary>Addresses or networks (CIDR) of reverse proxies whose X-Forwarded-* headers are believed.</summary>
    public string[] TrustedProxies { get; set; } = [];

    /// <summary>True: outside of Development, too, people may come without encryption.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>False: browsers are told to insist on https for this host, not for those below it.</summary>
    public bool HstsSubdomains { get; set; } = true;

    /// <summary>True: Development, with its demo people, may be reached from other machines.</summary>
    public bool OpenDevelopment { get; set; }

    /// <summary>
    /// Outside of Production: answers Accept-Language: qps-ploc with every resource text in brackets, to find the others.
    /// </summary>
    public bool PseudoLocale { get; set; }

    public string NameIn(string language) => language != Languages.Arabic ? Name
        : NameArabic is not "" ? NameArabic
        : Name == "Majlis" ? "مجلس" : Name;
}
