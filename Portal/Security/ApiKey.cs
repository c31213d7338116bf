namespace Portal.Security;

/// <summary>What a program may do with its key.</summary>
public enum ApiKeyScope
{
    /// <summary>Read, and change nothing.</summary>
    Read,

    /// <summary>Whatever the API offers to programs.</summary>
    Act,

    /// <summary>Nothing but /metrics.</summary>
    Metrics,
}

/// <summary>A program's key. Only its hash is stored.</summary>
public class ApiKey
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public string Name { get; set; } = "";

    /// <summary>SHA-256 of the key: the key itself is 256 random bits, so nothing slower is needed.</summary>
    public byte[] Hash { get; set; } = [];
    public ApiKeyScope Scope { get; set; }
    public DateTimeOffset CreatedUtc { get; set; }

    /// <summary>From then on it opens nothing.</summary>
    public DateTimeOffset ExpiresUtc { get; set; }

    /// <summary>Noted once a minute at most.</summary>
    public DateTimeOffset? LastUsedUtc { get; set; }
    public DateTimeOffset? RevokedUtc { get; set; }

    /// <summary>Pure: whether this key is good for a request.</summary>
    public static bool Covers(ApiKeyScope scope, string method, string path) => scope switch
    {
        ApiKeyScope.Act => true,
        ApiKeyScope.Metrics => path == "/metrics",
        _ => method is "GET" or "HEAD",
    };
}
