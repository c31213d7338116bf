using System.Security.Cryptography;
using System.Text.Json;
using Localization;
using Microsoft.AspNetCore.DataProtection;
using Portal.Data;
using Portal.ProviderHost;
using Portal.Settings;
using Portal.Tickets;
using Providers;

namespace Portal.Mentors;

/// <summary>
/// The way to a tool's consent page and back. What comes back counts for the mentor who went, in the same browser, once and for half
/// an hour: nobody can have somebody else connect an account that is not theirs.
/// </summary>
public sealed class MentorConnections(
    PortalDbContext db, MeetingProviders providers, MentorToolAccounts accounts, PublicAddress address,
    IDataProtectionProvider protection, TimeProvider clock)
{
    private const int MaxCode = 4000;
    private static readonly TimeSpan Good = TimeSpan.FromMinutes(30);

    private readonly IDataProtector protector = protection.CreateProtector("Portal.Mentors.MentorConnections");

    private sealed record State(Guid Nonce, Guid User, Guid? Device, string Provider, Guid Account, DateTimeOffset Expires);

    private Uri ReturnUrl => address.To("settings/tool/connected");

    /// <summary>Null where the tool has none.</summary>
    public Uri? ConsentUrl(Guid user, Guid? device, ToolAccount tool)
    {
        var state = new State(Guid.NewGuid(), user, device, tool.ProviderId, tool.AccountId, clock.GetUtcNow() + Good);
        return providers.ConsentUrl(tool, protector.Protect(JsonSerializer.Serialize(state)), ReturnUrl);
    }

    /// <summary>Null when it is connected, else why it is not.</summary>
    public async Task<string?> FinishAsync(Guid user, Guid? device, string? state, string? code, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(code) || code.Length > MaxCode || Read(state) is not { } went
            || went.User != user || went.Device != device || went.Expires <= clock.GetUtcNow())
            return ErrorText.ToolConnectExpired;
        db.UsedPasses.Add(new UsedPass { Nonce = went.Nonce, ExpiresUtc = went.Expires });
        if (!await db.TrySaveAsync(cancellationToken))
            return ErrorText.ToolConnectExpired;
        try
        {
            await accounts.ConnectAsync(user, new(went.Provider, went.Account), code, ReturnUrl, cancellationToken);
            return null;
        }
        catch (ProviderException e)
        {
            return ErrorText.ToolConnectFailed.With(e.Message);
        }
    }

    private State? Read(string? state)
    {
        try
        {
            return string.IsNullOrEmpty(state) ? null : JsonSerializer.Deserialize<State>(protector.Unprotect(state));
        }
        catch (Exception e) when (e is CryptographicException or JsonException)
        {
            return null;
        }
    }
}
