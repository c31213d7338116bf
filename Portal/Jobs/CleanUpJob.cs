using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Mail;
using Portal.People;
using Quartz;

namespace Portal.Jobs;

/// <summary>
/// Deletes what has served its time: used five-minute passes that have expired anyway, devices that ended long ago, and the
/// last mails to people who have deleted their account.
/// </summary>
public sealed class CleanUpJob(PortalDbContext db, Devices devices, TimeProvider clock) : IJob
{
    public static readonly JobKey Key = new("clean-up");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await db.UsedPasses.Where(p => p.ExpiresUtc < now).ExecuteDeleteAsync(cancellationToken);
        await devices.CleanUpAsync(cancellationToken);
        await db.Outbox.Where(m => m.State == OutboxState.Sent && db.Users.Any(u => u.Id == m.UserId && u.DeletedUtc != null))
            .ExecuteDeleteAsync(cancellationToken);
    }
}
