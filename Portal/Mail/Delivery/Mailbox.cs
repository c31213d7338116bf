using Microsoft.EntityFrameworkCore;

namespace Portal.Mail.Delivery;

/// <summary>
/// One mailbox has many addresses: what stands behind a plus is a tag, and Gmail reads over dots. Whatever is counted for a reader is
/// counted for the mailbox; mails go to the address as it was written.
/// </summary>
public static class Mailbox
{
    private static readonly string[] WithoutDots = ["@gmail.com", "@googlemail.com"];

    /// <summary>In lower case, and the same for all of its addresses.</summary>
    public static string Of(string address)
    {
        var written = SuppressedAddress.Written(address);
        var at = written.LastIndexOf('@');
        if (at < 1)
            return written;
        var (name, host) = (written[..at], written[at..]);
        var plus = name.IndexOf('+');
        name = plus > 0 ? name[..plus] : name;
        return (WithoutDots.Contains(host) ? name.Replace(".", "") : name) + host;
    }

    /// <summary>How many of the addresses lead to the mailbox.</summary>
    public static async Task<int> CountAsync(IQueryable<string> addresses, string mailbox, CancellationToken cancellationToken)
    {
        var (first, host) = (mailbox[..1], mailbox[mailbox.LastIndexOf('@')..]);
        var near = await addresses.Where(a => a.ToLower().StartsWith(first) && a.ToLower().EndsWith(host)).ToListAsync(cancellationToken);
        return near.Count(address => Of(address) == mailbox);
    }
}
