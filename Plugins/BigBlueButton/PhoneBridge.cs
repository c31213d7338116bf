using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Providers;

namespace Plugins.BigBlueButton;

/// <summary>Joining by phone: a number of the server's, and a PIN that is known before the meeting is there.</summary>
internal static partial class PhoneBridge
{
    /// <summary>What the server's settings hold until somebody changes them; nobody answers there.</summary>
    private const string Placeholder = "613-555-1234";

    [GeneratedRegex(@"^\+?[0-9][0-9 ()-]{4,28}\z")]
    private static partial Regex Shape { get; }

    public static bool IsNumber(string text) => Shape.IsMatch(text);

    /// <summary>Five digits, as servers are set up for: the same for every try, and not to be guessed from the session's id.</summary>
    public static string PinOf(string meetingId, string secret)
    {
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes("phone\n" + meetingId));
        return (10_000 + BinaryPrimitives.ReadUInt32BigEndian(hash) % 90_000).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Null where the server has no number.</summary>
    public static DialIn? From(ServerAnswer info) => info["dialNumber"]?.Trim() is { } number && number != Placeholder && IsNumber(number)
        ? new([new(number, null)], info["voiceBridge"]) : null;
}
