using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.People.Mails;
using Portal.People.Profile;
using Portal.People.SignIn;

namespace Portal.People.Accounts;

/// <summary>
/// Shows that an address belongs to a person: the link was mailed there. Whoever reads it chooses the password there and then, so
/// that nobody opens an account with a password that somebody else has chosen, whoever signed up first or last.
/// </summary>
public sealed class EmailConfirmation(
    PortalDbContext db, UserManager<PortalUser> users, IPasswordHasher<PortalUser> hasher, AccountMails mails, AccountCodes codes,
    AskLimits asked, SecurityTrail trail, LaterWork later)
{
    /// <summary>The account that the link would open; null for a dead link. Changes nothing: mail scanners follow links.</summary>
    public async Task<PortalUser?> LookAsync(string? code, CancellationToken cancellationToken) =>
        codes.ReadConfirmation(code) is { } read
        && await db.Users.SingleOrDefaultAsync(u => u.Id == read.UserId, cancellationToken) is { EmailConfirmed: false } user
            && read.Fits(user)
            ? user
            : null;

    /// <summary>The account, open now; null for a dead link. The password was judged by the caller.</summary>
    public async Task<PortalUser?> ConfirmAsync(string? code, string password, CancellationToken cancellationToken)
    {
        if (await LookAsync(code, cancellationToken) is not { } user)
            return null;
        user.EmailConfirmed = true;
        user.PasswordHash = hasher.HashPassword(user, password);
        trail.Note("account.confirmed", user.Id, null);
        (user.SecurityStamp, user.ConcurrencyStamp) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        return await db.TrySaveAsync(cancellationToken) ? user : null; // the same link, a moment earlier
    }

    /// <summary>
    /// Says nothing about whether there is such an account, or whether it waits for a confirmation. False when it was asked for
    /// too often.
    /// </summary>
    public async Task<bool> ResendAsync(string? email, string network, CancellationToken cancellationToken)
    {
        if (!asked.MayAsk(EmailAddress.Key(email), network))
            return false;
        await later.DoAsync<EmailConfirmation>((service, cancel) => service.SendAsync(EmailAddress.Read(email), cancel), cancellationToken);
        return true;
    }

    /// <summary>After the answer, which was the same for all.</summary>
    private async Task SendAsync(string email, CancellationToken cancellationToken)
    {
        if (!PersonRules.IsEmail(email) || await users.FindByEmailAsync(email) is not { EmailConfirmed: false } user)
            return;
        await mails.ConfirmAddressAsync(user, cancellationToken);
        await db.TrySaveAsync(cancellationToken);
    }
}
