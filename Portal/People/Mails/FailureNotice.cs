using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Mail.Admin;
using Portal.Mail.Queue;

namespace Portal.People.Mails;

/// <summary>
/// Tells the administrators of mails that were given up, once an hour at most and with their number; never of such news themselves.
/// </summary>
public sealed class FailureNotice(PortalDbContext db, Outbox outbox, AccountRecipients recipients, TimeProvider clock)
{
    /// <summary>Until when failures have been told.</summary>
    public const string Checkpoint = "mail-failures";

    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);
    private static readonly TimeSpan FarBack = TimeSpan.FromDays(1);

    public async Task TellAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var told = await db.JobCheckpoints.SingleOrDefaultAsync(c => c.Name == Checkpoint, cancellationToken);
        var since = told?.ReachedUtc ?? now - FarBack;
        // A moment that is still to come was written before the clock was set back.
        if (since > now)
            since = now - FarBack;
        if (now - since < Pause)
            return;

        // A mail's last attempt is when it failed. (The newest moment in the log belongs to the next news.)
        var count = await db.Outbox.CountAsync(m => MailArchive.GivenUp.Contains(m.State) && m.Kind != nameof(DeliveryFailed)
            && db.MailAttempts.Any(a => a.MailId == m.Id && a.AtUtc >= since && a.AtUtc < now), cancellationToken);
        if (count == 0)
            return;

        var occasion = since.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        foreach (var admin in await recipients.AdministratorsAsync(cancellationToken))
            outbox.Add(new DeliveryFailed(count, since), admin, occasion);
        if (told is null)
            db.JobCheckpoints.Add(told = new() { Name = Checkpoint });
        told.ReachedUtc = now;
        await db.TrySaveAsync(cancellationToken); // Another portal has told it in this very moment.
    }
}
