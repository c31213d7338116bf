using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using Portal.Mail.Delivery;
using Portal.Settings;

namespace Portal.Mail.Smtp;

/// <summary>Hands mails to the mail server of the settings (RFC 5321, 6409, 8314), by MailKit.</summary>
public sealed class SmtpMailSender(IOptions<SmtpOptions> options, PublicAddress address) : IMailSender
{
    internal SmtpLimits Limits { get; init; } = new();

    /// <summary>Whom to trust instead of the machine's own authorities.</summary>
    internal X509ChainPolicy? Trust { get; init; }

    public Task<IMailSession> OpenAsync(CancellationToken cancellationToken) =>
        OpenAsync(options.Value, address.Base.IdnHost, Limits, Trust, cancellationToken);

    /// <param name="ownName">The portal's public host, for EHLO.</param>
    internal static Task<IMailSession> OpenAsync(
        SmtpOptions options, string ownName, SmtpLimits limits, X509ChainPolicy? trust, CancellationToken cancellationToken) =>
        new SmtpOpening(options, ownName, limits, trust).OpenAsync(cancellationToken);
}
