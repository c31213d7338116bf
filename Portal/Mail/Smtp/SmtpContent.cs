using System.Buffers;
using System.Text;

namespace Portal.Mail.Smtp;

/// <summary>A message as it goes over the wire: a line that begins with a dot gets another one, and a lone dot ends it (RFC 5321 §4.5.2).</summary>
internal sealed class SmtpContent : IDisposable
{
    private byte[]? _rented;

    private SmtpContent(byte[] rented, int length) => (_rented, Bytes) = (rented, rented.AsMemory(0, length));

    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>
    /// Why it must not be sent as it is. A line that ends in CR or LF alone is read by some servers as the end of a line and by
    /// others not: one mail can then be made to hold a second one.
    /// </summary>
    public static string? Problem(ReadOnlySpan<byte> message)
    {
        if (message.Contains((byte)0))
            return "The message holds a NUL.";
        var rest = message;
        while (rest.IndexOfAny((byte)'\r', (byte)'\n') is >= 0 and var at)
        {
            if (rest[at] == '\n' || at + 1 == rest.Length || rest[at + 1] != '\n')
                return "The message holds a line that does not end in CRLF.";
            rest = rest[(at + 2)..];
        }
        return null;
    }

    public static bool HasEightBitHeaders(ReadOnlySpan<byte> message)
    {
        var end = message.IndexOf("\r\n\r\n"u8);
        return !Ascii.IsValid(end < 0 ? message : message[..end]);
    }

    public static SmtpContent Of(ReadOnlySpan<byte> message)
    {
        var rented = ArrayPool<byte>.Shared.Rent(message.Length + message.Count("\r\n."u8) + 6);
        var length = 0;
        if (message.StartsWith("."u8))
            rented[length++] = (byte)'.';
        var rest = message;
        while (rest.IndexOf("\r\n."u8) is >= 0 and var at)
        {
            rest[..(at + 3)].CopyTo(rented.AsSpan(length));
            length += at + 3;
            rented[length++] = (byte)'.';
            rest = rest[(at + 3)..];
        }
        rest.CopyTo(rented.AsSpan(length));
        length += rest.Length;
        var end = message.Length == 0 || message.EndsWith("\r\n"u8) ? ".\r\n"u8 : "\r\n.\r\n"u8;
        end.CopyTo(rented.AsSpan(length));
        return new(rented, length + end.Length);
    }

    public void Dispose()
    {
        if (_rented is not null)
            ArrayPool<byte>.Shared.Return(_rented);
        _rented = null;
    }
}
