namespace Portal.Sessions.Recordings;

/// <summary>
/// What somebody said about being recorded, and what they had read. Nothing is changed afterwards: another answer is another row.
/// </summary>
public class RecordingConsent
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid SessionId { get; set; }
    public Guid ParticipantId { get; set; }
    public RecordingAnswer Answer { get; set; }

    /// <summary>The very words that were answered.</summary>
    public string Wording { get; set; } = "";

    /// <summary>Of the words.</summary>
    public string Language { get; set; } = "";
    public DateTimeOffset AtUtc { get; set; }
}

public enum RecordingAnswer
{
    /// <summary>Agrees to being recorded.</summary>
    Yes,

    /// <summary>Takes part all the same.</summary>
    No,
}
