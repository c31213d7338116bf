using System.Net;
using System.Net.Sockets;

namespace Portal.People.SignIn;

/// <summary>
/// Where a request comes from, as far as limits and records need to know it. One subscriber has one IPv4 address, or all of a /64 of
/// IPv6: an address of those alone would be no limit.
/// </summary>
public static class ClientNetwork
{
    public const string Unknown = "unknown";

    private const int Subscriber = 64 / 8;
    private const int Site = 48 / 8;
    private const int Neighbourhood = 24 / 8;

    /// <summary>For limits.</summary>
    public static string Of(IPAddress? address) => Plain(address) switch
    {
        null => Unknown,
        { AddressFamily: AddressFamily.InterNetworkV6 } six => Cut(six, Subscriber),
        var four => four.ToString(),
    };

    /// <summary>For records that are kept: a /24 or a /48, in which nobody stands alone.</summary>
    public static string Coarse(IPAddress? address) => Plain(address) switch
    {
        null => Unknown,
        { AddressFamily: AddressFamily.InterNetworkV6 } six => Cut(six, Site),
        var four => Cut(four, Neighbourhood),
    };

    /// <summary>The same machine may come as 192.0.2.1 and as ::ffff:192.0.2.1.</summary>
    private static IPAddress? Plain(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;

    private static string Cut(IPAddress address, int kept)
    {
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(kept).Clear();
        return $"{new IPAddress(bytes)}/{kept * 8}";
    }
}
