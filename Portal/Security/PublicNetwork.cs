using System.Net;
using System.Net.Sockets;

namespace Portal.Security;

/// <summary>An address that people typed leads into a network that is not theirs to reach.</summary>
public sealed class InternalAddressException() : IOException("The address is not a public one.");

/// <summary>
/// Connections to addresses that people typed: only to public ones. The connection itself is checked, after the name was
/// looked up: a check before it would be answered by one address and the connection by another.
/// </summary>
public static class PublicNetwork
{
    private static readonly IPNetwork[] NotPublic = [.. new[]
    {
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        // Public by its number, and yet the inside of a cloud: Azure's host agent. And anycast that every network may answer itself.
        "168.63.129.16/32", "192.31.196.0/24", "192.52.193.0/24", "192.175.48.0/24",
        // Everything of IPv6 but 2000::/3, which is what is given out; and what in it carries an IPv4 address or none.
        "::/3", "4000::/2", "8000::/1", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
    }.Select(n => IPNetwork.Parse(n))];

    public static bool IsPublic(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return !NotPublic.Any(n => n.BaseAddress.AddressFamily == plain.AddressFamily && n.Contains(plain));
    }

    /// <summary>Those of https: on others, mail servers, databases and caches take what looks like a request for commands.</summary>
    public static readonly int[] SafePorts = [443, 8443];

    /// <param name="allowed">Which addresses may be connected to.</param>
    /// <param name="ports">On which ports; null: on all.</param>
    public static SocketsHttpHandler Handler(Func<IPAddress, bool> allowed, int[]? ports = null) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false, // a proxy would make the connection instead
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        MaxResponseHeadersLength = 32,
        PooledConnectionLifetime = TimeSpan.FromSeconds(30),
        ConnectCallback = async (context, cancellationToken) =>
        {
            if (ports?.Contains(context.DnsEndPoint.Port) == false)
                throw new InternalAddressException();
            // Numbers as they are: looking up 0.0.0.0 is refused in another way.
            var found = IPAddress.TryParse(context.DnsEndPoint.Host, out var number)
                ? [number] : await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
            var reachable = found.Where(allowed).ToArray();
            if (found.Length > 0 && reachable.Length == 0)
                throw new InternalAddressException();
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(reachable, context.DnsEndPoint.Port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    };
}
