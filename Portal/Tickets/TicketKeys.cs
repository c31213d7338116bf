using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Portal.Data;

namespace Portal.Tickets;

/// <summary>The keys that tickets and passes are signed with, read once and kept in memory.</summary>
public sealed class TicketKeys(IServiceScopeFactory scopes, IDataProtectionProvider protection, TimeProvider clock)
{
    private static readonly TimeSpan UnknownIdPause = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<byte, byte[]> keys = new();
    private readonly IDataProtector protector = protection.CreateProtector("Portal.Joining.TicketKeys");
    private long loadedAt = long.MinValue;

    /// <summary>The key that new tickets use: the one with the highest id. Nothing makes a second one yet.</summary>
    public async ValueTask<(byte Id, byte[] Key)> CurrentAsync(CancellationToken cancellationToken)
    {
        if (keys.IsEmpty)
            await LoadAsync(cancellationToken);
        var id = keys.Keys.Max();
        return (id, keys[id]);
    }

    /// <summary>Null for an id that does not exist. A forged id asks the database at most once a minute.</summary>
    public async ValueTask<byte[]?> FindAsync(byte id, CancellationToken cancellationToken)
    {
        if (keys.TryGetValue(id, out var key))
            return key;
        if (Interlocked.Read(ref loadedAt) > clock.GetUtcNow().Subtract(UnknownIdPause).UtcTicks)
            return null;
        await LoadAsync(cancellationToken);
        return keys.GetValueOrDefault(id);
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        if (!await db.TicketKeys.AnyAsync(cancellationToken))
            await MakeFirstAsync(db, cancellationToken);
        foreach (var stored in await db.TicketKeys.AsNoTracking().ToListAsync(cancellationToken))
            keys[stored.Id] = Convert.FromBase64String(protector.Unprotect(stored.ProtectedKey));
        Interlocked.Exchange(ref loadedAt, clock.GetUtcNow().UtcTicks);
    }

    private async Task MakeFirstAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        db.TicketKeys.Add(new TicketKey
        {
            Id = 1,
            ProtectedKey = protector.Protect(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))),
            CreatedUtc = clock.GetUtcNow(),
        });
        await db.TrySaveAsync(cancellationToken); // Another node was first; its key is the one.
    }
}
