using Microsoft.EntityFrameworkCore;
using Portal.Data;

namespace Portal.Sessions.Recordings;

/// <summary>Takes away recordings whose time is over; their rows say when that was.</summary>
public sealed class RecordingRetention(PortalDbContext db, TimeProvider clock)
{
    public Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        // Their bytes have no row now, and go with all that have none.
        return db.Recordings.Where(r => r.ExpiresUtc <= now && r.RemovedUtc == null).ExecuteUpdateAsync(set => set
            .SetProperty(r => r.RemovedUtc, now).SetProperty(r => r.Link, (string?)null).SetProperty(r => r.BlobKey, (string?)null)
            .SetProperty(r => r.FetchFrom, (string?)null).SetProperty(r => r.FetchDueUtc, (DateTimeOffset?)null), cancellationToken);
    }
}
