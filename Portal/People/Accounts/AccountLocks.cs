using Microsoft.EntityFrameworkCore;
using Portal.AuditTrail;
using Portal.Data;

namespace Portal.People.Accounts;

/// <summary>
/// What an administrator does when an account is in the wrong hands: sign it out everywhere, or lock it, which does that as well.
/// A locked account is entered by nothing, a passkey included, until it is unlocked.
/// </summary>
public sealed class AccountLocks(PortalDbContext db, PasswordService passwords, AdminService admins, TimeProvider clock)
{
    /// <summary>Identity's own field; nothing else locks an account.</summary>
    public static readonly DateTimeOffset ForGood = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public async Task<RoleOutcome> SignOutEverywhereAsync(Caller caller, Guid personId, CancellationToken cancellationToken)
    {
        if (!caller.IsAdmin)
            return RoleOutcome.NotAllowed;
        if (!await ExistsAsync(personId, cancellationToken))
            return RoleOutcome.NoSuchPerson;
        Audit.Note(db, clock.GetUtcNow(), caller.UserId, "person.sign-out-everywhere", $"person:{personId}");
        await db.SaveChangesAsync(cancellationToken);
        await passwords.SignOutEverywhereAsync(personId, cancellationToken);
        return RoleOutcome.Done;
    }

    public async Task<RoleOutcome> SetAsync(Caller caller, Guid personId, bool locked, CancellationToken cancellationToken)
    {
        if (!caller.IsAdmin)
            return RoleOutcome.NotAllowed;
        if (!await ExistsAsync(personId, cancellationToken))
            return RoleOutcome.NoSuchPerson;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (locked && await admins.IsLastAdminAsync(personId, cancellationToken))
            return RoleOutcome.LastAdmin;
        var end = locked ? ForGood : (DateTimeOffset?)null;
        await db.Users.Where(u => u.Id == personId).ExecuteUpdateAsync(set => set.SetProperty(u => u.LockoutEnd, end), cancellationToken);
        Audit.Note(db, clock.GetUtcNow(), caller.UserId, locked ? "person.lock" : "person.unlock", $"person:{personId}",
            AuditChanges.Write("Locked", locked ? "false" : "true", locked ? "true" : "false"));
        await db.SaveChangesAsync(cancellationToken);
        if (locked)
            await passwords.SignOutEverywhereAsync(personId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return RoleOutcome.Done;
    }

    private Task<bool> ExistsAsync(Guid personId, CancellationToken cancellationToken) =>
        db.Users.AnyAsync(u => u.Id == personId && u.DeletedUtc == null, cancellationToken);
}
