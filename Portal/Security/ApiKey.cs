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

    /// <summary>Nothing but what administrators set, secrets among it: no other key reads or changes that.</summary>
    Admin,
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

    /// <summary>Where the API of administrators lies.</summary>
    public const string AdminPath = "/api/v1/admin";

    /// <summary>Pure: whether this key is good for a request.</summary>
    public static bool Covers(ApiKeyScope scope, string method, string path) => scope switch
    {
        ApiKeyScope.Metrics => path == "/metrics",
        ApiKeyScope.Admin => IsAdmin(path),
        _ when IsAdmin(path) => false,
        ApiKeyScope.Act => true,
        _ => method is "GET" or "HEAD",
    };

    private static bool IsAdmin(string path) => new PathString(path).StartsWithSegments(AdminPath, StringComparison.OrdinalIgnoreCase);
}
