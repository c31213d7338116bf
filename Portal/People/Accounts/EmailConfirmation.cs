using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Portal.Data;
using Portal.People.Mails;
using Portal.People.Profile;

namespace Portal.People.Accounts;

/// <summary>Shows that an address belongs to the person: the code was mailed there.</summary>
public sealed class EmailConfirmation(PortalDbContext db, UserManager<PortalUser> users, AccountMails mails)
{
    /// <summary>Looks and changes nothing: mail scanners follow links.</summary>
    public async Task<bool> IsGoodAsync(string? userId, string? code) =>
        await FindAsync(userId) is { } user && Decode(code) is { } token && await users.VerifyUserTokenAsync(
            user, users.Options.Tokens.EmailConfirmationTokenProvider, UserManager<PortalUser>.ConfirmEmailTokenPurpose, token);

    public async Task<bool> ConfirmAsync(string? userId, string? code) =>
        await FindAsync(userId) is { } user && Decode(code) is { } token && (await users.ConfirmEmailAsync(user, token)).Succeeded;

    /// <summary>Says nothing about whether there is such an account, or whether it waits for a confirmation.</summary>
    public async Task ResendAsync(string? email, CancellationToken cancellationToken)
    {
        email = email?.Trim() ?? "";
        if (!PersonRules.IsEmail(email) || await users.FindByEmailAsync(email) is not { EmailConfirmed: false } user)
            return;
        await mails.ConfirmAddressAsync(user, cancellationToken);
        await db.TrySaveAsync(cancellationToken);
    }

    private async Task<PortalUser?> FindAsync(string? userId) =>
        Guid.TryParse(userId, out var id) ? await users.FindByIdAsync(id.ToString()) : null;

    private static string? Decode(string? code)
    {
        try
        {
            return code is { Length: > 0 and < 2000 } ? Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(code)) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
