using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.Mail.Delivery;
using Portal.Mail.Queue;
using Portal.People.Accounts;
using Portal.People.SignIn;
using Portal.Sessions;
using Portal.Sessions.Files;
using Portal.Sessions.Recordings;

namespace Portal.Jobs;

/// <summary>
/// Deletes what has served its time: in small batches with a commit each, so that nobody waits for a large one. Deleting twice
/// is deleting once: any number of portals may do it.
/// </summary>
public sealed class Retention(
    PortalDbContext db, Devices devices, PickupMailSender pickup, TicketKeyRetention ticketKeys, RecordingRetention recordings,
    BlobCleanUp blobs, IOptions<RetentionOptions> options, TimeProvider clock)
{
    internal const int BatchSize = 1000;

    /// <summary>Answers how many rows went.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var keep = options.Value;
        await devices.CleanUpAsync(TimeSpan.FromDays(keep.DeviceDays), cancellationToken);
        if (keep.MailDays > 0)
            pickup.Forget(now.AddDays(-keep.MailDays));
        var files = await DeleteAsync(keep.FileDays, before => db.SessionFiles.Where(f => f.AddedUtc < before
            && db.Sessions.Any(s => s.Id == f.SessionId && s.StartUtc < before)), cancellationToken)
            + await recordings.RunAsync(cancellationToken);
        // After the rows, whose bytes go with this.
        await blobs.RunAsync(cancellationToken);
        return files + await ticketKeys.RunAsync(cancellationToken)
            + await DeleteAsync(db.UsedPasses.Where(p => p.ExpiresUtc < now), cancellationToken)
            + await DeleteAsync(
                db.Guardianships.Where(g => g.GuardianId == null && g.AskedUtc < now - Guardians.RequestLife), cancellationToken)
            + await DeleteAsync(keep.UnconfirmedDays,
                before => db.Users.Where(u => !u.EmailConfirmed && u.DeletedUtc == null && u.CreatedUtc < before), cancellationToken)
            + await DeleteAsync(db.Outbox.Where(m => m.State == OutboxState.Sent && m.UserId != null
                && !db.Users.Any(u => u.Id == m.UserId && u.DeletedUtc == null)), cancellationToken)
            + await DeleteAsync(keep.MailDays, before => db.Outbox.Where(m => m.State != OutboxState.Waiting && m.CreatedUtc < before),
                cancellationToken)
            + await DeleteAsync(keep.MeetingEventDays,
                before => db.MeetingEvents.Where(e => e.AtUtc < before && db.Sessions.Any(s => s.Id == e.SessionId && s.StartUtc < before)),
                    cancellationToken)
            + await DeleteAsync(keep.MeetingEventDays, before => db.RoomStays.Where(s => s.UntilUtc < before), cancellationToken)
            + await DeleteAsync(keep.MeetingEventDays, before => db.ChatLines.Where(c => c.AtUtc < before), cancellationToken)
            + await DeleteAsync(keep.MeetingEventDays, before => db.TroubleReports.Where(r => r.AtUtc < before), cancellationToken)
            + await DeleteAsync(keep.PushDays, before => db.PushSubscriptions.Where(s => (s.UsedUtc ?? s.CreatedUtc) < before),
                cancellationToken)
            + await DeleteAsync(db.PushNotes.Where(n => n.CreatedUtc < now.AddDays(-1)), cancellationToken)
            + await DeleteAsync(keep.SignInDays, before => db.AuditEntries.Where(a =>
                a.AtUtc < before && (a.Action.StartsWith("sign-in.") || a.Action.StartsWith("access."))), cancellationToken)
            + await DeleteAsync(keep.AuditDays, before => db.AuditEntries.Where(a => a.AtUtc < before), cancellationToken)
            + await DeleteAsync(keep.RequestDays, before => db.Sessions.Where(s =>
                (s.State == SessionState.Declined || s.State == SessionState.Expired) && s.StartUtc < before), cancellationToken)
            + await DeleteAsync(keep.SolvedTroubleDays, before => db.SessionTroubles.Where(t => t.SolvedUtc < before), cancellationToken);
    }

    private Task<int> DeleteAsync<T>(
        int days, Func<DateTimeOffset, IQueryable<T>> older, CancellationToken cancellationToken) where T : class =>
        days == 0 ? Task.FromResult(0) : DeleteAsync(older(clock.GetUtcNow().AddDays(-days)), cancellationToken);

    private static async Task<int> DeleteAsync<T>(IQueryable<T> rows, CancellationToken cancellationToken) where T : class
    {
        var deleted = 0;
        int batch;
        do
        {
            batch = await rows.Take(BatchSize).ExecuteDeleteAsync(cancellationToken);
            deleted += batch;
        }
        while (batch == BatchSize);
        return deleted;
    }
}
