using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Portal.People.SignIn;

namespace Portal.Security;

/// <summary>
/// Doors are counted by link and address, for a whole school may wait behind one address; and by the address alone, more generously, for
/// somebody might try one link after the other.
/// </summary>
internal static class JoinLimit
{
    /// <summary>Which link a request is about, but not the link itself, which is a secret; null where it is about none.</summary>
    public static string? LinkOf(HttpContext http) =>
        (http.GetRouteValue("ticket") ?? http.GetRouteValue("pass")) is string link
            ? ":" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(link)), 0, 8) : null;

    public static PartitionedRateLimiter<HttpContext> ForAddresses() => PartitionedRateLimiter.Create<HttpContext, string>(http =>
    {
        var options = http.RequestServices.GetRequiredService<IOptions<RateLimitOptions>>().Value;
        if (!options.Enabled || LinkOf(http) is null)
            return RateLimitPartition.GetNoLimiter("");
        var address = ClientNetwork.Of(http.Connection.RemoteIpAddress);
        return RateLimitPartition.GetSlidingWindowLimiter(address, _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = options.JoinPerAddressPerMinute,
            Window = TimeSpan.FromMinutes(1),
            SegmentsPerWindow = 6,
            QueueLimit = 0,
        });
    });
}
