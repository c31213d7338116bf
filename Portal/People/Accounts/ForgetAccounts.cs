using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.People.SignIn;

namespace Portal.People.Accounts;

/// <summary>By what a person signed in, and what others saw of them.</summary>
public sealed class ForgetAccounts(PortalDbContext db, Devices devices) : IForgetPeople
{
    public async Task ForgetAsync(Guid userId, string address, CancellationToken cancellationToken)
    {
        await devices.EndAllAsync(userId, null, cancellationToken);
        await db.SignedInDevices.Where(d => d.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.Pictures.Where(p => p.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.UserTokens.Where(t => t.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.UserPasskeys.Where(p => p.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.UserLogins.Where(l => l.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.UserClaims.Where(c => c.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.UserRoles.Where(r => r.UserId == userId).ExecuteDeleteAsync(cancellationToken);
    }
}
