namespace Portal.Sessions.Recordings;

/// <summary>
/// A recording of a session: an address that the mentor gave, or a file in the store. After it was deleted or has expired its row says
/// when; nothing else is left.
/// </summary>
public class Recording
{
    public const int MaxLink = 2000;

    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid SessionId { get; set; }

    /// <summary>What it is where it comes from: told or sent twice, it is there once.</summary>
    public string SourceId { get; set; } = "";

    /// <summary>An https address, of one that the mentor keeps elsewhere.</summary>
    public string? Link { get; set; }

    /// <summary>In the store; null while it is fetched, and for a link.</summary>
    public string? BlobKey { get; set; }
    public string ContentType { get; set; } = "";
    public long Size { get; set; }

    /// <summary>Null where nobody said.</summary>
    public DateTimeOffset? StartUtc { get; set; }
    public int? LengthSeconds { get; set; }
    public DateTimeOffset AddedUtc { get; set; }

    /// <summary>Of a link; null for what came by itself, and for somebody who has left the portal.</summary>
    public Guid? AddedBy { get; set; }

    /// <summary>Null: for ever.</summary>
    public DateTimeOffset? ExpiresUtc { get; set; }
    public DateTimeOffset? RemovedUtc { get; set; }

    /// <summary>Where the tool keeps it for a while, protected: whoever has the address has the recording.</summary>
    public string? FetchFrom { get; set; }
    public DateTimeOffset? FetchUntilUtc { get; set; }

    /// <summary>When it is fetched next; null when that is done, or given up.</summary>
    public DateTimeOffset? FetchDueUtc { get; set; }

    /// <summary>It can be watched, as far as the recording itself goes.</summary>
    public bool IsThere => RemovedUtc is null && (Link is not null || BlobKey is not null);

    public bool IsComing => RemovedUtc is null && FetchDueUtc is not null;

    /// <summary>The tool had it, and it could not be fetched in time.</summary>
    public bool IsLost => RemovedUtc is null && !IsThere && !IsComing;
}
