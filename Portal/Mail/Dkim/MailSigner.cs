using Microsoft.Extensions.Options;
using MimeKit;
using MimeKit.Cryptography;

namespace Portal.Mail.Dkim;

/// <summary>Signs mails where a key is set (DKIM). Receivers then know that the sender's domain has sent them as they are.</summary>
public sealed class MailSigner(IOptions<DkimOptions> options)
{
    /// <summary>Also those that a mail may lack: nobody can add them. One-click links count only when signed (RFC 8058 §4).</summary>
    private static readonly string[] Signed =
    [
        "From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", "Auto-Submitted", "Reply-To",
        "List-Unsubscribe", "List-Unsubscribe-Post",
    ];

    // The start has looked at the key already; what became of the file since then does not matter.
    private readonly Lazy<DkimKey> _key = new(() => DkimKey.TryRead(options.Value.PrivateKeyFile, out var problem)
        ?? throw new InvalidOperationException(problem));

    /// <param name="date">The mail's own, so that every try has the same bytes.</param>
    internal void Sign(MimeMessage message, DateTimeOffset date)
    {
        if (options.Value.Domain is "")
            return;
        new DatedSigner(_key.Value, options.Value, date)
        {
            HeaderCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
            BodyCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
        }.Sign(message, Signed);
    }
}
