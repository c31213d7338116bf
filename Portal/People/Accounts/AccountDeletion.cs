using Localization;
using Microsoft.EntityFrameworkCore;
using Portal.AuditTrail;
using Portal.Data;
using Portal.People.Mails;

namespace Portal.People.Accounts;

public enum DeletionOutcome
{
    Done,

    /// <summary>Without the last administrator nobody could make another.</summary>
    LastAdmin,
}

/// <summary>
/// Takes a person out of the portal. What others did with them stays in others' lists: the account's row stays, without
/// anything that says whose it was; every room forgets the person itself.
/// </summary>
public sealed class AccountDeletion(
    PortalDbContext db, AdminService admins, IEnumerable<IForgetPeople> rooms, AccountMails mails, TimeProvider clock)
{
    public async Task<DeletionOutcome> DeleteAsync(Guid userId, CancellationToken cancellationToken)
    {
        if (await admins.IsLastAdminAsync(userId, cancellationToken))
            return DeletionOutcome.LastAdmin;
        // While the person still has a name that the mails can tell.
        await LeaveAsync(userId, cancellationToken);
        db.ChangeTracker.Clear();
        if (!await RemoveAsync(userId, evenLastAdmin: false, cancellationToken))
            return DeletionOutcome.LastAdmin;
        // What was booked in between, too.
        await LeaveAsync(userId, cancellationToken);
        return DeletionOutcome.Done;
    }

    /// <summary>For accounts that nobody owns: without a password, and whether or not another administrator is left.</summary>
    public async Task CloseAsync(Guid userId, CancellationToken cancellationToken)
    {
        await LeaveAsync(userId, cancellationToken);
        db.ChangeTracker.Clear();
        await RemoveAsync(userId, evenLastAdmin: true, cancellationToken);
        db.ChangeTracker.Clear();
    }

    private async Task LeaveAsync(Guid userId, CancellationToken cancellationToken)
    {
        foreach (var room in rooms)
            await room.LeaveAsync(userId, cancellationToken);
    }

    private async Task<bool> RemoveAsync(Guid userId, bool evenLastAdmin, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Asked again behind the lock: two administrators could go at once.
        if (!evenLastAdmin && await admins.IsLastAdminAsync(userId, cancellationToken))
            return false;
        var user = await db.Users.SingleAsync(u => u.Id == userId, cancellationToken);
        mails.Notice(user, SecurityChange.Deleted);
        Audit.Note(db, clock.GetUtcNow(), userId, "person.delete", $"person:{userId}");
        var address = user.Email ?? "";
        TakeName(user);
        await db.SaveChangesAsync(cancellationToken);
        foreach (var room in rooms)
            await room.ForgetAsync(userId, address, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private void TakeName(PortalUser user)
    {
        var nobody = $"deleted-{user.Id:n}";
        (user.DisplayName, user.UserName, user.NormalizedUserName) = ("", nobody, nobody.ToUpperInvariant());
        (user.Email, user.NormalizedEmail, user.EmailConfirmed) = (null, null, false);
        (user.PhoneNumber, user.PasswordHash, user.TwoFactorEnabled, user.LockoutEnd) = (null, null, false, null);
        (user.Language, user.TimeZone) = (Languages.English, "Etc/UTC");
        (user.SecondFactorResetUtc, user.PasswordUntilUtc) = (null, null);
        (user.SecurityStamp, user.ConcurrencyStamp) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        user.FeedVersion++;
        user.DeletedUtc = clock.GetUtcNow();
    }
}
