using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Portal.Data;

namespace Portal.People.SignIn;

/// <summary>
/// Where a person is signed in. A device that was ended is out at its next request here, and within a minute on other nodes.
/// </summary>
public sealed class Devices(PortalDbContext db, DeviceWatch watch, TimeProvider clock)
{
    /// <summary>Cookies that were not used for so long are no longer taken.</summary>
    public static readonly TimeSpan CookieLife = TimeSpan.FromDays(14);

    /// <summary>However much it is used.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(30);
    public static readonly TimeSpan BetweenChecks = TimeSpan.FromMinutes(1);

    private const string ProgramPrefix = "API · ";

    public async Task<Guid> AddBrowserAsync(Guid userId, string? userAgent, CancellationToken cancellationToken)
    {
        var device = await NewAsync(userId, DeviceName.Of(userAgent), cancellationToken);
        device.ProvenUtc = device.CreatedUtc;
        db.SignedInDevices.Add(device);
        await db.SaveChangesAsync(cancellationToken);
        return device.Id;
    }

    /// <summary>
    /// A program signs in every hour anew and stays one device, as long as it calls itself the same and comes from the same network.
    /// </summary>
    /// <param name="userId">Whom it signs in.</param>
    /// <param name="userAgent">What it calls itself.</param>
    /// <param name="network">By <see cref="ClientNetwork.Coarse"/>.</param>
    /// <param name="cancellationToken">Of the request.</param>
    public async Task<Guid> AddProgramAsync(Guid userId, string? userAgent, string network, CancellationToken cancellationToken)
    {
        var mark = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{userId}{network}")), 0, 2);
        var name = $"{ProgramPrefix}{DeviceName.OfProgram(userAgent)} · {mark}";
        var device = await Active(userId).FirstOrDefaultAsync(d => d.Name == name && d.Mark == mark, cancellationToken);
        if (device is null)
            db.SignedInDevices.Add(device = await NewAsync(userId, name, cancellationToken));
        device.Mark = mark;
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
        var born = now - LongestLife;
        if (await db.SignedInDevices.Where(d => d.Id == id && d.UserId == userId && d.EndedUtc == null && d.CreatedUtc > born
                && db.Users.Any(u => u.Id == userId && u.SecurityStamp == d.Stamp && u.LockoutEnd == null && u.DeletedUtc == null))
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
        var stamp = await StampAsync(userId, cancellationToken);
        await db.SignedInDevices.Where(d => d.UserId == userId && d.Id == keep)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.Stamp, stamp), cancellationToken);
        foreach (var id in keep is { } kept ? [.. ids, kept] : ids)
            watch.Forget(id);
    }

    /// <summary>What this portal remembers of them is old: roles were changed.</summary>
    public async Task LookAgainAsync(Guid userId, CancellationToken cancellationToken)
    {
        foreach (var id in await Active(userId).Select(d => d.Id).ToListAsync(cancellationToken))
            watch.Forget(id);
    }

    /// <summary>Deletes what ended long ago, and what nobody came back to.</summary>
    public Task CleanUpAsync(TimeSpan keep, CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - keep;
        return db.SignedInDevices.Where(d => d.EndedUtc < before || d.SeenUtc < before).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task<SignedInDevice> NewAsync(Guid userId, string name, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return new() { UserId = userId, Name = name, CreatedUtc = now, SeenUtc = now, Stamp = await StampAsync(userId, cancellationToken) };
    }

    private Task<string?> StampAsync(Guid userId, CancellationToken cancellationToken) =>
        db.Users.Where(u => u.Id == userId).Select(u => u.SecurityStamp).SingleOrDefaultAsync(cancellationToken);

    private IQueryable<SignedInDevice> Active(Guid userId)
    {
        var (since, born) = (clock.GetUtcNow() - CookieLife, clock.GetUtcNow() - LongestLife);
        return db.SignedInDevices.Where(d => d.UserId == userId && d.EndedUtc == null && d.SeenUtc > since && d.CreatedUtc > born);
    }
}
