using System.Buffers.Text;
using System.Security.Cryptography;
using Lib.Net.Http.WebPush.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Settings;

namespace Portal.People.Push;

/// <summary>Makes the portal's pair at its first use, and keeps it in the database, the private half encrypted.</summary>
public sealed class PushKeys(IServiceScopeFactory scopes, IDataProtectionProvider protection, PublicAddress address, TimeProvider clock)
{
    private readonly IDataProtector protector = protection.CreateProtector("Portal.People.Push.Keys");
    private volatile PushKey? key;

    public async Task<string> PublicKeyAsync(CancellationToken cancellationToken) => (await ReadAsync(cancellationToken)).PublicKey;

    internal async Task<VapidAuthentication> AuthenticationAsync(CancellationToken cancellationToken)
    {
        var read = await ReadAsync(cancellationToken);
        return new(read.PublicKey, protector.Unprotect(read.ProtectedPrivateKey))
        {
            // Whom a push service may turn to; it takes no http.
            Subject = address.IsHttps ? address.To("").AbsoluteUri : null,
        };
    }

    private async Task<PushKey> ReadAsync(CancellationToken cancellationToken)
    {
        if (key is { } known)
            return known;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        if (!await db.PushKeys.AnyAsync(cancellationToken))
        {
            db.PushKeys.Add(Make());
            await db.TrySaveAsync(cancellationToken); // Another portal was first; its pair is the one.
        }
        return key = await db.PushKeys.AsNoTracking().SingleAsync(cancellationToken);
    }

    private PushKey Make()
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var parts = pair.ExportParameters(includePrivateParameters: true);
        return new PushKey
        {
            PublicKey = Base64Url.EncodeToString([4, .. parts.Q.X!, .. parts.Q.Y!]),
            ProtectedPrivateKey = protector.Protect(Base64Url.EncodeToString(parts.D!)),
            CreatedUtc = clock.GetUtcNow(),
        };
    }
}
