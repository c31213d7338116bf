using System.Globalization;
using System.Text;
using MimeKit;
using MimeKit.Encodings;

namespace Portal.Mail.Mime;

/// <summary>Text as it may stand in a header (RFC 5322 §2.2, RFC 2047). Lines are folded; nothing here lets a line break in.</summary>
public static class HeaderText
{
    private const int LineLength = 76;

    private const int WordLength = 75;

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    // For the whole process: MimeKit's own mapping turns xn-- back into letters, and lets signs through that become < or @.
    static HeaderText() => MailboxAddress.IdnMapping = new DomainAsItIs();

    /// <summary>A mailbox, with its domain by IDNA.</summary>
    public static MailboxAddress Mailbox(string displayName, string address)
    {
        address = Address(address);
        try
        {
            var mailbox = new MailboxAddress(Clean(displayName), address);
            if (mailbox.Address == address)
                return mailbox;
        }
        catch (ParseException)
        {
        }
        throw new MimeException("The address cannot stand in a mail's header.");
    }

    /// <summary>A subject or another header that is free text.</summary>
    public static string Unstructured(string name, string text)
    {
        text = Clean(text);
        return IsPlain(text) && name.Length + 2 + text.Length <= LineLength ? $"{name}: {text}" : $"{name}: {EncodedWords(text, name.Length + 2)}";
    }

    /// <summary>A mailbox: "display name" &lt;address&gt;.</summary>
    public static string Mailbox(string name, string displayName, string address)
    {
        displayName = Clean(displayName);
        address = Address(address);
        if (displayName.Length == 0)
            return $"{name}: <{address}>";
        var phrase = IsPlain(displayName) && displayName.Length <= 60
            ? $"\"{displayName.Replace("\\", "\\\\").Replace("\"", "\\\"")}\""
            : EncodedWords(displayName, name.Length + 2);
        return $"{name}: {phrase}\r\n <{address}>";
    }

    /// <summary>An address with its domain by IDNA, which every server understands: letters outside ASCII are left only before the @ (RFC 6531).</summary>
    public static string Address(string address)
    {
        CheckAddress(address);
        var at = address.IndexOf('@');
        var domain = address[(at + 1)..];
        if (Ascii.IsValid(domain))
            return address;
        try
        {
            address = address[..(at + 1)] + Idn.GetAscii(domain);
        }
        catch (ArgumentException)
        {
            throw new MimeException("The address has a domain that cannot be.");
        }
        CheckAddress(address);
        return address;
    }

    /// <summary>
    /// An address that goes into a header and into an envelope. Stricter than the RFC: no quoted local parts, no
    /// comments, nothing that could be read as a second address.
    /// </summary>
    public static void CheckAddress(string address)
    {
        var at = address.IndexOf('@');
        var odd = address.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || "<>(),;:\\\"[]".Contains(c) || IsFormat(c));
        if (odd || at <= 0 || at != address.LastIndexOf('@') || at == address.Length - 1 || address.Length > 254)
            throw new MimeException("The address cannot stand in a mail's header.");
    }

    /// <summary>Control characters become spaces, and marks that turn the direction of what follows are dropped: a name must not rewrite the line it stands in.</summary>
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) // a lone surrogate becomes U+FFFD
        {
            if (Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029)
                clean.Append(' ');
            else if (!IsDirectionMark(rune.Value))
                clean.Append(rune);
        }
        return string.Join(' ', clean.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <param name="used">How much of the first line the header's name takes.</param>
    private static string EncodedWords(string text, int used)
    {
        var words = new List<string>();
        var bytes = new List<byte>(WordLength);
        var room = BytesIn(LineLength - used);
        Span<byte> one = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            var length = rune.EncodeToUtf8(one);
            if (bytes.Count + length > room)
                Flush();
            bytes.AddRange(one[..length]);
        }
        Flush();
        return string.Join("\r\n ", words);

        void Flush()
        {
            words.Add($"=?utf-8?B?{Convert.ToBase64String(bytes.ToArray())}?=");
            bytes.Clear();
            room = BytesIn(WordLength);
        }

        // 12 characters are the frame "=?utf-8?B??="; Base64 makes 4 characters of 3 bytes.
        static int BytesIn(int characters) => (Math.Min(characters, WordLength) - 12) / 4 * 3;
    }

    private static bool IsPlain(string text) => text.All(c => c is >= ' ' and <= '~') && !text.Contains("=?", StringComparison.Ordinal);

    private static bool IsDirectionMark(int c) => c is >= 0x202A and <= 0x202E or >= 0x2066 and <= 0x2069;

    private static bool IsFormat(char c) => CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format;
}

/// <summary>Domains are by IDNA already.</summary>
internal sealed class DomainAsItIs : IPunycode
{
    public string Encode(string domain) => domain;

    public string Encode(string domain, int index) => domain[index..];

    public string Encode(string domain, int index, int count) => domain.Substring(index, count);

    public string Decode(string domain) => domain;

    public string Decode(string domain, int index) => domain[index..];

    public string Decode(string domain, int index, int count) => domain.Substring(index, count);
}

/// <summary>Something that cannot be written as a mail. The message holds no personal data.</summary>
public sealed class MimeException(string message) : Exception(message);
