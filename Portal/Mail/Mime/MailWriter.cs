using System.Text;
using Localization;
using MimeKit;
using Portal.Mail.Dkim;

namespace Portal.Mail.Mime;

/// <summary>
/// Makes of a mail the bytes that leave (RFC 5322, 2045-2047), by MimeKit, and signs them where a key is set. The same mail gives the
/// same bytes. Every part is Base64: no server has a reason to touch it, and no boundary can occur in it.
/// </summary>
public sealed class MailWriter(MailSigner signer)
{
    /// <summary>RFC 5322 §2.1.1.</summary>
    private const int MaxLineBytes = 998;

    public byte[] Write(MailMessage mail)
    {
        using var message = new MimeMessage { Date = mail.Date.ToUniversalTime(), Subject = HeaderText.Clean(mail.Subject) };
        message.From.Add(HeaderText.Mailbox(mail.FromName, mail.FromAddress));
        message.To.Add(HeaderText.Mailbox(mail.ToName, mail.ToAddress));
        if (mail.ReplyTo is not null)
            message.ReplyTo.Add(HeaderText.Mailbox(mail.FromName, mail.ReplyTo));
        message.Headers[HeaderId.MessageId] = $"<{mail.MessageId}>";
        message.Headers[HeaderId.ContentLanguage] = mail.Language;
        message.Headers[HeaderId.AutoSubmitted] = "auto-generated";
        if (mail.UnsubscribeUrl is not null)
        {
            message.Headers[HeaderId.ListUnsubscribe] = $"<{mail.UnsubscribeUrl.AbsoluteUri}>";
            message.Headers[HeaderId.ListUnsubscribePost] = "List-Unsubscribe=One-Click";
        }
        message.Body = Body(mail, $"=_{mail.MessageId[..mail.MessageId.IndexOf('@')]}_");
        message.Prepare(EncodingConstraint.SevenBit); // nothing may change it once it is signed
        signer.Sign(message, mail.Date);
        return ToBytes(message);
    }

    private static Multipart Body(MailMessage mail, string boundary)
    {
        var alternative = new MultipartAlternative { Boundary = boundary + "1" };
        alternative.Add(Text("plain", mail.Text));
        alternative.Add(Text("html", mail.Html));
        if (mail.Calendar is not { } calendar)
            return alternative;

        // As the great calendars do: the part is what programs act on, the attachment is for those that know no invitations.
        var invitation = Text("calendar", calendar.Text);
        invitation.ContentType.Parameters.Insert(0, new("method", calendar.Method));
        alternative.Add(invitation);
        return new Multipart("mixed", alternative, Attachment("invite.ics", calendar.Text)) { Boundary = boundary + "0" };
    }

    private static TextPart Text(string subtype, string text)
    {
        var part = new TextPart(subtype) { ContentTransferEncoding = ContentEncoding.Base64 };
        part.SetText(Encoding.UTF8, text.ReplaceLineEndings("\r\n")); // before it is encoded (RFC 2046 §4.1.1)
        return part;
    }

    private static MimePart Attachment(string name, string calendar) => new("application", "ics")
    {
        ContentDisposition = new(ContentDisposition.Attachment),
        FileName = name,
        ContentTransferEncoding = ContentEncoding.Base64,
        Content = new MimeContent(new MemoryStream(Encoding.UTF8.GetBytes(calendar.ReplaceLineEndings("\r\n")))),
    };

    private static byte[] ToBytes(MimeMessage message)
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        using var stream = new MemoryStream();
        message.WriteTo(format, stream);
        var bytes = stream.ToArray();
        CheckLines(bytes);
        return bytes;
    }

    private static void CheckLines(ReadOnlySpan<byte> rest)
    {
        while (rest.IndexOf("\r\n"u8) is >= 0 and var end)
        {
            if (end > MaxLineBytes)
                throw new MimeException(Said.Of(nameof(SaidText.HeaderTooLong)));
            rest = rest[(end + 2)..];
        }
    }
}
