using Portal.Mail.Queue;

namespace Portal.Mail.Rendering;

/// <summary>Knows one family of mails: what its models need besides the reader, and where its links lead.</summary>
public interface IMailContextSource
{
    /// <summary>The type that all models of the family derive from.</summary>
    Type Family { get; }

    /// <param name="row">The mail as it waits.</param>
    /// <param name="mail">Its model.</param>
    /// <param name="reader">What all mails need; the family adds its own.</param>
    /// <param name="secrets">With the reader's own links; else every link that only the reader may have is a dead one.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    Task<MailContext> ForAsync(OutboxMessage row, MailModel mail, MailContext reader, bool secrets, CancellationToken cancellationToken);

    /// <summary>Of a sample: every link of the mail is there, and none lets anybody in.</summary>
    MailContext Sample(MailModel mail, MailContext reader);
}
