using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.People;

namespace Portal.Security;

/// <summary>
/// Identity's store, but for passkeys: the model does not have Identity's own table of them, so that they lie among the
/// tokens of an account, one row each, under the hash of the credential's id (which may be longer than a key).
/// </summary>
public sealed class PortalUserStore(PortalDbContext db, IdentityErrorDescriber describer)
    : UserStore<PortalUser, IdentityRole<Guid>, PortalDbContext, Guid>(db, describer)
{
    private const string Provider = "[Passkey]";

    public override async Task AddOrUpdatePasskeyAsync(PortalUser user, UserPasskeyInfo passkey, CancellationToken cancellationToken)
    {
        var value = JsonSerializer.Serialize(Stored.From(passkey));
        if (await RowAsync(user, passkey.CredentialId, cancellationToken) is { } row)
            row.Value = value;
        else
            Context.UserTokens.Add(new() { UserId = user.Id, LoginProvider = Provider, Name = NameOf(passkey.CredentialId), Value = value });
    }

    public override async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(PortalUser user, CancellationToken cancellationToken) =>
        (await Context.UserTokens.AsNoTracking().Where(t => t.UserId == user.Id && t.LoginProvider == Provider).ToListAsync(cancellationToken))
            .ConvertAll(Read);

    public override async Task<PortalUser?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken)
    {
        var name = NameOf(credentialId);
        return await Context.Users.SingleOrDefaultAsync(u => Context.UserTokens.Any(
            t => t.UserId == u.Id && t.LoginProvider == Provider && t.Name == name), cancellationToken);
    }

    public override async Task<UserPasskeyInfo?> FindPasskeyAsync(PortalUser user, byte[] credentialId, CancellationToken cancellationToken) =>
        await RowAsync(user, credentialId, cancellationToken) is { } row ? Read(row) : null;

    public override async Task RemovePasskeyAsync(PortalUser user, byte[] credentialId, CancellationToken cancellationToken)
    {
        if (await RowAsync(user, credentialId, cancellationToken) is { } row)
            Context.UserTokens.Remove(row);
    }

    private Task<IdentityUserToken<Guid>?> RowAsync(PortalUser user, byte[] credentialId, CancellationToken cancellationToken)
    {
        var name = NameOf(credentialId);
        return Context.UserTokens.SingleOrDefaultAsync(t => t.UserId == user.Id && t.LoginProvider == Provider && t.Name == name, cancellationToken);
    }

    private static string NameOf(byte[] credentialId) => Convert.ToHexStringLower(SHA256.HashData(credentialId));

    private static UserPasskeyInfo Read(IdentityUserToken<Guid> row) => JsonSerializer.Deserialize<Stored>(row.Value!)!.ToInfo();

    /// <summary>Without the attestation and what the browser said when it was made: nothing asks for them again.</summary>
    private sealed record Stored(
        byte[] Id, byte[] PublicKey, DateTimeOffset CreatedUtc, uint SignCount, string[]? Transports, bool Verified, bool Eligible, bool BackedUp, string? Name)
    {
        public static Stored From(UserPasskeyInfo p) => new(
            p.CredentialId, p.PublicKey, p.CreatedAt, p.SignCount, p.Transports, p.IsUserVerified, p.IsBackupEligible, p.IsBackedUp, p.Name);

        public UserPasskeyInfo ToInfo() => new(Id, PublicKey, CreatedUtc, SignCount, Transports, Verified, Eligible, BackedUp, [], []) { Name = Name };
    }
}
