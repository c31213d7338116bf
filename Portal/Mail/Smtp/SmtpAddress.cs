using System.Text;
using Portal.Mail.Mime;

namespace Portal.Mail.Smtp;

/// <summary>An address as it stands in MAIL and RCPT.</summary>
internal static class SmtpAddress
{
    /// <summary>Null is nowhere: a mail whose refusal nobody wants to hear of.</summary>
    public static string? TryWrite(string? address, bool utf8, out string problem)
    {
        problem = "";
        if (address is null)
            return "<>";
        try
        {
            var written = HeaderText.Address(address);
            if (!utf8 && !Ascii.IsValid(written))
            {
                problem = "The server cannot take an address with letters outside ASCII before the @ (it offers no SMTPUTF8).";
                return null;
            }
            return $"<{written}>";
        }
        catch (MimeException)
        {
            problem = "This is not a mail address.";
            return null;
        }
    }

    public static bool NeedsUtf8(string? address) => address is not null && !Ascii.IsValid(address.AsSpan(0, Math.Max(0, address.IndexOf('@'))));
}
