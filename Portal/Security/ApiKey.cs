namespace Portal.Security;

/// <summary>A program's key. Only its hash is stored.</summary>
public class ApiKey
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public string Name { get; set; } = "";

    /// <summary>SHA-256 of the key: the key itself is 256 random bits, so nothing slower is needed.</summary>
    public byte[] Hash { get; set; } = [];
    public DateTimeOffset CreatedUtc { get; set; }
    public DateTimeOffset? RevokedUtc { get; set; }
}
