using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Mail.Queue;
using Portal.Settings;

namespace Portal.Mail.Delivery;

/// <summary>
/// "Do not write to me again": the link in every mail to a person without an account, whom others ask to sessions. It works for mails
/// of all kinds; whoever makes an account chooses there what is written to them.
/// </summary>
public sealed class UnwantedMail(PortalDbContext db, IDataProtectionProvider protection, PublicAddress address, TimeProvider clock)
{
    /// <summary>Where the link leads; the token comes after it.</summary>
    public const string Path = "mail/none/";

    private const int MaxToken = 1000;
    private readonly IDataProtector _protector = protection.CreateProtector("Portal.Mail.Unwanted");

    public Uri UrlFor(string reader) =>
        address.To(Path + MailedCode.Write(_protector.Protect(Encoding.UTF8.GetBytes(SuppressedAddress.Written(reader)))));

    /// <summary>The address that a link speaks for; null for one that was never given out.</summary>
    public string? Read(string? token)
    {
        if (token is not { Length: < MaxToken } || MailedCode.Read(token) is not { } bytes)
            return null;
        try
        {
            return Encoding.UTF8.GetString(_protector.Unprotect(bytes));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>No more mails, nor those that wait to be sent. Once more changes nothing.</summary>
    public async Task StopAsync(string reader, CancellationToken cancellationToken)
    {
        foreach (var address in new[] { reader, Mailbox.Of(reader) }.Distinct())
        {
            if (await db.SuppressedAddresses.AnyAsync(a => a.IsWish && a.Address == address, cancellationToken))
                continue;
            db.SuppressedAddresses.Add(new() { Address = address, SinceUtc = clock.GetUtcNow(), IsWish = true });
            // Else it was said twice in one moment, or a server has refused the address anyway.
            await db.TrySaveAsync(cancellationToken);
        }
        await db.Outbox.Where(m => m.UserId == null && m.ToAddress.ToLower() == reader && m.State == OutboxState.Waiting
                && m.ClaimedBy == null)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.State, OutboxState.Dropped), cancellationToken);
    }

    /// <param name="readers">As <see cref="SuppressedAddress.Written"/> writes them.</param>
    public Task<bool> AnyAsync(IReadOnlyCollection<string> readers, CancellationToken cancellationToken)
    {
        var all = readers.Concat(readers.Select(Mailbox.Of)).ToList();
        return db.SuppressedAddresses.AnyAsync(a => a.IsWish && all.Contains(a.Address), cancellationToken);
    }
}
