namespace Portal.Mail.Delivery;

/// <summary>The way mails leave. One session is one connection and serves one batch.</summary>
public interface IMailSender
{
    /// <summary>Never throws for what a server or a disk does: a session that could not be opened says so to every mail.</summary>
    Task<IMailSession> OpenAsync(CancellationToken cancellationToken);
}

/// <summary>Disposing it takes leave of the server.</summary>
public interface IMailSession : IAsyncDisposable
{
    /// <summary>False once nothing more can be sent; the caller then opens another one.</summary>
    bool SessionUsable { get; }

    Task<SendResult> SendAsync(OutgoingMail mail, CancellationToken cancellationToken);

    /// <summary>What went well, from the connection to the last mail, for whoever wants to look: the test mail.</summary>
    IReadOnlyList<SendStep> Steps => [];
}

/// <param name="Text">What the other side said. For administrators.</param>
/// <param name="Took">Since the step before.</param>
public sealed record SendStep(SendStage Stage, string Text, TimeSpan Took);

/// <summary>An envelope and the bytes in it.</summary>
/// <param name="Id">The outbox row: the same for every try.</param>
/// <param name="Date">When the mail was queued: the same for every try.</param>
/// <param name="Sender">Where refusals go back to; null for nowhere.</param>
public sealed record OutgoingMail(
    Guid Id, string MessageId, DateTimeOffset Date, string? Sender, IReadOnlyList<string> Recipients, ReadOnlyMemory<byte> Message);

/// <summary>What became of a mail. Text is for administrators and is never parsed.</summary>
public sealed record SendResult(SendVerdict Verdict, SendScope Scope, SendStage Stage, string Text)
{
    public int? Code { get; init; }

    /// <summary>Such as 5.1.1 (RFC 3463).</summary>
    public string? EnhancedCode { get; init; }

    public IReadOnlyList<RecipientResult> Recipients { get; init; } = [];

    public static SendResult Accepted(IReadOnlyList<string> recipients, string text) =>
        new(SendVerdict.Accepted, SendScope.Message, SendStage.Content, text)
        {
            Recipients = [.. recipients.Select(r => new RecipientResult(r, SendVerdict.Accepted, null, null, text))],
        };
}

public sealed record RecipientResult(string Recipient, SendVerdict Verdict, int? Code, string? EnhancedCode, string Text);

public enum SendVerdict
{
    Accepted,

    /// <summary>Not now; later perhaps.</summary>
    Deferred,

    /// <summary>Not ever, as it is.</summary>
    Rejected,

    /// <summary>The connection was lost after the mail was handed over: it may have arrived. Never sent again by itself.</summary>
    InDoubt,

    /// <summary>It did not come to this mail.</summary>
    NotAttempted,
}

/// <summary>What the verdict is about: a refused recipient says nothing about the next mail, a dead connection does.</summary>
public enum SendScope
{
    Connection,
    Auth,
    Message,
    Recipient,
}

public enum SendStage
{
    Connect,
    Greeting,
    StartTls,
    Auth,
    Sender,
    Recipient,
    Content,
}
