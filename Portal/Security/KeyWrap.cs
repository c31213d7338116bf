using System.Security.Cryptography;

namespace Portal.Security;

/// <summary>AES-256-GCM; base64 of nonce, tag and cipher text.</summary>
internal static class KeyWrap
{
    /// <summary>What it stands in, in a stored key.</summary>
    public const string Element = "wrapped";

    private const int NonceLength = 12;
    private const int TagLength = 16;

    public static string Close(byte[] key, byte[] plain)
    {
        var wrapped = new byte[NonceLength + TagLength + plain.Length];
        RandomNumberGenerator.Fill(wrapped.AsSpan(0, NonceLength));
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(wrapped.AsSpan(0, NonceLength), plain, wrapped.AsSpan(NonceLength + TagLength), wrapped.AsSpan(NonceLength, TagLength));
        return Convert.ToBase64String(wrapped);
    }

    /// <summary>With the first of the keys that fits.</summary>
    public static byte[] Open(IReadOnlyList<byte[]> keys, string text)
    {
        var wrapped = Convert.FromBase64String(text);
        var plain = new byte[wrapped.Length - NonceLength - TagLength];
        for (var i = 0; ; i++)
        {
            try
            {
                using var aes = new AesGcm(keys[i], TagLength);
                aes.Decrypt(wrapped.AsSpan(0, NonceLength), wrapped.AsSpan(NonceLength + TagLength),
                    wrapped.AsSpan(NonceLength, TagLength), plain);
                return plain;
            }
            catch (AuthenticationTagMismatchException) when (i + 1 < keys.Count)
            {
                // Wrapped by another one.
            }
        }
    }
}
