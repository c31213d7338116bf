namespace Portal.Mail.Mime;

/// <summary>What a mail brings for the reader's calendar (RFC 6047).</summary>
/// <param name="Method">As in the calendar itself: programs that find none in the type, or another, show an attachment and nothing
/// more.</param>
public sealed record MimeCalendar(string Method, string Text);

/// <summary>A mail of a text and an HTML part, and an invitation where there is one.</summary>
public sealed record MailMessage
{
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
}
