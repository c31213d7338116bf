namespace Portal.Data;

/// <summary>How far a job has come, for whoever runs it next.</summary>
public class JobCheckpoint
{
    public string Name { get; set; } = "";
    public DateTimeOffset ReachedUtc { get; set; }

    /// <summary>Of what the job has dealt with, where that has versions.</summary>
    public string? Version { get; set; }
}
