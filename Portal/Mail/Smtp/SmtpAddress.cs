using System.Text;
using Localization;
using MimeKit;
using Portal.Mail.Mime;

namespace Portal.Mail.Smtp;

/// <summary>An address as it stands in MAIL and RCPT.</summary>
internal static class SmtpAddress
{
    /// <summary>Null is nowhere: a mail whose refusal nobody wants to hear of.</summary>
    /// <param name="utf8">Whether the server offers SMTPUTF8: MailKit writes letters outside ASCII without it as well.</param>
    public static MailboxAddress? TryRead(string? address, bool utf8, out string problem)
    {
        problem = "";
        if (address is null)
            return new("", "");
        try
        {
            var mailbox = HeaderText.Mailbox("", address);
            if (utf8 || Ascii.IsValid(mailbox.Address))
                return mailbox;
            problem = Said.Of(nameof(SaidText.NoUtf8Address));
        }
        catch (MimeException)
        {
            problem = Said.Of(nameof(SaidText.NotAnAddress));
        }
        return null;
    }
}
