using Microsoft.Extensions.Options;
using Portal.Settings;

namespace Portal.Mail.Smtp;

/// <summary>Hands mails to the mail server of the settings.</summary>
public sealed class SmtpMailSender(IOptions<SmtpOptions> options, PublicAddress address) : IMailSender
{
    public Task<IMailSession> OpenAsync(CancellationToken cancellationToken) => throw new NotImplementedException($"{options.Value.Host} {address.Base}");
}
