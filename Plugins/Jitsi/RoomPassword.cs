using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Plugins.Jitsi;

/// <summary>
/// A room's password, of digits, so that it can be dialled as well. It is worked out from the room and the server's secret, so that it
/// need not be stored, and nobody without the secret can do the same.
/// </summary>
internal static class RoomPassword
{
    private const ulong Most = 10_000_000_000; // ten digits

    public static string Of(byte[] secret, string room)
    {
        var hash = HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes("room-password:" + room));
        return (BitConverter.ToUInt64(hash) % Most).ToString("D10", CultureInfo.InvariantCulture);
    }
}
