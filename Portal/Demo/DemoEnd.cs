using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.People;
using Portal.People.Accounts;

namespace Portal.Demo;

/// <summary>
/// Outside of Development the demo people are no more: everybody knows their password, and it may have been a passkey, a
/// remembered device, a token or a feed by now. So their accounts are deleted, as people delete their own.
/// </summary>
public sealed class DemoEnd(PortalDbContext db, AccountDeletion deletion, ILogger<DemoEnd> log)
{
    public static IQueryable<PortalUser> Of(PortalDbContext db)
    {
        var ids = DemoData.People.Select(p => p.Id).ToArray();
        var addresses = DemoData.People.Select(p => p.Email.ToUpperInvariant()).ToArray();
        return db.Users.Where(u => u.DeletedUtc == null && (ids.Contains(u.Id) || addresses.Contains(u.NormalizedEmail)));
    }

    public async Task EndAsync(CancellationToken cancellationToken)
    {
        var found = await Of(db).Select(u => u.Id).ToListAsync(cancellationToken);
        foreach (var id in found)
            await deletion.CloseAsync(id, cancellationToken);
        if (found.Count > 0)
            log.LogWarning("{Count} demo accounts, whose password is published, were in this database and have been deleted: "
                + "they exist in Development only.", found.Count);
    }
}
