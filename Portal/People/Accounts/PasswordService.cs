using Localization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.People.Mails;
using Portal.People.Profile;
using Portal.People.SignIn;

namespace Portal.People.Accounts;

/// <summary>New passwords: by somebody who has just shown who they are, or by a mailed link for who has forgotten it.</summary>
public sealed class PasswordService(
    PortalDbContext db, UserManager<PortalUser> users, IPasswordHasher<PortalUser> hasher, AccountMails mails,
    AccountCodes codes, Devices devices, AskLimits asked, GuessLimits limits, Passwords rules,
    SecurityTrail trail, LaterWork later)
{
    /// <summary>
    /// Says nothing about whether there is such an account; its owner learns it by mail. False when it was asked for too often.
    /// </summary>
    public async Task<bool> ForgotAsync(string email, string network, CancellationToken cancellationToken)
    {
        if (!asked.MayAsk(EmailAddress.Key(email), network))
            return false;
        await later.DoAsync<PasswordService>((service, cancel) => service.SendAsync(EmailAddress.Read(email), cancel), cancellationToken);
        return true;
    }

    /// <summary>After the answer, which was the same for all.</summary>
    private async Task SendAsync(string email, CancellationToken cancellationToken)
    {
        if (await users.FindByEmailAsync(email) is not { } user)
            return;
        trail.Note("account.reset-asked", user.Id, null);
        // Who has not confirmed the address yet has forgotten nothing that would help.
        if (user.EmailConfirmed)
            await mails.ResetPasswordAsync(user, cancellationToken);
        else
            await mails.ConfirmAddressAsync(user, cancellationToken);
        await db.TrySaveAsync(cancellationToken); // asked twice at the same moment
    }

    /// <summary>Looks and changes nothing: mail scanners follow links.</summary>
    public Task<PortalUser?> LookAsync(string? code, CancellationToken cancellationToken) => FindAsync(code, cancellationToken);

    /// <summary>Sets the password and signs the person out everywhere: whoever had the old one is out. Null for a dead link.</summary>
    public async Task<PortalUser?> ResetAsync(string? code, string password, CancellationToken cancellationToken)
    {
        if (await FindAsync(code, cancellationToken) is not { } user)
            return null;
        try
        {
            await SetAsync(user, password, keep: null, cancellationToken);
            limits.ForgetAccount(EmailAddress.Key(user.Email));
            return user;
        }
        catch (DbUpdateConcurrencyException)
        {
            return null; // the same link, a moment earlier
        }
    }

    /// <summary>Answers what is wrong with the fields; nothing: it is changed, and only this device stays signed in.</summary>
    public async Task<IReadOnlyList<FieldProblem>> ChangeAsync(
        Guid userId, Guid? device, string? newPassword, CancellationToken cancellationToken)
    {
        var user = await db.Users.SingleAsync(u => u.Id == userId, cancellationToken);
        if (rules.Wrong(newPassword, user) is { } wrong)
            return [new(nameof(newPassword), wrong)];
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
        user.PasswordUntilUtc = null;
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
