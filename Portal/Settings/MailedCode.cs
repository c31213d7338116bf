using System.Buffers.Text;

namespace Portal.Settings;

/// <summary>
/// How bytes stand in a link that is mailed: base64url, but never with - or _ at its end, which mail programs take for the end of the
/// sentence and leave out of the link.
/// </summary>
public static class MailedCode
{
    /// <summary>
    /// Only a whole number of three bytes can end so; one character more than that is the length of no base64, which tells it apart.
    /// </summary>
    private const char End = '0';

    public static string Write(ReadOnlySpan<byte> bytes) =>
        Base64Url.EncodeToString(bytes) is { Length: > 0 } text && text.Length % 4 == 0 ? text + End : Base64Url.EncodeToString(bytes);

    /// <summary>Null for what was never written here: blanks and spare bits would give one code many spellings.</summary>
    public static byte[]? Read(string text)
    {
        var plain = text.AsSpan(0, text.Length % 4 == 1 ? text.Length - 1 : text.Length);
        return Base64Url.IsValid(plain) && Base64Url.DecodeFromChars(plain) is var bytes && Write(bytes) == text ? bytes : null;
    }
}
