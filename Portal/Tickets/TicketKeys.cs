using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Portal.Data;

namespace Portal.Tickets;

/// <summary>
/// The keys that tickets and passes are signed with, kept in memory. The newest signs; older ones are still believed until they
/// are deleted, which retention does when the sessions are over that they signed for.
/// </summary>
public sealed class TicketKeys(IServiceScopeFactory scopes, IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>How long a portal may go on with the keys that it knows.</summary>
    public static readonly TimeSpan BetweenLooks = TimeSpan.FromMinutes(1);

    private readonly IDataProtector protector = protection.CreateProtector("Portal.Joining.TicketKeys");
    private volatile Ring? ring;

    /// <summary>The key that new tickets use.</summary>
    public async ValueTask<(byte Id, byte[] Key)> CurrentAsync(CancellationToken cancellationToken)
    {
        var known = IsFresh(ring) ? ring! : await LoadAsync(cancellationToken);
        return (known.Current, known.Keys[known.Current]);
    }

    /// <summary>Null for an id that does not exist. A forged id asks the database at most once a minute.</summary>
    public async ValueTask<byte[]?> FindAsync(byte id, CancellationToken cancellationToken)
    {
        var known = ring;
        if (known?.Keys.TryGetValue(id, out var key) == true)
            return key;
        return IsFresh(known) ? null : (await LoadAsync(cancellationToken)).Keys.GetValueOrDefault(id);
    }

    /// <summary>Makes the next key. Saves nothing; every portal signs with it within a minute of that.</summary>
    public async Task<TicketKey> AddNextAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var used = await db.TicketKeys.OrderBy(k => k.CreatedUtc).ThenBy(k => k.Id).Select(k => k.Id).ToListAsync(cancellationToken);
        var last = used.Count == 0 ? 0 : used[^1];
        // An id has one byte: those of deleted keys come again.
        var free = Enumerable.Range(0, byte.MaxValue).Select(i => (byte)((last + i) % byte.MaxValue + 1))
            .Where(id => !used.Contains(id)).ToList();
        if (free.Count == 0)
            throw new StartupException("All numbers of ticket keys are in use: wait until sessions are over and retention has deleted old keys.");
        var made = new TicketKey
        {
            Id = free[0],
            ProtectedKey = protector.Protect(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))),
            CreatedUtc = clock.GetUtcNow(),
        };
        db.TicketKeys.Add(made);
        return made;
    }

    /// <summary>A clock that was set back makes nothing fresh.</summary>
    private bool IsFresh(Ring? known) => known is not null && clock.GetUtcNow() - known.LoadedAt is var age
        && age >= TimeSpan.Zero && age < BetweenLooks;

    private async Task<Ring> LoadAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        if (!await db.TicketKeys.AnyAsync(cancellationToken))
        {
            await AddNextAsync(db, cancellationToken);
            await db.TrySaveAsync(cancellationToken); // Another node was first; its key is the one.
        }
        var stored = await db.TicketKeys.AsNoTracking().OrderBy(k => k.CreatedUtc).ThenBy(k => k.Id).ToListAsync(cancellationToken);
        return ring = new(stored[^1].Id, stored.ToDictionary(k => k.Id, k => Convert.FromBase64String(protector.Unprotect(k.ProtectedKey))),
            clock.GetUtcNow());
    }

    private sealed record Ring(byte Current, Dictionary<byte, byte[]> Keys, DateTimeOffset LoadedAt);
}
