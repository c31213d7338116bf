using System.Globalization;
using System.Text;

namespace Portal.Mail.Mime;

/// <summary>A mail of a text and an HTML part, as bytes (RFC 5322, 2045, 2046). The same message gives the same bytes.</summary>
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

    public byte[] ToBytes()
    {
        // "=_" cannot occur in Base64, and every part is Base64.
        var boundary = $"=_{MessageId[..MessageId.IndexOf('@')]}_1";
        string[] headers =
        [
            $"Date: {Date.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture)} +0000",
            HeaderText.Mailbox("From", FromName, FromAddress),
            HeaderText.Mailbox("To", ToName, ToAddress),
            $"Message-ID:\r\n <{MessageId}>",
            HeaderText.Unstructured("Subject", Subject),
            "MIME-Version: 1.0",
            $"Content-Language: {Language}",
            "Auto-Submitted: auto-generated",
            $"Content-Type: multipart/alternative;\r\n boundary=\"{boundary}\"",
        ];
        foreach (var header in headers)
            Check(header);

        var message = new StringBuilder();
        foreach (var header in headers)
            message.Append(header).Append("\r\n");
        message.Append("\r\n");
        Part(message, boundary, "text/plain", Text);
        Part(message, boundary, "text/html", Html);
        message.Append("--").Append(boundary).Append("--\r\n");
        return Encoding.UTF8.GetBytes(message.ToString());
    }

    private static void Part(StringBuilder message, string boundary, string type, string content)
    {
        // Text has CRLF line ends before it is encoded (RFC 2046 §4.1.1).
        var bytes = Encoding.UTF8.GetBytes(content.ReplaceLineEndings("\r\n"));
        message.Append("--").Append(boundary).Append("\r\n")
            .Append("Content-Type: ").Append(type).Append("; charset=utf-8\r\n")
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
