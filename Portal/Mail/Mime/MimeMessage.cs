using System.Globalization;
using System.Text;

namespace Portal.Mail.Mime;

/// <summary>What a mail brings for the reader's calendar (RFC 6047).</summary>
/// <param name="Method">As in the calendar itself: programs that find none in the type, or another, show an attachment and nothing more.</param>
public sealed record MimeCalendar(string Method, string Text);

/// <summary>A mail of a text and an HTML part, and an invitation where there is one, as bytes (RFC 5322, 2045, 2046). The same message gives the same bytes.</summary>
public sealed record MimeMessage
{
    private const int MostInLine = 998;

    /// <summary>Without the angle brackets.</summary>
    public required string MessageId { get; init; }
    public required DateTimeOffset Date { get; init; }
    public required string FromName { get; init; }
    public required string FromAddress { get; init; }
    public required string ToName { get; init; }
    public required string ToAddress { get; init; }
    public required string Subject { get; init; }
    public required string Language { get; init; }
    public required string Text { get; init; }
    public required string Html { get; init; }
    public MimeCalendar? Calendar { get; init; }

    /// <summary>Where answers go; null for <see cref="FromAddress"/>.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>Takes one POST and no question (RFC 8058).</summary>
    public Uri? UnsubscribeUrl { get; init; }

    public byte[] ToBytes()
    {
        // "=_" cannot occur in Base64, and every part is Base64.
        var boundary = $"=_{MessageId[..MessageId.IndexOf('@')]}_";
        var alternative = $"Content-Type: multipart/alternative;\r\n boundary=\"{boundary}1\"";
        string?[] headers =
        [
            $"Date: {Date.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture)} +0000",
            HeaderText.Mailbox("From", FromName, FromAddress),
            HeaderText.Mailbox("To", ToName, ToAddress),
            ReplyTo is null ? null : HeaderText.Mailbox("Reply-To", FromName, ReplyTo),
            $"Message-ID:\r\n <{MessageId}>",
            HeaderText.Unstructured("Subject", Subject),
            "MIME-Version: 1.0",
            $"Content-Language: {Language}",
            "Auto-Submitted: auto-generated",
            UnsubscribeUrl is null ? null : $"List-Unsubscribe:\r\n <{UnsubscribeUrl.AbsoluteUri}>",
            UnsubscribeUrl is null ? null : "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
            Calendar is null ? alternative : $"Content-Type: multipart/mixed;\r\n boundary=\"{boundary}0\"",
        ];
        var message = new StringBuilder();
        foreach (var header in headers.OfType<string>())
        {
            Check(header);
            message.Append(header).Append("\r\n");
        }
        message.Append("\r\n");
        if (Calendar is not null)
            message.Append("--").Append(boundary).Append("0\r\n").Append(alternative).Append("\r\n\r\n");
        Part(message, boundary + "1", "text/plain; charset=utf-8", Text);
        Part(message, boundary + "1", "text/html; charset=utf-8", Html);
        if (Calendar is null)
            return Bytes(message, boundary + "1");

        // As the great calendars do: the part is what programs act on, the attachment is for those that know no invitations.
        Part(message, boundary + "1", $"text/calendar; method={Calendar.Method}; charset=utf-8", Calendar.Text);
        message.Append("--").Append(boundary).Append("1--\r\n");
        Part(message, boundary + "0", "application/ics; name=\"invite.ics\"", Calendar.Text, "Content-Disposition: attachment; filename=\"invite.ics\"\r\n");
        return Bytes(message, boundary + "0");
    }

    private static byte[] Bytes(StringBuilder message, string boundary) =>
        Encoding.UTF8.GetBytes(message.Append("--").Append(boundary).Append("--\r\n").ToString());

    private static void Part(StringBuilder message, string boundary, string type, string content, string more = "")
    {
        // Text has CRLF line ends before it is encoded (RFC 2046 §4.1.1).
        var bytes = Encoding.UTF8.GetBytes(content.ReplaceLineEndings("\r\n"));
        message.Append("--").Append(boundary).Append("\r\n")
            .Append("Content-Type: ").Append(type).Append("\r\n").Append(more)
            .Append("Content-Transfer-Encoding: base64\r\n\r\n")
            .Append(Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks)).Append("\r\n");
    }

    /// <summary>The last line of defence, whatever wrote the header: line breaks only as folds, no NUL, no line too long.</summary>
    public static void Check(string header)
    {
        foreach (var (line, index) in header.Split("\r\n").Select((l, i) => (l, i)))
        {
            if (line.AsSpan().IndexOfAny('\r', '\n', '\0') >= 0 || (index > 0 && !line.StartsWith(' ')) || string.IsNullOrWhiteSpace(line))
                throw new MimeException("A header holds a line break.");
            if (Encoding.UTF8.GetByteCount(line) > MostInLine)
                throw new MimeException("A header's line is too long.");
        }
    }
}
