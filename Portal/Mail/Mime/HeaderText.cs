using System.Globalization;
using System.Text;
using Localization;
using MimeKit;
using MimeKit.Encodings;

namespace Portal.Mail.Mime;

/// <summary>What may stand in a header. MimeKit folds and encodes; it does not refuse what only looks harmless.</summary>
public static class HeaderText
{
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    // For the whole process: MimeKit's own mapping turns xn-- back into letters, and lets signs through that become < or @.
    static HeaderText() => MailboxAddress.IdnMapping = new DomainAsItIs();

    /// <summary>A name and an address, with its domain by IDNA.</summary>
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
            // Said below.
        }
        throw new MimeException(Said.Of(nameof(SaidText.HeaderAddress)));
    }

    /// <summary>
    /// An address with its domain by IDNA, which every server understands: letters outside ASCII are left only before the @ (RFC 6531).
    /// </summary>
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
            throw new MimeException(Said.Of(nameof(SaidText.HeaderDomain)));
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
            throw new MimeException(Said.Of(nameof(SaidText.HeaderAddress)));
    }

    /// <summary>
    /// A name or a subject that cannot rewrite the line it stands in: control characters become spaces, marks that turn the direction
    /// of what follows are dropped, and what a reader would decode (RFC 2047) is broken, as MimeKit leaves it as it stands.
    /// </summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) // a lone surrogate becomes U+FFFD
        {
            if (Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029)
                clean.Append(' ');
            else if (!IsDirectionMark(rune.Value))
                clean.Append(rune);
        }
        return string.Join(' ', clean.Replace("=?", "= ?").ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static bool IsDirectionMark(int c) => c is >= 0x202A and <= 0x202E or >= 0x2066 and <= 0x2069;

    private static bool IsFormat(char c) => CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format;

    /// <summary>Domains are by IDNA before MimeKit sees them.</summary>
    private sealed class DomainAsItIs : IPunycode
    {
        public string Encode(string domain) => domain;

        public string Encode(string domain, int index) => domain[index..];

        public string Encode(string domain, int index, int count) => domain.Substring(index, count);

        public string Decode(string domain) => domain;

        public string Decode(string domain, int index) => domain[index..];

        public string Decode(string domain, int index, int count) => domain.Substring(index, count);
    }
}

/// <summary>Something that cannot be written as a mail. The message holds no personal data.</summary>
public sealed class MimeException(string message) : Exception(message);
