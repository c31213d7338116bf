using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.People.Profile;

namespace Portal.People.SignIn;

/// <summary>
/// Checks an address and a password. Unknown, wrong, locked and unconfirmed are one answer, after the same work: nobody
/// learns here who has an account.
/// </summary>
public sealed class SignInService(
    PortalDbContext db, UserManager<PortalUser> users, TwoFactor twoFactor, IPasswordHasher<PortalUser> hasher, TimeProvider clock)
{
    public const int Tries = 5;
    public static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(10);

    private static readonly Lock Making = new();
    private static string? dummyHash;

    /// <summary>
    /// The account with this address and password. Where it has a second factor, that is still to be asked for: failures
    /// are counted on until the person is wholly in, or codes could be guessed between right passwords.
    /// </summary>
    public async Task<PortalUser?> CheckAsync(string email, string password)
    {
        email = email.Trim();
        var user = PersonRules.IsEmail(email) ? await users.FindByEmailAsync(email) : null;
        return await CheckAsync(user, password);
    }

    /// <summary>The signed-in person's password once more, before something that a lent device must not be enough for.</summary>
    public async Task<PortalUser?> AskAgainAsync(Guid userId, string? password)
    {
        var user = await db.Users.SingleOrDefaultAsync(u => u.Id == userId && u.DeletedUtc == null);
        return await CheckAsync(user, password ?? "");
    }

    /// <summary>The second step: a code of the app, or one of the codes for the day when the phone is lost.</summary>
    public async Task<bool> CheckCodeAsync(PortalUser user, string? code, bool isRecovery, CancellationToken cancellationToken)
    {
        if (!await MayTryAsync(user.Id))
            return false;
        var right = isRecovery
            ? await twoFactor.UseRecoveryCodeAsync(user.Id, code, cancellationToken)
            : await twoFactor.UseCodeAsync(user.Id, code, cancellationToken);
        if (right)
            return await EndTriesAsync(user.Id);
        await CountFailureAsync(user.Id);
        return false;
    }

    /// <summary>For somebody who has shown a passkey.</summary>
    public async Task<bool> MayEnterAsync(PortalUser user) =>
        user is { EmailConfirmed: true, DeletedUtc: null } && await EndTriesAsync(user.Id);

    private async Task<PortalUser?> CheckAsync(PortalUser? user, string password)
    {
        var rightPassword = IsRight(user, password);
        if (user is null)
            return null;
        if (!rightPassword)
        {
            await CountFailureAsync(user.Id);
            return null;
        }
        if (!user.EmailConfirmed || !(user.TwoFactorEnabled ? await MayTryAsync(user.Id) : await EndTriesAsync(user.Id)))
            return null;
        return user;
    }

    /// <summary>
    /// Five failures lock. One statement, for guesses come in parallel: reading and writing back would lose most of them.
    /// </summary>
    private async Task CountFailureAsync(Guid userId)
    {
        var now = clock.GetUtcNow();
        var until = now + LockedFor;
        await db.Users.Where(u => u.Id == userId && (u.LockoutEnd == null || u.LockoutEnd <= now)).ExecuteUpdateAsync(set => set
            .SetProperty(u => u.LockoutEnd, u => u.AccessFailedCount + 1 >= Tries ? until : (DateTimeOffset?)null)
            .SetProperty(u => u.AccessFailedCount, u => u.AccessFailedCount + 1 >= Tries ? 0 : u.AccessFailedCount + 1));
    }

    private async Task<bool> MayTryAsync(Guid userId)
    {
        var now = clock.GetUtcNow();
        return await db.Users.AnyAsync(u => u.Id == userId && (u.LockoutEnd == null || u.LockoutEnd <= now));
    }

    /// <summary>False while locked, also when the lock fell while this password was being checked.</summary>
    private async Task<bool> EndTriesAsync(Guid userId)
    {
        var now = clock.GetUtcNow();
        return await db.Users.Where(u => u.Id == userId && (u.LockoutEnd == null || u.LockoutEnd <= now))
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.AccessFailedCount, 0)) == 1;
    }

    private bool IsRight(PortalUser? user, string password)
    {
        var hash = user?.PasswordHash ?? Dummy();
        return hasher.VerifyHashedPassword(user ?? new(), hash, password) != PasswordVerificationResult.Failed
            && user?.PasswordHash is not null;
    }

    private string Dummy()
    {
        lock (Making)
            return dummyHash ??= hasher.HashPassword(new(), Guid.NewGuid().ToString());
    }
}
