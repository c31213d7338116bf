using Microsoft.EntityFrameworkCore;
using Portal.Data;

namespace Portal.Sessions.Recordings;

/// <summary>A mentor's own addresses go with the account; who gave one is forgotten. Recordings of everybody end with their time.</summary>
public sealed class ForgetRecordings(PortalDbContext db, TimeProvider clock) : IForgetPeople
{
    public async Task ForgetAsync(Guid userId, string address, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await db.Recordings.Where(r => r.AddedBy == userId && r.RemovedUtc == null).ExecuteUpdateAsync(set => set
            .SetProperty(r => r.RemovedUtc, now).SetProperty(r => r.Link, (string?)null), cancellationToken);
        await db.Recordings.Where(r => r.AddedBy == userId)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.AddedBy, (Guid?)null), cancellationToken);
    }
}
