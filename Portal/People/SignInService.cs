using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Portal.Data;

namespace Portal.People;

/// <summary>
/// Checks an address and a password. Unknown, wrong, locked and unconfirmed are one answer, after the same work: nobody
/// learns here who has an account.
/// </summary>
public sealed class SignInService(
    PortalDbContext db, UserManager<PortalUser> users, IUserClaimsPrincipalFactory<PortalUser> claims, IPasswordHasher<PortalUser> hasher,
    TimeProvider clock)
{
    public const int Tries = 5;
    public static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(10);

    private static readonly Lock Making = new();
    private static string? dummyHash;

    public async Task<ClaimsPrincipal?> CheckAsync(string email, string password)
    {
        email = email.Trim();
        var user = PersonRules.IsEmail(email) ? await users.FindByEmailAsync(email) : null;
        var rightPassword = IsRight(user, password);
        if (user is null)
            return null;
        if (!rightPassword)
        {
            await CountFailureAsync(user.Id);
            return null;
        }
        if (!user.EmailConfirmed || !await EndTriesAsync(user.Id))
            return null;
        return await claims.CreateAsync(user);
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
        return hasher.VerifyHashedPassword(user ?? new(), hash, password) != PasswordVerificationResult.Failed && user?.PasswordHash is not null;
    }

    private string Dummy()
    {
        lock (Making)
            return dummyHash ??= hasher.HashPassword(new(), Guid.NewGuid().ToString());
    }
}
