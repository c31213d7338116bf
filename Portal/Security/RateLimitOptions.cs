using System.ComponentModel.DataAnnotations;

namespace Portal.Security;

public sealed class RateLimitOptions
{
    public const string Section = "RateLimits";

    public bool Enabled { get; set; } = true;

    [Range(1, 100_000)]
    public int SignInPerMinute { get; set; } = 10;

    [Range(1, 100_000)]
    public int JoinPerMinute { get; set; } = 60;

    /// <summary>Of all join links together: a school's pupils wait behind one address.</summary>
    [Range(1, 100_000)]
    public int JoinPerAddressPerMinute { get; set; } = 600;

    /// <summary>What costs something, anybody may read and monitoring asks for.</summary>
    [Range(1, 100_000)]
    public int OpenPerMinute { get; set; } = 120;

    [Range(1, 100_000)]
    public int TokensPerMinute { get; set; } = 20;

    [Range(1, 100_000)]
    public int BookingPerMinute { get; set; } = 20;
}
