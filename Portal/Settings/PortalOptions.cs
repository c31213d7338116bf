using System.ComponentModel.DataAnnotations;
using System.Net.Mail;
using Localization;

namespace Portal.Settings;

public sealed class PortalOptions : IValidatableObject
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

    /// <summary>Pages of the operator's own, for the foot of every page; a link is left out where there is none.</summary>
    [Url]
    public string? HelpUrl { get; set; }

    [Url]
    public string? PrivacyUrl { get; set; }

    /// <summary>
    /// Where people find help: an email address, or an https address. Shown at the foot of pages and mails and on error pages;
    /// empty: no text speaks of it.
    /// </summary>
    public string SupportAddress { get; set; } = "";

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

    /// <summary>Null where there is none.</summary>
    public string? Support() => SupportAddress is "" ? null : SupportAddress;

    /// <summary>What a link to it leads to.</summary>
    public string? SupportLink() => SupportAddress switch
    {
        "" => null,
        var address when address.StartsWith(Https, StringComparison.OrdinalIgnoreCase) => address,
        var address => $"mailto:{address}",
    };

    private const string Https = "https://";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var isWeb = SupportAddress.StartsWith(Https, StringComparison.OrdinalIgnoreCase)
            && Uri.TryCreate(SupportAddress, UriKind.Absolute, out var url) && url is { UserInfo: "", Host.Length: > 0 };
        var isMail = MailAddress.TryCreate(SupportAddress, out var mail) && mail.Address == SupportAddress;
        if (SupportAddress is not "" && !isWeb && !isMail)
            yield return new($"{Section}:{nameof(SupportAddress)} is neither an email address nor an https address.", [nameof(SupportAddress)]);
    }

    /// <summary>Inside a sentence: Arabic has no capitals to tell a name by.</summary>
    public string QuotedNameIn(string language) => language == Languages.Arabic ? $"«{NameIn(language)}»" : NameIn(language);

    public string NameIn(string language) => language != Languages.Arabic ? Name
        : NameArabic is not "" ? NameArabic
        : Name == "Majlis" ? "مجلس" : Name;
}
