using System.ComponentModel.DataAnnotations;

namespace Portal.Mail.Smtp;

public enum SmtpSecurity
{
    /// <summary>In the clear.</summary>
    None,

    /// <summary>Encrypted by STARTTLS, and not at all where the server does not offer it.</summary>
    StartTls,

    /// <summary>Encrypted from the first byte.</summary>
    Tls,
}

/// <summary>The mail server, for Mail:Transport Smtp.</summary>
public sealed class SmtpOptions
{
    public const string Section = "Mail:Smtp";

    public string Host { get; set; } = "";

    /// <summary>0: the one that goes with <see cref="Security"/>.</summary>
    [Range(0, 65535)]
    public int Port { get; set; }

    public SmtpSecurity Security { get; set; } = SmtpSecurity.StartTls;

    /// <summary>True: outside of Development, too, mails may go to a server elsewhere in the clear.</summary>
    public bool AllowUnencrypted { get; set; }

    /// <summary>Empty: without signing in.</summary>
    public string User { get; set; } = "";

    [DataType(DataType.Password)]
    public string Password { get; set; } = "";

    /// <summary>Instead of a password: an OAuth 2 access token, for XOAUTH2.</summary>
    [DataType(DataType.Password)]
    public string OAuthToken { get; set; } = "";

    /// <summary>How many connections are open at once.</summary>
    [Range(1, 32)]
    public int Connections { get; set; } = 2;

    public int EffectivePort() => Port != 0 ? Port : Security switch
    {
        SmtpSecurity.Tls => 465,
        SmtpSecurity.StartTls => 587,
        _ => 25,
    };
}
