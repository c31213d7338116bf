using Microsoft.EntityFrameworkCore;
using Portal.Data;

namespace Portal.People.SignIn;

/// <summary>
/// The one gate before whatever changes how an account is signed in to: a device that lies open, a stolen cookie or token must not be
/// enough. The person has shown the password, a code or a passkey on this very device within the last minutes.
/// </summary>
public sealed class RecentProof(
    PortalDbContext db, SignInService signIn, Passkeys passkeys, TwoFactor twoFactor, GuessLimits limits, SecurityTrail trail,
    TimeProvider clock)
{
    public static readonly TimeSpan Good = TimeSpan.FromMinutes(5);

    /// <summary>By which the clocks of several portals may differ; what lies farther ahead is of a clock that was set back.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    public Task<bool> IsThereAsync(Guid userId, Guid? device, CancellationToken cancellationToken)
    {
        var (since, until) = (clock.GetUtcNow() - Good, clock.GetUtcNow() + Skew);
        return db.SignedInDevices.AnyAsync(
            d => d.Id == device && d.UserId == userId && d.EndedUtc == null && d.ProvenUtc > since && d.ProvenUtc <= until,
            cancellationToken);
    }

    public async Task<SignInAnswer> ByPasswordAsync(Guid userId, Guid? device, string? password, CancellationToken cancellationToken)
    {
        var answer = await signIn.AskAgainAsync(userId, device, password);
        if (answer.User is not null)
            await KeepAsync(userId, device, cancellationToken);
        return answer;
    }

    /// <summary>A code of the app that the account asks for at sign-in.</summary>
    public async Task<SignInAnswer> ByCodeAsync(Guid userId, Guid? device, string? code, CancellationToken cancellationToken)
    {
        var counts = GuessLimits.ForAskingAgain(userId, device);
        if (limits.Wait(counts) is { Ticks: > 0 } wait)
            return new(null, wait);
        var user = await db.Users.SingleOrDefaultAsync(u => u.Id == userId && u.DeletedUtc == null, cancellationToken);
        if (user is not { TwoFactorEnabled: true } || !await twoFactor.UseCodeAsync(userId, code, cancellationToken))
        {
            limits.Failed(counts);
            await trail.NoteNowAsync(SecurityTrail.ProofBad, userId, "code", cancellationToken);
            return default;
        }
        limits.Forget(counts);
        await KeepAsync(userId, device, cancellationToken);
        return new(user);
    }

    /// <summary>False for somebody else's passkey, too.</summary>
    public async Task<bool> ByPasskeyAsync(Guid userId, Guid? device, string? credential, CancellationToken cancellationToken)
    {
        if ((await passkeys.SignInAsync(credential))?.Id != userId)
        {
            await trail.NoteNowAsync(SecurityTrail.ProofBad, userId, "passkey", cancellationToken);
            return false;
        }
        await KeepAsync(userId, device, cancellationToken);
        return true;
    }

    private Task<int> KeepAsync(Guid userId, Guid? device, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return db.SignedInDevices.Where(d => d.Id == device && d.UserId == userId)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.ProvenUtc, now), cancellationToken);
    }
}

/// <summary>Marks what nobody may do without a <see cref="RecentProof"/>: handlers of pages and calls of the API alike.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsProofAttribute : Attribute
{
    /// <summary>By the password itself, in this very request: it is what will be another one.</summary>
    public bool ByPassword { get; init; }
}
