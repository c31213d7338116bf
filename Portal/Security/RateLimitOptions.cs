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

    /// <summary>What anybody may read and costs something: the mentors and their times, and what monitoring asks for.</summary>
    [Range(1, 100_000)]
    public int OpenPerMinute { get; set; } = 120;

    /// <summary>What one person's room pages tell: twice a minute each, and whenever something changes.</summary>
    [Range(1, 100_000)]
    public int RoomPerMinute { get; set; } = 60;

    /// <summary>Of one network: a tool tells of all meetings from a few addresses.</summary>
    [Range(1, 100_000)]
    public int WebhooksPerMinute { get; set; } = 1200;

    [Range(1, 100_000)]
    public int TokensPerMinute { get; set; } = 20;

    [Range(1, 100_000)]
    public int BookingPerMinute { get; set; } = 20;

    /// <summary>A page saves every two seconds while somebody types.</summary>
    [Range(1, 100_000)]
    public int NotesPerMinute { get; set; } = 120;
}
