using Localization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.People.Mails;
using Portal.People.Profile;
using Portal.People.SignIn;

namespace Portal.People.Accounts;

/// <summary>
/// Another address for an account: it counts once somebody who reads it has said so. An address that is in use gets the
/// same answer, and a mail that tells its owner.
/// </summary>
public sealed class AddressChange(
    PortalDbContext db, UserManager<PortalUser> users, AccountMails mails, AccountCodes codes, AskLimits asked, SecurityTrail trail)
{
    /// <summary>Answers what is wrong with the fields; nothing: a mail is on its way.</summary>
    public async Task<IReadOnlyList<FieldProblem>> AskAsync(
        Guid userId, string? email, CancellationToken cancellationToken)
    {
        if (PersonRules.Email(email) is { } wrong)
            return [new(nameof(email), wrong)];
        var user = await db.Users.SingleAsync(u => u.Id == userId, cancellationToken);
        email = EmailAddress.Read(email);
        if (users.NormalizeEmail(email) == user.NormalizedEmail)
            return [new(nameof(email), ErrorText.AddressIsYours)];
        // Whoever has an account has strangers written to no more often than whoever has none.
        if (!asked.MayAsk(EmailAddress.Key(email), $"person {userId}"))
            return [new(nameof(email), ErrorText.AskedTooOften)];

        // An account that nobody has confirmed is nobody's yet: it does not keep the owner of the address from it.
        if (await users.FindByEmailAsync(email) is { EmailConfirmed: true } owner)
            await mails.AddressTakenAsync(owner, cancellationToken);
        else
            await mails.ConfirmNewAddressAsync(user, email, cancellationToken);
        trail.Note("account.address-asked", userId, null);
        await db.TrySaveAsync(cancellationToken); // asked twice at the same moment
        return [];
    }

    /// <summary>The address that the link would set; null for a dead link. Changes nothing.</summary>
    public async Task<string?> LookAsync(string? code, CancellationToken cancellationToken) =>
        await FindAsync(code, cancellationToken) is var (_, address) ? address : null;

    /// <summary>The account with its new address, or null for a dead link.</summary>
    public async Task<PortalUser?> ConfirmAsync(string? code, CancellationToken cancellationToken)
    {
        if (await FindAsync(code, cancellationToken) is not var (user, address))
            return null;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        try
        {
            if (await users.FindByEmailAsync(address) is { } other)
            {
                if (other.EmailConfirmed)
                    return null;
                db.Users.Remove(other);
                await db.SaveChangesAsync(cancellationToken);
            }
            mails.Notice(user, SecurityChange.Address); // to the old address, which is still the account's
            (user.Email, user.UserName) = (address, address);
            (user.NormalizedEmail, user.NormalizedUserName) = (users.NormalizeEmail(address), users.NormalizeName(address));
            user.ConcurrencyStamp = Guid.NewGuid().ToString();
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return user;
        }
        catch (DbUpdateException e) when (db.IsConflict(e))
        {
            db.ChangeTracker.Clear();
            return null; // the same link a moment earlier, or somebody else has just taken the address
        }
    }

    private async Task<(PortalUser User, string Address)?> FindAsync(string? code, CancellationToken cancellationToken) =>
        codes.ReadAddress(code) is { } read
        && await db.Users.SingleOrDefaultAsync(u => u.Id == read.UserId, cancellationToken) is { } user && read.Fits(user)
            ? (user, read.Value)
            : null;
}
