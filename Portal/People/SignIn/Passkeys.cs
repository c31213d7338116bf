using System.Buffers.Text;
using Microsoft.AspNetCore.Identity;
using Portal.Data;
using Portal.People.Mails;

namespace Portal.People.SignIn;

/// <summary>A passkey as its owner sees it.</summary>
public sealed record PasskeyRow(string Id, string Name, DateTimeOffset CreatedUtc);

/// <summary>
/// Passkeys (WebAuthn) by the framework: it keeps the challenge in a short-lived cookie between the two halves of each
/// ceremony. A passkey is something one has and something one is or knows, so that no code is asked for after it.
/// </summary>
public sealed class Passkeys(
    PortalDbContext db, UserManager<PortalUser> users, SignInManager<PortalUser> identity, AccountMails mails)
{
    public const int Max = 20;
    public const int MaxNameLength = 60;

    public async Task<IReadOnlyList<PasskeyRow>> ListAsync(PortalUser user) =>
        [.. (await users.GetPasskeysAsync(user)).OrderBy(p => p.CreatedAt).Select(p => new PasskeyRow(IdOf(p), p.Name ?? "", p.CreatedAt))];

    /// <summary>What the browser needs to make one.</summary>
    public Task<string> BeginAddingAsync(PortalUser user) =>
        identity.MakePasskeyCreationOptionsAsync(new() { Id = user.Id.ToString(), Name = user.Email!, DisplayName = user.DisplayName });

    /// <summary>False for an answer that does not fit what was begun.</summary>
    public async Task<bool> AddAsync(PortalUser user, string? credential, string? name, CancellationToken cancellationToken)
    {
        if (await PerformAsync(credential, identity.PerformPasskeyAttestationAsync) is not { Succeeded: true } made
            || made.UserEntity.Id != user.Id.ToString() || (await users.GetPasskeysAsync(user)).Count >= Max)
            return false;
        made.Passkey.Name = NameOf(name);
        mails.Notice(user, SecurityChange.PasskeyAdded);
        return (await users.AddOrUpdatePasskeyAsync(user, made.Passkey)).Succeeded && await SaveAsync(cancellationToken);
    }

    public async Task RenameAsync(PortalUser user, string? id, string? name)
    {
        if (await FindAsync(user, id) is not { } passkey)
            return;
        passkey.Name = NameOf(name);
        await users.AddOrUpdatePasskeyAsync(user, passkey);
    }

    public async Task RemoveAsync(PortalUser user, string? id, CancellationToken cancellationToken)
    {
        if (await FindAsync(user, id) is not { } passkey)
            return;
        mails.Notice(user, SecurityChange.PasskeyRemoved);
        await users.RemovePasskeyAsync(user, passkey.CredentialId);
        await SaveAsync(cancellationToken);
    }

    /// <summary>The same for whoever wants to sign in: it names nobody, the passkey itself says whose it is.</summary>
    public Task<string> BeginSignInAsync() => identity.MakePasskeyRequestOptionsAsync(null!);

    /// <summary>Whose passkey it is; null where it is nobody's, or the account is locked.</summary>
    public async Task<PortalUser?> SignInAsync(string? credential)
    {
        if (await PerformAsync(credential, identity.PerformPasskeyAssertionAsync) is not { Succeeded: true } shown)
            return null;
        // Its counter has moved on.
        await users.AddOrUpdatePasskeyAsync(shown.User, shown.Passkey);
        return SignInService.MayEnter(shown.User) ? shown.User : null;
    }

    private async Task<UserPasskeyInfo?> FindAsync(PortalUser user, string? id) =>
        id is { Length: > 0 and < 1500 } && Base64Url.IsValid(id) ? await users.GetPasskeyAsync(user, Base64Url.DecodeFromChars(id)) : null;

    /// <summary>Null also when nothing was begun, which the framework takes for a mistake in the program.</summary>
    private static async Task<T?> PerformAsync<T>(string? credential, Func<string, Task<T>> perform) where T : class
    {
        try
        {
            return credential is { Length: > 0 and < 50_000 } ? await perform(credential) : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private async Task<bool> SaveAsync(CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    private static string IdOf(UserPasskeyInfo passkey) => Base64Url.EncodeToString(passkey.CredentialId);

    private static string NameOf(string? name)
    {
        var text = FreeText.OneLine(name);
        // Not through the middle of a sign of two halves, which no database takes.
        var end = Math.Min(text.Length, MaxNameLength);
        return FreeText.Check(text, int.MaxValue) is null ? text[..(end > 0 && char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)] : "";
    }
}
