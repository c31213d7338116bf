using System.Text;

namespace Portal.Calendar.Reading;

/// <summary>The text of a calendar from its bytes: lines may be folded in the middle of a letter, so they are unfolded first.</summary>
public static class IcsText
{
    /// <param name="bytes">As they came.</param>
    /// <param name="charset">What the server says they are; null where it says nothing.</param>
    public static string Of(ReadOnlySpan<byte> bytes, string? charset)
    {
        // Marks first: UTF-32's begins as UTF-16's does.
        foreach (var encoding in new Encoding[] { Encoding.UTF8, Encoding.UTF32, Encoding.Unicode, Encoding.BigEndianUnicode })
            if (bytes.StartsWith(encoding.Preamble))
                return Of(bytes[encoding.Preamble.Length..], encoding);
        return Of(bytes, Named(charset) ?? Encoding.UTF8);
    }

    private static string Of(ReadOnlySpan<byte> bytes, Encoding encoding) =>
        encoding is UTF8Encoding ? Utf8(bytes) : encoding.GetString(bytes);

    private static string Utf8(ReadOnlySpan<byte> bytes)
    {
        var unfolded = Unfold(bytes);
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(unfolded);
        }
        catch (DecoderFallbackException)
        {
            // An old program's letters; what says when somebody is busy is ASCII in any case.
            return Encoding.Latin1.GetString(unfolded);
        }
    }

    private static ReadOnlySpan<byte> Unfold(ReadOnlySpan<byte> bytes)
    {
        var kept = new byte[bytes.Length];
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] is not ((byte)'\r' or (byte)'\n'))
            {
                kept[length++] = bytes[i];
                continue;
            }
            var end = i;
            while (end < bytes.Length && bytes[end] is (byte)'\r' or (byte)'\n')
                end++;
            if (end < bytes.Length && bytes[end] is (byte)' ' or (byte)'\t')
                i = end;
            else
            {
                kept[length++] = (byte)'\n';
                i = end - 1;
            }
        }
        return kept.AsSpan(0, length);
    }

    private static Encoding? Named(string? charset)
    {
        try
        {
            return charset?.Trim().Trim('"') is { Length: > 0 } name
                ? CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name) : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
