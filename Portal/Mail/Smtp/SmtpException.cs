namespace Portal.Mail.Smtp;

/// <summary>The connection cannot go on: lost, silent, out of turn, or not SMTP. What was asked of the server is not known to be done.</summary>
internal sealed class SmtpException(string message, SmtpReply? reply = null, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What the server said, where that was the reason.</summary>
    public SmtpReply? Reply { get; } = reply;
}
