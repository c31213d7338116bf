using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Portal.Data;

namespace Portal.People.Push;

/// <summary>Which browsers of a person are told, and what is still to be told to them.</summary>
public sealed class PushSubscriptions(PortalDbContext db, IDataProtectionProvider protection, TimeProvider clock) : IForgetPeople
{
    private readonly IDataProtector protector = protection.CreateProtector("Portal.People.Push.Subscriptions");

    public Task<int> CountAsync(Guid userId, CancellationToken cancellationToken) =>
        db.PushSubscriptions.CountAsync(s => s.UserId == userId, cancellationToken);

    /// <summary>A browser belongs to who subscribed last; of too many, the oldest goes.</summary>
    public async Task AddAsync(Guid userId, PushAddress address, CancellationToken cancellationToken)
    {
        var mark = address.Mark;
        await db.PushSubscriptions.Where(s => s.Mark == mark).ExecuteDeleteAsync(cancellationToken);
        var keep = await db.PushSubscriptions.Where(s => s.UserId == userId).OrderByDescending(s => s.CreatedUtc)
            .Select(s => s.Id).Take(PushSubscription.MaxPerPerson - 1).ToListAsync(cancellationToken);
        await db.PushSubscriptions.Where(s => s.UserId == userId && !keep.Contains(s.Id)).ExecuteDeleteAsync(cancellationToken);
        db.PushSubscriptions.Add(new PushSubscription
        {
            UserId = userId,
            Mark = mark,
            ProtectedAddress = protector.Protect(JsonSerializer.Serialize(address)),
            CreatedUtc = clock.GetUtcNow(),
        });
        await db.TrySaveAsync(cancellationToken); // Pressed twice, it is done once.
    }

    /// <summary>All of a person's.</summary>
    public Task EndAsync(Guid userId, CancellationToken cancellationToken) =>
        db.PushSubscriptions.Where(s => s.UserId == userId).ExecuteDeleteAsync(cancellationToken);

    /// <summary>Says it once to each browser of a person, which a job does. Saves by itself.</summary>
    public async Task TellAsync(Guid userId, string occasion, string path, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var browsers = await db.PushSubscriptions.Where(s => s.UserId == userId
            && !db.PushNotes.Any(n => n.SubscriptionId == s.Id && n.Occasion == occasion)).Select(s => s.Id).ToListAsync(cancellationToken);
        foreach (var id in browsers)
        {
            db.PushNotes.Add(new PushNote { SubscriptionId = id, Occasion = occasion, Path = path, CreatedUtc = now, DueUtc = now });
            await db.TrySaveAsync(cancellationToken); // Another portal was faster.
            db.ChangeTracker.Clear();
        }
    }

    public Task ForgetAsync(Guid userId, string address, CancellationToken cancellationToken) => EndAsync(userId, cancellationToken);

    internal PushAddress? Read(PushSubscription subscription)
    {
        try
        {
            return JsonSerializer.Deserialize<PushAddress>(protector.Unprotect(subscription.ProtectedAddress));
        }
        catch (Exception e) when (e is System.Security.Cryptography.CryptographicException or JsonException)
        {
            return null;
        }
    }
}
