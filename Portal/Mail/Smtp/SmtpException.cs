namespace Portal.Mail.Smtp;

/// <summary>The connection cannot go on, because of an answer that ends it or that has no place where it came.</summary>
internal sealed class SmtpException(string message, SmtpReply? reply = null) : Exception(message)
{
    /// <summary>What the server said, where that was the reason.</summary>
    public SmtpReply? Reply { get; } = reply;
}
