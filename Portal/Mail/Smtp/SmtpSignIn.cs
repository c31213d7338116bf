using System.Text;
using Localization;
using MailKit.Security;

namespace Portal.Mail.Smtp;

/// <summary>
/// How the portal signs in (RFC 4954): by PLAIN, LOGIN or XOAUTH2, and by nothing else. Knows what must never be told, not even when
/// the server repeats it.
/// </summary>
internal sealed class SmtpSignIn(SmtpOptions options)
{
    private readonly string[] _secrets = [.. Secrets(options).Where(secret => secret is not "").Distinct()];

    public bool IsWanted => options.User is not "";

    /// <summary>What the server and the portal both know; null when there is nothing.</summary>
    public SaslMechanism? Choose(IReadOnlySet<string> offered)
    {
        bool Offers(string name) => offered.Contains(name, StringComparer.OrdinalIgnoreCase);
        if (options.OAuthToken is not "")
            return Offers("XOAUTH2") ? new SaslMechanismOAuth2(options.User, options.OAuthToken) : null;
        return Offers("PLAIN") ? new SaslMechanismPlain(options.User, options.Password)
            : Offers("LOGIN") ? new SaslMechanismLogin(options.User, options.Password)
            : null;
    }

    /// <summary>Why there was nothing to choose.</summary>
    public string WhyNone(IReadOnlySet<string> offered) => offered.Count == 0
        ? Said.Of(nameof(SaidText.NoSignIn))
        : Said.Of(nameof(SaidText.OtherSignIn), string.Join(", ", offered.Order(StringComparer.Ordinal).Take(10)), Known);

    public string Hide(string text) =>
        _secrets.Aggregate(text, (t, secret) => t.Replace(secret, "…", StringComparison.OrdinalIgnoreCase));

    private string Known => options.OAuthToken is "" ? "PLAIN and LOGIN" : "XOAUTH2 with a token";

    /// <summary>The longest first: what stands in another must not be taken out before it.</summary>
    private static IEnumerable<string> Secrets(SmtpOptions o) => new[]
    {
        o.OAuthToken is "" ? "" : Base64($"user={o.User}\u0001auth=Bearer {o.OAuthToken}\u0001\u0001"),
        o.Password is "" ? "" : Base64($"\0{o.User}\0{o.Password}"),
        Base64(o.OAuthToken), Base64(o.Password), Base64(o.User), o.OAuthToken, o.Password,
    }.OrderByDescending(secret => secret.Length);

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
