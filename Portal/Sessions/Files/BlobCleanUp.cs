using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Data.Blobs;

namespace Portal.Sessions.Files;

/// <summary>Deletes bytes that no row tells of: a row was deleted, or the machine stopped between the two.</summary>
public sealed class BlobCleanUp(PortalDbContext db, IBlobs blobs, TimeProvider clock)
{
    private const int AtOnce = 500;

    /// <summary>A row follows its bytes within moments; a day allows for clocks that differ.</summary>
    internal static readonly TimeSpan Waits = TimeSpan.FromDays(1);

    /// <summary>Answers how many went.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var (before, gone) = (clock.GetUtcNow() - Waits, 0);
        var some = new List<string>();
        await foreach (var blob in blobs.ListAsync(cancellationToken))
        {
            if (blob.KeptUtc < before)
                some.Add(blob.Key);
            if (some.Count == AtOnce)
                gone += await SiftAsync(some, cancellationToken);
        }
        return gone + await SiftAsync(some, cancellationToken);
    }

    private async Task<int> SiftAsync(List<string> keys, CancellationToken cancellationToken)
    {
        if (keys.Count == 0)
            return 0;
        var asked = keys.ToList();
        keys.Clear();
        var known = await db.SessionFiles.Where(f => asked.Contains(f.BlobKey)).Select(f => f.BlobKey)
            .Concat(db.Recordings.Where(r => r.BlobKey != null && asked.Contains(r.BlobKey)).Select(r => r.BlobKey!))
            .ToHashSetAsync(cancellationToken);
        var orphans = asked.Where(k => !known.Contains(k)).ToList();
        foreach (var key in orphans)
            await blobs.DeleteAsync(key, cancellationToken);
        return orphans.Count;
    }
}
