namespace Portal.Mail.Dkim;

/// <summary>The signature by which receivers know that a mail is of this domain (RFC 6376).</summary>
public sealed class DkimOptions
{
    public const string Section = "Mail:Dkim";

    /// <summary>Empty: mails are not signed.</summary>
    public string Domain { get; set; } = "";

    /// <summary>The public key stands in the DNS at selector._domainkey.domain.</summary>
    public string Selector { get; set; } = "";

    /// <summary>PEM: PKCS#8 or PKCS#1, without a password.</summary>
    public string PrivateKeyFile { get; set; } = "";
}
