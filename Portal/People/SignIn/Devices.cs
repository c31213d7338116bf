using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Portal.Data;

namespace Portal.People.SignIn;

/// <summary>Which devices this portal has just looked up, so that not every request asks the database.</summary>
public sealed class DeviceWatch
{
    private const int Max = 100_000;

    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _checked = new();

    public bool IsFresh(Guid device, DateTimeOffset now) => _checked.TryGetValue(device, out var at) && now - at < Devices.BetweenChecks;

    public void Remember(Guid device, DateTimeOffset now)
    {
        if (_checked.Count > Max)
            _checked.Clear();
        _checked[device] = now;
    }

    public void Forget(Guid device) => _checked.TryRemove(device, out _);
}

/// <summary>
/// Where a person is signed in. A device that was ended is out at its next request here, and within a minute on other nodes.
/// </summary>
public sealed class Devices(PortalDbContext db, DeviceWatch watch, TimeProvider clock)
{
    /// <summary>Cookies that were not used for so long are no longer taken.</summary>
    public static readonly TimeSpan CookieLife = TimeSpan.FromDays(14);
    public static readonly TimeSpan BetweenChecks = TimeSpan.FromMinutes(1);

    private const string ProgramPrefix = "API · ";

    public async Task<Guid> AddBrowserAsync(Guid userId, string? userAgent, CancellationToken cancellationToken)
    {
        var device = New(userId, DeviceName.Of(userAgent));
        db.SignedInDevices.Add(device);
        await db.SaveChangesAsync(cancellationToken);
        return device.Id;
    }

    /// <summary>A program signs in every hour anew and stays one device.</summary>
    public async Task<Guid> AddProgramAsync(Guid userId, string? userAgent, CancellationToken cancellationToken)
    {
        var name = ProgramPrefix + DeviceName.OfProgram(userAgent);
        var device = await Active(userId).FirstOrDefaultAsync(d => d.Name == name, cancellationToken);
        if (device is null)
            db.SignedInDevices.Add(device = New(userId, name));
        device.SeenUtc = clock.GetUtcNow();
        await db.SaveChangesAsync(cancellationToken);
        return device.Id;
    }

    public Task<List<SignedInDevice>> ListAsync(Guid userId, CancellationToken cancellationToken) =>
        Active(userId).AsNoTracking().OrderByDescending(d => d.SeenUtc).ThenBy(d => d.Id).ToListAsync(cancellationToken);

    /// <summary>Whether the device may go on; asks, and notes that it was seen, once a minute at most.</summary>
    public async Task<bool> MayGoOnAsync(Guid userId, Guid? device, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (device is not { } id)
            return false;
        if (watch.IsFresh(id, now))
            return true;
        if (await db.SignedInDevices.Where(d => d.Id == id && d.UserId == userId && d.EndedUtc == null)
                .ExecuteUpdateAsync(set => set.SetProperty(d => d.SeenUtc, now), cancellationToken) == 0)
            return false;
        watch.Remember(id, now);
        return true;
    }

    /// <summary>False for a device that is not this person's, or has ended already.</summary>
    public async Task<bool> EndAsync(Guid userId, Guid device, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var ended = await db.SignedInDevices.Where(d => d.Id == device && d.UserId == userId && d.EndedUtc == null)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.EndedUtc, now), cancellationToken) == 1;
        if (ended)
            watch.Forget(device);
        return ended;
    }

    public async Task EndAllAsync(Guid userId, Guid? keep, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var ending = db.SignedInDevices.Where(d => d.UserId == userId && d.EndedUtc == null && d.Id != keep);
        var ids = await ending.Select(d => d.Id).ToListAsync(cancellationToken);
        await ending.ExecuteUpdateAsync(set => set.SetProperty(d => d.EndedUtc, now), cancellationToken);
        foreach (var id in ids)
            watch.Forget(id);
    }

    /// <summary>Deletes what ended long ago, and what nobody came back to.</summary>
    public Task CleanUpAsync(TimeSpan keep, CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - keep;
        return db.SignedInDevices.Where(d => d.EndedUtc < before || d.SeenUtc < before).ExecuteDeleteAsync(cancellationToken);
    }

    private SignedInDevice New(Guid userId, string name) =>
        new() { UserId = userId, Name = name, CreatedUtc = clock.GetUtcNow(), SeenUtc = clock.GetUtcNow() };

    private IQueryable<SignedInDevice> Active(Guid userId)
    {
        var since = clock.GetUtcNow() - CookieLife;
        return db.SignedInDevices.Where(d => d.UserId == userId && d.EndedUtc == null && d.SeenUtc > since);
    }
}
