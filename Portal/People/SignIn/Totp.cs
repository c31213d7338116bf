using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Portal.People.SignIn;

/// <summary>
/// The six digits of an authenticator app (RFC 6238: SHA-1, half a minute). Not Identity's, which does not tell which
/// half minute a code was of, so that a code that was looked over somebody's shoulder would be good a second time.
/// </summary>
public static class Totp
{
    public const int KeyLength = 20;
    public const int Digits = 6;

    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static long StepAt(DateTimeOffset time) => time.ToUnixTimeSeconds() / 30;

    public static string CodeAt(ReadOnlySpan<byte> key, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        HMACSHA1.HashData(key, counter, hash);
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xF)..]) & 0x7FFFFFFF;
        return (number % 1_000_000).ToString("D6", System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// The step that the code is of: this half minute, or the one before, for typing takes time. Null for a wrong code, and for one
    /// that was shown first more than a minute ago.
    /// </summary>
    public static long? StepOf(byte[] key, string code, DateTimeOffset now)
    {
        for (var step = StepAt(now); step >= StepAt(now) - 1; step--)
        {
            if (CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(CodeAt(key, step)),
                System.Text.Encoding.UTF8.GetBytes(code)))
                return step;
        }
        return null;
    }

    /// <summary>As apps read it, and people type it.</summary>
    public static string Text(byte[] key)
    {
        var text = new System.Text.StringBuilder();
        int bits = 0, held = 0;
        foreach (var b in key)
        {
            bits = (bits << 8) | b;
            for (held += 8; held >= 5; held -= 5)
                text.Append(Base32[(bits >> (held - 5)) & 31]);
            bits &= (1 << held) - 1;
        }
        return text.ToString();
    }
}
