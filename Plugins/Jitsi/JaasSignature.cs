using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Providers;

namespace Plugins.Jitsi;

/// <summary>HMAC-SHA256 over the time and the raw body, as base64; several may stand there while the secret changes.</summary>
internal static class JaasSignature
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);

    public static bool Proves(string secret, WebhookCall call, DateTimeOffset now)
    {
        if (!call.Headers.TryGetValue("X-Jaas-Signature", out var header) || header.Length > 2000)
            return false;
        // Base64 ends in the sign that parts names from values.
        var parts = header.Split(',').Select(p => p.Trim().Split('=', 2)).Where(p => p.Length == 2).ToList();
        if (parts.Find(p => p[0] == "t") is not [_, var time]
            || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(now.ToUnixTimeSeconds() - seconds) > MaxAge.TotalSeconds)
            return false;
        byte[] message = [.. Encoding.UTF8.GetBytes(time + "."), .. call.Body.Span];
        var expected = Encoding.ASCII.GetBytes(Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), message)));
        return parts.Any(p => p[0] == "v1" && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(p[1]), expected));
    }
}
