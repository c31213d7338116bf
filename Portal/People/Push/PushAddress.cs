using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Portal.People.Push;

/// <summary>What a browser hands over to be written to.</summary>
/// <param name="Endpoint">At the browser maker's push service.</param>
/// <param name="Key">The browser's public key (p256dh).</param>
/// <param name="Auth">Its secret.</param>
public sealed record PushAddress(string Endpoint, string Key, string Auth)
{
    private const int MaxEndpoint = 1000;

    /// <summary>
    /// Null for anything that no browser says. The endpoint is the caller's word: only https at its own port and by a name; whether that
    /// leads to a public network is judged when it is connected to.
    /// </summary>
    public static PushAddress? Of(string? endpoint, string? key, string? auth) =>
        endpoint is { Length: <= MaxEndpoint } && Uri.TryCreate(endpoint, UriKind.Absolute, out var uri)
        && uri is { Scheme: "https", IsDefaultPort: true, UserInfo: "", Fragment: "", HostNameType: UriHostNameType.Dns }
        && uri.Host.Contains('.') && !IPAddress.TryParse(uri.Host, out _)
        && IsOf(key, 65) && IsOf(auth, 16) ? new(uri.AbsoluteUri, key!, auth!) : null;

    public byte[] Mark => SHA256.HashData(Encoding.UTF8.GetBytes(Endpoint));

    private static bool IsOf(string? text, int bytes) => text is { Length: > 0 and < 200 }
        && Base64Url.IsValid(text.TrimEnd('='), out var length) && length == bytes;
}
