using Localization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.People.Mails;
using Portal.People.Profile;
using Portal.People.SignIn;

namespace Portal.People.Accounts;

/// <summary>New passwords: by the old one, or by a link that was mailed to somebody who has forgotten it.</summary>
public sealed class PasswordService(
    PortalDbContext db, UserManager<PortalUser> users, IPasswordHasher<PortalUser> hasher, SignInService signIn, AccountMails mails,
    AccountCodes codes, Devices devices)
{
    /// <summary>Says nothing about whether there is such an account; its owner learns it by mail.</summary>
    public async Task ForgotAsync(string email, CancellationToken cancellationToken)
    {
        if (await users.FindByEmailAsync(email.Trim()) is not { } user)
            return;
        // Who has not confirmed the address yet has forgotten nothing that would help.
        if (user.EmailConfirmed)
            await mails.ResetPasswordAsync(user, cancellationToken);
        else
            await mails.ConfirmAddressAsync(user, cancellationToken);
        await db.TrySaveAsync(cancellationToken); // asked twice at the same moment
    }

    /// <summary>Looks and changes nothing: mail scanners follow links.</summary>
    public async Task<bool> IsGoodAsync(string? code, CancellationToken cancellationToken) =>
        await FindAsync(code, cancellationToken) is not null;

    /// <summary>Sets the password and signs the person out everywhere: whoever had the old one is out. False for a dead link.</summary>
    public async Task<bool> ResetAsync(string? code, string password, CancellationToken cancellationToken)
    {
        if (await FindAsync(code, cancellationToken) is not { } user)
            return false;
        (user.LockoutEnd, user.AccessFailedCount) = (null, 0);
        try
        {
            await SetAsync(user, password, keep: null, cancellationToken);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false; // the same link, a moment earlier
        }
    }

    /// <summary>Answers what is wrong with the fields; nothing: it is changed, and only this device stays signed in.</summary>
    public async Task<IReadOnlyList<FieldProblem>> ChangeAsync(
        Guid userId, Guid? device, string? currentPassword, string? newPassword, CancellationToken cancellationToken)
    {
        if (PersonRules.Password(newPassword) is { } wrong)
            return [new(nameof(newPassword), wrong)];
        if (await signIn.AskAgainAsync(userId, currentPassword) is not { } user)
            return [new(nameof(currentPassword), ErrorText.PasswordWrong)];
        await SetAsync(user, newPassword!, keep: device, cancellationToken);
        return [];
    }

    /// <summary>Every device, this one too; and nothing that was mailed about the account is good any more.</summary>
    public async Task SignOutEverywhereAsync(Guid userId, CancellationToken cancellationToken)
    {
        var stamp = Guid.NewGuid().ToString();
        await db.Users.Where(u => u.Id == userId)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.SecurityStamp, stamp), cancellationToken);
        await devices.EndAllAsync(userId, null, cancellationToken);
    }

    private async Task SetAsync(PortalUser user, string password, Guid? keep, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        user.PasswordHash = hasher.HashPassword(user, password);
        user.SecurityStamp = Guid.NewGuid().ToString();
        user.ConcurrencyStamp = Guid.NewGuid().ToString();
        mails.Notice(user, SecurityChange.Password);
        await db.SaveChangesAsync(cancellationToken);
        await devices.EndAllAsync(user.Id, keep, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task<PortalUser?> FindAsync(string? code, CancellationToken cancellationToken) =>
        codes.ReadPassword(code) is { } read
        && await db.Users.SingleOrDefaultAsync(u => u.Id == read.UserId, cancellationToken) is { EmailConfirmed: true } user
            && read.Fits(user)
            ? user
            : null;
}
