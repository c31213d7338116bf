using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.AuditTrail;
using Portal.Data;
using Portal.People.Mails;
using Portal.People.Profile;
using Portal.People.SignIn;

namespace Portal.People.Accounts;

/// <summary>
/// The way back for somebody who has lost the app and the recovery codes. An administrator asks for it; the owner is mailed at once,
/// and can keep the second factor until the time is up. It ends at the next sign-in after that.
/// </summary>
public sealed class SecondFactorReset(
    PortalDbContext db, UserManager<PortalUser> users, TwoFactor twoFactor, AccountMails mails, IOptions<AccountOptions> options,
    TimeProvider clock)
{
    public async Task<RoleOutcome> AskAsync(Caller caller, Guid personId, CancellationToken cancellationToken)
    {
        if (!caller.IsAdmin)
            return RoleOutcome.NotAllowed;
        if (await db.Users.SingleOrDefaultAsync(u => u.Id == personId, cancellationToken) is not { DeletedUtc: null } person)
            return RoleOutcome.NoSuchPerson;
        if (!person.TwoFactorEnabled || person.SecondFactorResetUtc is not null)
            return RoleOutcome.Done;
        var due = clock.GetUtcNow().AddHours(options.Value.SecondFactorResetHours);
        (person.SecondFactorResetUtc, person.ConcurrencyStamp) = (due, Guid.NewGuid().ToString());
        mails.Notice(person, SecurityChange.SecondFactorReset, due);
        Audit.Note(db, clock.GetUtcNow(), caller.UserId, "person.reset-two-factor", $"person:{personId}",
            AuditChanges.Write(nameof(PortalUser.SecondFactorResetUtc), "", $"{due:o}"));
        await db.TrySaveAsync(cancellationToken); // a second press did the same at that moment
        return RoleOutcome.Done;
    }

    /// <summary>For the command line, at once: whoever has it has the server. False where there is nothing to reset.</summary>
    public async Task<bool> AtOnceAsync(string email, CancellationToken cancellationToken)
    {
        if (await users.FindByEmailAsync(EmailAddress.Read(email)) is not { TwoFactorEnabled: true } person)
            return false;
        Audit.Note(db, clock.GetUtcNow(), null, "person.reset-two-factor", $"person:{person.Id}", "at once");
        await twoFactor.TurnOffAsync(person, cancellationToken);
        return true;
    }

    /// <summary>The owner still has it.</summary>
    public async Task CancelAsync(Guid userId, CancellationToken cancellationToken)
    {
        if (await db.Users.Where(u => u.Id == userId && u.SecondFactorResetUtc != null)
                .ExecuteUpdateAsync(set => set.SetProperty(u => u.SecondFactorResetUtc, (DateTimeOffset?)null), cancellationToken) == 0)
            return;
        Audit.Note(db, clock.GetUtcNow(), userId, "person.keep-two-factor", $"person:{userId}");
        await db.SaveChangesAsync(cancellationToken);
    }
}
