namespace Providers;

/// <summary>The tool calls back. The host serves <c>/webhooks/{id of plugin.json}</c> without a sign-in. Since 1.1.</summary>
public interface ISupportsWebhooks
{
    /// <summary>
    /// Proves who sent it and reads it. Must answer at once and without I/O; the call may be forged, replayed, out of order, or garbage.
    /// The host drops signs whose <see cref="MeetingSign.Id"/> it has seen.
    /// </summary>
    WebhookReply Receive(WebhookCall call);
}

/// <summary>A request of the tool's, as it came. Since 1.1.</summary>
/// <param name="Method">In upper case: <c>GET</c> or <c>POST</c>.</param>
/// <param name="Query">Without the question mark, still encoded; empty when there is none.</param>
/// <param name="Headers">Compared without case; several of one name are joined by a comma.</param>
/// <param name="Body">The raw bytes, at most 1 MB.</param>
public sealed record WebhookCall(string Method, string Query, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>The name alone: what it holds belongs in no log.</summary>
    public override string ToString() => nameof(WebhookCall);
}

/// <summary>What the tool is answered. Since 1.1.</summary>
/// <param name="Status">An HTTP status: 401 for what is not proven, 400 for what cannot be read.</param>
/// <param name="Json">The body, or null for none.</param>
public sealed record WebhookReply(int Status, string? Json = null)
{
    /// <summary>What the call says of meetings; ignored unless the status is a success.</summary>
    public IReadOnlyList<MeetingSign> Signs { get; init; } = [];
}

/// <summary>Something that happened in a meeting, as the tool tells it. Since 1.1.</summary>
/// <param name="Id">The same however often the tool tells it; at most 200 characters.</param>
/// <param name="Kind">What happened.</param>
/// <param name="MeetingKey">The <see cref="MeetingHandle.Key"/> of the meeting.</param>
/// <param name="At">When it happened, UTC, by the tool's clock.</param>
public sealed record MeetingSign(string Id, MeetingSignKind Kind, string MeetingKey, DateTimeOffset At)
{
    /// <summary>The <see cref="JoinParticipant.Id"/> where the tool was given it; null when it cannot say who it was.</summary>
    public Guid? Participant { get; init; }

    /// <summary>The email address that the tool has proven, not one that somebody typed; null when none.</summary>
    public string? Email { get; init; }

    /// <summary>What was recorded; for <see cref="MeetingSignKind.Recorded"/>, and null for all others.</summary>
    public MeetingRecording? Recording { get; init; }

    /// <summary>The name alone: what it holds belongs in no log.</summary>
    public override string ToString() => nameof(MeetingSign);
}

/// <summary>A recording that the tool keeps for a while. The host fetches it, and shows it to those who were there. Since 1.1.</summary>
/// <param name="Link">An https address of the file itself that needs no sign-in; a secret.</param>
/// <param name="Until">When the link ends, UTC.</param>
public sealed record MeetingRecording(Uri Link, DateTimeOffset Until)
{
    /// <summary>When it begins, UTC; null where the tool does not say.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>Null where the tool does not say.</summary>
    public TimeSpan? Length { get; init; }

    /// <summary>The name alone: what it holds belongs in no log.</summary>
    public override string ToString() => nameof(MeetingRecording);
}

/// <summary>Kinds of signs. Since 1.1.</summary>
public enum MeetingSignKind
{
    /// <summary>The meeting began.</summary>
    Started,

    /// <summary>The meeting ended.</summary>
    Ended,

    /// <summary>Somebody came in.</summary>
    Joined,

    /// <summary>Somebody went out.</summary>
    Left,

    /// <summary>A recording can be fetched.</summary>
    Recorded,
}
