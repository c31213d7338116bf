using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Quartz;

namespace Portal.Jobs;

/// <summary>Deletes what has served its time: used five-minute passes that have expired anyway.</summary>
public sealed class CleanUpJob(PortalDbContext db, TimeProvider clock) : IJob
{
    public static readonly JobKey Key = new("clean-up");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await db.UsedPasses.Where(p => p.ExpiresUtc < now).ExecuteDeleteAsync(cancellationToken);
    }
}
