using Localization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.People.Accounts;
using Portal.People.Mails;
using Portal.People.Profile;

namespace Portal.People.SignIn;

/// <summary>Whose password or code it was, or how long to wait before the next try; neither: it was wrong.</summary>
public readonly record struct SignInAnswer(PortalUser? User, TimeSpan Wait = default)
{
    /// <summary>An administrator has locked the account; said to whoever has its password.</summary>
    public bool Locked { get; init; }

    /// <summary>The password is good for choosing another one and for nothing else.</summary>
    public bool MustChange => User?.PasswordUntilUtc is not null;

    public bool MustWait => Wait > TimeSpan.Zero;

    /// <summary>Why it was not taken, in the reader's language.</summary>
    /// <param name="wrong">What is said where it was simply wrong.</param>
    public string Refusal(string wrong) => MustWait ? ErrorText.TriesUsedUp.With(Spans.Of(Wait))
        : Locked ? ErrorText.AccountLocked
        : wrong;
}

/// <summary>
/// Checks an address and a password. Unknown, wrong and unconfirmed are one answer, after the same work: nobody learns here who has
/// an account. A wait is told apart, for it hangs on what was typed and where, and not on what there is. It closes the door that was
/// rattled at: a passkey, a browser that was signed in before and whoever is signed in come in by others.
/// </summary>
public sealed class SignInService(
    PortalDbContext db, UserManager<PortalUser> users, TwoFactor twoFactor, IPasswordHasher<PortalUser> hasher, GuessLimits limits,
    AccountMails mails, SecurityTrail trail, LaterWork later, TimeProvider clock)
{
    private static readonly Lock Making = new();
    private static string? dummyHash;

    /// <summary>
    /// The account with this address and password. Where it has a second factor, that is still to be asked for: failures
    /// are counted on until the person is wholly in, or codes could be guessed between right passwords.
    /// </summary>
    public async Task<SignInAnswer> CheckAsync(
        string email, string password, GuessSource from, CancellationToken cancellationToken = default)
    {
        email = EmailAddress.Read(email);
        var name = EmailAddress.Key(email);
        var counts = limits.ForSignIn(name, from);
        if (limits.Wait(counts) is { Ticks: > 0 } wait)
        {
            await trail.NoteOnceAsync(SecurityTrail.Limited, null, "password", cancellationToken);
            return new(null, wait);
        }
        var user = PersonRules.IsEmail(email) ? await users.FindByEmailAsync(email) : null;
        if (!await IsRightAsync(user, password))
        {
            // Whether or not there is somebody to warn, the answer takes as long.
            if (limits.Failed(counts))
                await later.DoAsync<SignInService>((service, cancel) => service.WarnAsync(email, cancel), cancellationToken);
            await trail.NoteNowAsync(SecurityTrail.Bad, user?.Id, "password", cancellationToken);
            return default;
        }
        // Guesses come in parallel: the door may have been closed while this one was being checked.
        if (limits.Wait(counts) is { Ticks: > 0 } closed)
            return new(null, closed);
        if (!MayEnter(user!) || user!.PasswordUntilUtc <= clock.GetUtcNow())
        {
            await trail.NoteNowAsync(SecurityTrail.Bad, user!.Id, user.LockoutEnd is null ? "not open" : "locked", cancellationToken);
            return new(null) { Locked = user.LockoutEnd is not null };
        }
        if (user.SecondFactorResetUtc <= clock.GetUtcNow())
            await twoFactor.TurnOffAsync(user, cancellationToken);
        if (!user.TwoFactorEnabled)
            limits.Succeeded(name, from);
        return new(user);
    }

    /// <summary>The signed-in person's password once more, before something that a lent device must not be enough for.</summary>
    public async Task<SignInAnswer> AskAgainAsync(Guid userId, Guid? device, string? password)
    {
        var counts = GuessLimits.ForAskingAgain(userId, device);
        if (limits.Wait(counts) is { Ticks: > 0 } wait)
            return new(null, wait);
        var user = await db.Users.SingleOrDefaultAsync(u => u.Id == userId && u.DeletedUtc == null);
        if (!await IsRightAsync(user, password ?? ""))
        {
            limits.Failed(counts);
            await trail.NoteNowAsync(SecurityTrail.ProofBad, userId, "password", CancellationToken.None);
            return default;
        }
        if (limits.Wait(counts) is { Ticks: > 0 } closed)
            return new(null, closed);
        limits.Forget(counts);
        return new(user);
    }

    /// <summary>The second step: a code of the app, or one of the codes for the day when the phone is lost.</summary>
    public async Task<SignInAnswer> CheckCodeAsync(
        PortalUser user, string? code, bool isRecovery, GuessSource from, CancellationToken cancellationToken)
    {
        var counts = GuessLimits.ForCodes(user.Id, from);
        if (limits.Wait(counts) is { Ticks: > 0 } wait)
            return new(null, wait);
        var right = isRecovery
            ? await twoFactor.UseRecoveryCodeAsync(user.Id, code, cancellationToken)
            : await twoFactor.UseCodeAsync(user.Id, code, cancellationToken);
        if (!right)
        {
            if (limits.Failed(counts))
                await WarnAsync(user, SecurityChange.CodeGuessed, cancellationToken);
            await trail.NoteNowAsync(SecurityTrail.Bad, user.Id, isRecovery ? "recovery code" : "code", cancellationToken);
            return default;
        }
        if (limits.Wait(counts) is { Ticks: > 0 } closed)
            return new(null, closed);
        limits.Forget(counts);
        limits.Succeeded(EmailAddress.Key(user.Email), from);
        return new(user);
    }

    /// <summary>Where no code is asked for, the person is wholly in after the password.</summary>
    public void Entered(PortalUser user, GuessSource from) => limits.Succeeded(EmailAddress.Key(user.Email), from);

    /// <summary>For somebody who has shown a passkey.</summary>
    public static bool MayEnter(PortalUser user) => user is { EmailConfirmed: true, DeletedUtc: null, LockoutEnd: null };

    private async Task WarnAsync(string email, CancellationToken cancellationToken)
    {
        if (PersonRules.IsEmail(email) && await users.FindByEmailAsync(email) is { EmailConfirmed: true } user)
            await WarnAsync(user, SecurityChange.PasswordGuessed, cancellationToken);
    }

    /// <summary>To the owner, once a day at most: also when the guesses go on from elsewhere.</summary>
    private async Task WarnAsync(PortalUser user, SecurityChange what, CancellationToken cancellationToken)
    {
        await mails.WarnAsync(user, what, cancellationToken);
        await db.TrySaveAsync(cancellationToken); // told already, at the same moment
    }

    private async Task<bool> IsRightAsync(PortalUser? user, string password)
    {
        var hash = user?.PasswordHash ?? Dummy();
        var result = hasher.VerifyHashedPassword(user ?? new(), hash, password);
        if (user?.PasswordHash is null || result == PasswordVerificationResult.Failed)
            return false;
        if (result == PasswordVerificationResult.SuccessRehashNeeded)
        {
            var renewed = hasher.HashPassword(user, password);
            await db.Users.Where(u => u.Id == user.Id && u.PasswordHash == hash)
                .ExecuteUpdateAsync(set => set.SetProperty(u => u.PasswordHash, renewed));
        }
        return true;
    }

    private string Dummy()
    {
        lock (Making)
            return dummyHash ??= hasher.HashPassword(new(), Guid.NewGuid().ToString());
    }
}
