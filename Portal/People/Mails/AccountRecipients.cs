using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Mail.Queue;

namespace Portal.People.Mails;

/// <summary>Accounts as recipients of mails: those that are still there and have an address.</summary>
public sealed class AccountRecipients(PortalDbContext db)
{
    public async Task<Recipient?> FindAsync(Guid? userId, CancellationToken cancellationToken) =>
        (await Reachable().SingleOrDefaultAsync(u => u.Id == userId, cancellationToken))?.ToRecipient();

    public async Task<List<Recipient>> AdministratorsAsync(CancellationToken cancellationToken)
    {
        var admins = Reachable().Where(u => db.UserRoles.Any(has =>
            has.UserId == u.Id && db.Roles.Any(role => role.Id == has.RoleId && role.Name == Roles.Admin)));
        return [.. (await admins.ToListAsync(cancellationToken)).Select(u => u.ToRecipient())];
    }

    public Task<bool> HasLeftAsync(Guid userId) => db.Users.AnyAsync(u => u.Id == userId && u.DeletedUtc != null);

    private IQueryable<PortalUser> Reachable() =>
        db.Users.AsNoTracking().Where(u => u.DeletedUtc == null && u.Email != null && u.Email != "");
}
