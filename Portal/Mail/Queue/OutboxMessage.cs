using Localization;

namespace Portal.Mail.Queue;

/// <summary>
/// A mail that must go out. Written in the transaction that changes the state it tells about. Holds the mail's model,
/// never its links: those are secrets and are made when the mail is rendered.
/// </summary>
public class OutboxMessage
{
    public Guid Id { get; set; } = Guid.CreateVersion7();

    /// <summary>What, about what, to whom, which change: unique, so that the same mail can never be queued twice.</summary>
    public string Key { get; set; } = "";

    /// <summary>Asked for by an administrator to look at: made-up facts, and links that lead nowhere.</summary>
    public bool IsSample => Key.StartsWith(SampleKey, StringComparison.Ordinal);

    public const string SampleKey = "sample:";

    /// <summary>The name of the mail's model.</summary>
    public string Kind { get; set; } = "";

    /// <summary>The model as JSON.</summary>
    public string Model { get; set; } = "";

    public string ToAddress { get; set; } = "";
    public string ToName { get; set; } = "";
    public string Language { get; set; } = Languages.English;
    public string TimeZone { get; set; } = "Etc/UTC";
    public Guid? UserId { get; set; }
    public Guid? SessionId { get; set; }
    public Guid? ParticipantId { get; set; }

    public OutboxState State { get; set; }
    public DateTimeOffset CreatedUtc { get; set; }

    /// <summary>When it was queued, or queued again by an administrator: it is tried for a day from then.</summary>
    public DateTimeOffset QueuedUtc { get; set; }
    public DateTimeOffset DueUtc { get; set; }

    /// <summary>Set while a dispatcher works on it; in the past, the dispatcher died and the row is free again.</summary>
    public DateTimeOffset? ClaimedUntilUtc { get; set; }
    public Guid? ClaimedBy { get; set; }
    public int Attempts { get; set; }
    public DateTimeOffset? SentUtc { get; set; }
    public string? Subject { get; set; }

    /// <summary>Stage and reason of the last failure, for administrators.</summary>
    public string? LastFailure { get; set; }
}

public enum OutboxState
{
    Waiting,
    Sent,

    /// <summary>Not true any more when its turn came, such as a reminder of a session that was moved.</summary>
    Dropped,

    /// <summary>Given up; an administrator can send it again.</summary>
    Failed,

    /// <summary>
    /// The connection was lost after the message was handed over: it may or may not have arrived, so it is not sent again by itself.
    /// </summary>
    InDoubt,
}
