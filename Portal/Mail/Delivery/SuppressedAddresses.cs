using Microsoft.EntityFrameworkCore;
using Portal.AuditTrail;
using Portal.Data;
using Portal.Mail.Admin;

namespace Portal.Mail.Delivery;

/// <summary>The addresses that no mail goes to, for administrators.</summary>
public sealed class SuppressedAddresses(PortalDbContext db, TimeProvider clock)
{
    public const int MaxFound = 200;

    /// <param name="search">Part of an address.</param>
    public Task<List<SuppressedAddress>> SearchAsync(string? search, CancellationToken cancellationToken)
    {
        var addresses = db.SuppressedAddresses.AsNoTracking();
        if (!string.IsNullOrWhiteSpace(search))
        {
            var part = SuppressedAddress.Written(search.Replace("\0", ""));
            addresses = addresses.Where(a => a.Address.Contains(part));
        }
        return addresses.OrderByDescending(a => a.SinceUtc).ThenBy(a => a.Address).Take(MaxFound).ToListAsync(cancellationToken);
    }

    public Task<bool> HasAsync(string address, CancellationToken cancellationToken)
    {
        var written = SuppressedAddress.Written(address);
        return db.SuppressedAddresses.AnyAsync(a => a.Address == written, cancellationToken);
    }

    /// <returns>False when the address is not on the list.</returns>
    public async Task<bool> LiftAsync(string? address, Guid? actor, CancellationToken cancellationToken)
    {
        var written = SuppressedAddress.Written((address ?? "").Replace("\0", ""));
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var mail = await db.SuppressedAddresses.Where(a => a.Address == written).Select(a => new { a.MailId })
            .SingleOrDefaultAsync(cancellationToken);
        if (mail is null || await db.SuppressedAddresses.Where(a => a.Address == written).ExecuteDeleteAsync(cancellationToken) == 0)
            return false;
        // The refused mail says which address it was, as long as that mail is kept; the trail outlives people's addresses.
        var subject = mail.MailId is { } id ? MailArchive.AuditSubject(id) : "mail";
        Audit.Note(db, clock.GetUtcNow(), actor, "mail.lift-suppression", subject, AuditChanges.Write("AddressBlocked", "true", "false"));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
