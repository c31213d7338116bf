using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.People.Mails;

namespace Portal.People.SignIn;

/// <summary>
/// The second factor of an account: an app's key (encrypted), the last half minute that was used, and hashes of the recovery
/// codes, in Identity's table of tokens. A code of either kind is good once: whoever uses it takes it by one conditional
/// update, so that it is no use to two at the same moment either.
/// </summary>
public sealed class TwoFactor(
    PortalDbContext db, IDataProtectionProvider protection, AccountMails mails, Devices devices, TimeProvider clock)
{
    public const int RecoveryCodes = 10;

    private const string Ours = "[Portal]";
    private const string KeyName = "AuthenticatorKey";
    private const string StepName = "LastStep";
    private const string CodesName = "RecoveryCodes";
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";

    private IDataProtector Protector => protection.CreateProtector("Portal.TwoFactor");

    /// <summary>A new key for an app that is not asked for yet; one that was being set up is replaced, one in use is not.</summary>
    public async Task BeginAsync(PortalUser user, CancellationToken cancellationToken)
    {
        if (!user.TwoFactorEnabled)
            await SetAsync(user.Id, KeyName, Protector.Protect(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Totp.KeyLength))),
            cancellationToken);
        await db.TrySaveAsync(cancellationToken); // a second click at the same moment
    }

    /// <summary>The key while it is being set up; null once it is in use, when nobody is shown it again.</summary>
    public async Task<byte[]?> KeyToSetUpAsync(PortalUser user, CancellationToken cancellationToken) =>
        user.TwoFactorEnabled ? null : await KeyAsync(user.Id, cancellationToken);

    /// <summary>
    /// The app shows the right code: from now on it is asked for, and every other device has to. Answers the recovery codes,
    /// which nobody can be shown again, or null for a wrong code.
    /// </summary>
    public async Task<IReadOnlyList<string>?> TurnOnAsync(PortalUser user, string? code, Guid? device, CancellationToken cancellationToken)
    {
        if (user.TwoFactorEnabled || await KeyAsync(user.Id, cancellationToken) is not { } key
            || Totp.StepOf(key, Plain(code), clock.GetUtcNow()) is not { } step)
            return null;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        user.TwoFactorEnabled = true;
        user.SecurityStamp = Guid.NewGuid().ToString();
        user.ConcurrencyStamp = Guid.NewGuid().ToString();
        await SetAsync(user.Id, StepName, step.ToString(CultureInfo.InvariantCulture), cancellationToken);
        var codes = await NewCodesAsync(user.Id, key, cancellationToken);
        mails.Notice(user, SecurityChange.TwoFactorOn);
        if (!await db.TrySaveAsync(cancellationToken)) // a second click did the same at that moment
            return null;
        await devices.EndAllAsync(user.Id, device, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return codes;
    }

    public async Task TurnOffAsync(PortalUser user, CancellationToken cancellationToken)
    {
        if (!user.TwoFactorEnabled)
            return;
        (user.TwoFactorEnabled, user.SecondFactorResetUtc) = (false, null);
        user.ConcurrencyStamp = Guid.NewGuid().ToString();
        db.UserTokens.RemoveRange(await Of(user.Id).ToListAsync(cancellationToken));
        mails.Notice(user, SecurityChange.TwoFactorOff);
        await db.TrySaveAsync(cancellationToken); // a second click did the same at that moment
    }

    /// <summary>New recovery codes; the old ones are good for nothing from then on. Null where there is no second factor.</summary>
    public async Task<IReadOnlyList<string>?> RenewCodesAsync(PortalUser user, CancellationToken cancellationToken)
    {
        if (!user.TwoFactorEnabled || await KeyAsync(user.Id, cancellationToken) is not { } key)
            return null;
        var codes = await NewCodesAsync(user.Id, key, cancellationToken);
        mails.Notice(user, SecurityChange.NewRecoveryCodes);
        await db.SaveChangesAsync(cancellationToken);
        return codes;
    }

    public async Task<int> CodesLeftAsync(Guid userId, CancellationToken cancellationToken) =>
        (await ValueAsync(userId, CodesName, cancellationToken) ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).Length;

    internal async Task<bool> UseCodeAsync(Guid userId, string? code, CancellationToken cancellationToken)
    {
        if (await KeyAsync(userId, cancellationToken) is not { } key || Totp.StepOf(key, Plain(code), clock.GetUtcNow()) is not { } step)
            return false;
        var last = await ValueAsync(userId, StepName, cancellationToken) ?? "0";
        return step > long.Parse(last, CultureInfo.InvariantCulture)
            && await ReplaceAsync(userId, StepName, last, step.ToString(CultureInfo.InvariantCulture), cancellationToken);
    }

    internal async Task<bool> UseRecoveryCodeAsync(Guid userId, string? code, CancellationToken cancellationToken)
    {
        if (await KeyAsync(userId, cancellationToken) is not { } key)
            return false;
        var hash = HashOf(key, Plain(code));
        // Another code of the same person may be used at the same moment; then this one is looked for among what is left.
        for (var attempt = 0; attempt < RecoveryCodes; attempt++)
        {
            var before = await ValueAsync(userId, CodesName, cancellationToken) ?? "";
            var left = before.Split(';').ToList();
            if (!left.Remove(hash))
                return false;
            if (await ReplaceAsync(userId, CodesName, before, string.Join(';', left), cancellationToken))
                return true;
        }
        return false;
    }

    private async Task<IReadOnlyList<string>> NewCodesAsync(Guid userId, byte[] key, CancellationToken cancellationToken)
    {
        var codes = Enumerable.Range(0, RecoveryCodes)
            .Select(_ => $"{RandomNumberGenerator.GetString(Letters, 5)}-{RandomNumberGenerator.GetString(Letters, 5)}").ToList();
        await SetAsync(userId, CodesName, string.Join(';', codes.Select(c => HashOf(key, Plain(c)))), cancellationToken);
        return codes;
    }

    private async Task<byte[]?> KeyAsync(Guid userId, CancellationToken cancellationToken) =>
        await ValueAsync(userId, KeyName, cancellationToken) is { } key ? Convert.FromBase64String(Protector.Unprotect(key)) : null;

    /// <summary>As it was meant: with or without blanks and dashes, in either case, in the digits of any script.</summary>
    private static string Plain(string? code) =>
        new([.. (code ?? "").Take(50).Select(c => char.IsAsciiLetter(c) ? char.ToLowerInvariant(c)
            : CharUnicodeInfo.GetDecimalDigitValue(c) is >= 0 and var digit ? (char)('0' + digit) : ' ').Where(c => c != ' ')]);

    /// <summary>
    /// Under the app's key, which the key ring encrypts: whoever has only the table cannot search for ten letters, which would take hours.
    /// </summary>
    private static string HashOf(byte[] key, string code) => Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(code)));

    private IQueryable<IdentityUserToken<Guid>> Of(Guid userId) => db.UserTokens.Where(t => t.UserId == userId && t.LoginProvider == Ours);

    private Task<string?> ValueAsync(Guid userId, string name, CancellationToken cancellationToken) =>
        Of(userId).AsNoTracking().Where(t => t.Name == name).Select(t => t.Value).SingleOrDefaultAsync(cancellationToken);

    private async Task<bool> ReplaceAsync(Guid userId, string name, string before, string after, CancellationToken cancellationToken) =>
        await Of(userId).Where(t => t.Name == name && t.Value == before)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.Value, after), cancellationToken) == 1;

    private async Task SetAsync(Guid userId, string name, string value, CancellationToken cancellationToken)
    {
        if (await Of(userId).SingleOrDefaultAsync(t => t.Name == name, cancellationToken) is { } token)
            token.Value = value;
        else
            db.UserTokens.Add(new() { UserId = userId, LoginProvider = Ours, Name = name, Value = value });
    }
}
