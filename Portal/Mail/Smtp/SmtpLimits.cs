namespace Portal.Mail.Smtp;

/// <summary>
/// How long each step may take, however it is stretched: a server that sends a byte now and then gains no time. RFC 5321 §4.5.3.2
/// allows minutes; a claim in the outbox does not.
/// </summary>
public sealed record SmtpLimits
{
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan Tls { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For one whole answer.</summary>
    public TimeSpan Reply { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For a command, or a block of the content.</summary>
    public TimeSpan Write { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For the answer to a mail that was handed over whole.</summary>
    public TimeSpan Accept { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For that answer once the portal stops: without it, the mail is in doubt.</summary>
    public TimeSpan AcceptWhenStopping { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>For a good-bye.</summary>
    public TimeSpan Quit { get; init; } = TimeSpan.FromSeconds(5);
}
