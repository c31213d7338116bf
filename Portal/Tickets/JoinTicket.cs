using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Portal.Tickets;

/// <summary>
/// What a mailed join link carries: who, and which version of that person's link. It holds no time and no room, so it
/// survives every change of either, and it can be made again for each reminder. A forgery is refused without a query.
/// </summary>
public readonly record struct JoinTicket(byte KeyId, Guid ParticipantId, short LinkVersion)
{
    private const int BodyLength = 1 + 16 + 2;

    public string Write(ReadOnlySpan<byte> key)
    {
        Span<byte> body = stackalloc byte[BodyLength];
        body[0] = KeyId;
        ParticipantId.TryWriteBytes(body[1..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt16BigEndian(body[17..], LinkVersion);
        return SignedText.Write("join", body, key);
    }

    /// <summary>Reads without checking the signature: the key is known only after that.</summary>
    public static bool TryRead(string? text, out JoinTicket ticket)
    {
        ticket = default;
        if (!SignedText.TryRead(text, BodyLength, out var body))
            return false;
        ticket = new(body[0], new Guid(body.AsSpan(1, 16), bigEndian: true), BinaryPrimitives.ReadInt16BigEndian(body.AsSpan(17)));
        return true;
    }
}

/// <summary>base64url(body) "." base64url(first 16 bytes of HMAC-SHA256 over purpose and body).</summary>
internal static class SignedText
{
    private const int MacLength = 16;

    public static string Write(string purpose, ReadOnlySpan<byte> body, ReadOnlySpan<byte> key) =>
        $"{Base64Url.EncodeToString(body)}.{Base64Url.EncodeToString(Mac(purpose, body, key))}";

    public static bool TryRead(string? text, int bodyLength, out byte[] body)
    {
        body = [];
        var dot = text?.IndexOf('.') ?? -1;
        if (text is null || dot != Base64Url.GetEncodedLength(bodyLength) || text.Length != dot + 1 + Base64Url.GetEncodedLength(MacLength))
            return false;
        body = new byte[bodyLength];
        // The Try… form of the decoder throws at a character that is none of its alphabet.
        return Base64Url.DecodeFromChars(text.AsSpan(0, dot), body, out _, out var written) == OperationStatus.Done
            && written == bodyLength;
    }

    /// <summary>
    /// Compares what we would have written: a decoder that forgives white space or spare bits would give one ticket many spellings.
    /// </summary>
    public static bool IsSame(string written, string text) =>
        CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(written.AsSpan()), MemoryMarshal.AsBytes(text.AsSpan()));

    private static byte[] Mac(string purpose, ReadOnlySpan<byte> body, ReadOnlySpan<byte> key)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(System.Text.Encoding.ASCII.GetBytes(purpose));
        hmac.AppendData([0]);
        hmac.AppendData(body);
        return hmac.GetHashAndReset()[..MacLength];
    }
}
