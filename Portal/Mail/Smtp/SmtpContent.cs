using System.Text;
using Localization;
using MimeKit;

namespace Portal.Mail.Smtp;

/// <summary>What a message may hold, and how long it is when each line that begins with a dot has another one (RFC 5321 §4.5.2).</summary>
internal static class SmtpContent
{
    private static readonly FormatOptions AsMailKit = new() { NewLineFormat = NewLineFormat.Dos, EnsureNewLine = true };

    /// <summary>
    /// Why it must not be sent as it is. A line that ends in CR or LF alone is read by some servers as the end of a line and by
    /// others not: one mail can then be made to hold a second one.
    /// </summary>
    public static string? Problem(ReadOnlySpan<byte> message)
    {
        if (message.Contains((byte)0))
            return Said.Of(nameof(SaidText.HoldsNul));
        var rest = message;
        while (rest.IndexOfAny((byte)'\r', (byte)'\n') is >= 0 and var at)
        {
            if (rest[at] == '\n' || at + 1 == rest.Length || rest[at + 1] != '\n')
                return Said.Of(nameof(SaidText.BadLineEnd));
            rest = rest[(at + 2)..];
        }
        // Ours is Base64. The library would announce 8-bit text by what a part's header says of it, not by what is in it.
        return Ascii.IsValid(message[HeadLength(message)..]) ? null : "The message's body holds 8-bit text.";
    }

    /// <returns>Null when MimeKit would write it otherwise, which would break its signature, and the count of what is handed
    /// over.</returns>
    public static MimeMessage? TryRead(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var message = MimeMessage.Load(new MemoryStream(bytes.ToArray(), writable: false), persistent: true);
            using var written = new MemoryStream(bytes.Length + 2);
            message.WriteTo(AsMailKit, written);
            var wanted = bytes.Span.EndsWith("\r\n"u8) ? bytes.Length : bytes.Length + 2;
            return written.Length == wanted && written.GetBuffer().AsSpan(0, bytes.Length).SequenceEqual(bytes.Span) ? message : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    public static bool HasEightBitHead(ReadOnlySpan<byte> message) => !Ascii.IsValid(message[..HeadLength(message)]);

    /// <summary>With the dots that are doubled, without the one that ends it.</summary>
    public static int WireLength(ReadOnlySpan<byte> message) =>
        message.Length + message.Count("\r\n."u8) + (message.StartsWith("."u8) ? 1 : 0);

    private static int HeadLength(ReadOnlySpan<byte> message) => message.IndexOf("\r\n\r\n"u8) is >= 0 and var end ? end : message.Length;
}
