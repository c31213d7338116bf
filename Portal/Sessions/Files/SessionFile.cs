namespace Portal.Sessions.Files;

/// <summary>A file that somebody shared with the people of a session. Its bytes lie in the store.</summary>
public class SessionFile
{
    public const int MaxName = 120;

    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid SessionId { get; set; }

    /// <summary>As its readers see it and save it (<see cref="FileName"/>).</summary>
    public string Name { get; set; } = "";
    public string ContentType { get; set; } = "";
    public long Size { get; set; }

    /// <summary>SHA-256 in hex.</summary>
    public string Fingerprint { get; set; } = "";

    /// <summary>In the store.</summary>
    public string BlobKey { get; set; } = "";

    /// <summary>Null for somebody who has left the portal.</summary>
    public Guid? AddedBy { get; set; }
    public DateTimeOffset AddedUtc { get; set; }
}
