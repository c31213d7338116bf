using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Mail.Delivery;
using Portal.Mail.Queue;
using Portal.People.Mails;
using Portal.People.Profile;
using Portal.People.SignIn;
using Portal.Sessions;
using Portal.Sessions.Changes;
using Providers;

namespace Portal.People.Accounts;

public enum DeletionOutcome
{
    Done,
    WrongPassword,

    /// <summary>Without the last administrator nobody could make another.</summary>
    LastAdmin,
}

/// <summary>
/// Takes a person out of the portal. What others did with them stays in others' lists: the account's row stays, without
/// anything that says whose it was.
/// </summary>
public sealed class AccountDeletion(
    PortalDbContext db, SignInService signIn, AdminService admins, Cancellation cancellation, AccountMails mails, Devices devices, TimeProvider clock)
{
    public async Task<DeletionOutcome> DeleteAsync(Guid userId, string? password, CancellationToken cancellationToken)
    {
        if (await signIn.AskAgainAsync(userId, password) is null)
            return DeletionOutcome.WrongPassword;
        if (await admins.IsLastAdminAsync(userId, cancellationToken))
            return DeletionOutcome.LastAdmin;
        // While the person still has a name that the mails can tell.
        await LeaveSessionsAsync(userId, cancellationToken);
        db.ChangeTracker.Clear();
        if (!await RemoveAsync(userId, cancellationToken))
            return DeletionOutcome.LastAdmin;
        // What was booked in between, too.
        await LeaveSessionsAsync(userId, cancellationToken);
        return DeletionOutcome.Done;
    }

    private async Task LeaveSessionsAsync(Guid userId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var parts = await db.Participants.AsNoTracking()
            .Where(p => p.UserId == userId && p.WithdrawnUtc == null && p.LeftUtc == null
                && (p.Session.State == SessionState.Requested || p.Session.State == SessionState.Confirmed)
                && p.Session.StartUtc.AddMinutes(p.Session.LengthMinutes) > now)
            .Select(p => new { p.Id, p.SessionId, p.Role }).ToListAsync(cancellationToken);
        foreach (var part in parts)
        {
            // Of a pair, nobody is left to talk to; a group goes on without one of its mentees, and the seat with it.
            if (part.Role is ParticipantRole.Mentor or ParticipantRole.Mentee)
                await cancellation.CancelAsync(part.SessionId, new(userId, false), "", cancellationToken);
            else
                await db.Participants.Where(p => p.Id == part.Id).ExecuteUpdateAsync(set => set
                    .SetProperty(p => p.LeftUtc, now).SetProperty(p => p.WithdrawnUtc, now)
                    .SetProperty(p => p.LinkVersion, p => (short)(p.LinkVersion + 1)), cancellationToken);
        }
    }

    private async Task<bool> RemoveAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Asked again behind the lock: two administrators could go at once.
        if (await admins.IsLastAdminAsync(userId, cancellationToken))
            return false;
        var user = await db.Users.SingleAsync(u => u.Id == userId, cancellationToken);
        mails.Notice(user, SecurityChange.Deleted);
        db.AuditEntries.Add(new() { AtUtc = clock.GetUtcNow(), ActorId = userId, Action = "person.delete", Subject = $"person:{userId}" });

        var address = SuppressedAddress.Written(user.Email ?? "");
        var nobody = $"deleted-{userId:n}";
        (user.DisplayName, user.UserName, user.NormalizedUserName) = ("", nobody, nobody.ToUpperInvariant());
        (user.Email, user.NormalizedEmail, user.EmailConfirmed) = (null, null, false);
        (user.PhoneNumber, user.PasswordHash, user.TwoFactorEnabled, user.LockoutEnd) = (null, null, false, null);
        (user.Language, user.TimeZone) = ("en", "Etc/UTC");
        (user.SecurityStamp, user.ConcurrencyStamp) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        user.FeedVersion++;
        user.DeletedUtc = clock.GetUtcNow();
        await db.SaveChangesAsync(cancellationToken);

        await devices.EndAllAsync(userId, null, cancellationToken);
        await db.SignedInDevices.Where(d => d.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.Pictures.Where(p => p.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.UserTokens.Where(t => t.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.UserPasskeys.Where(p => p.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.UserLogins.Where(l => l.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.UserClaims.Where(c => c.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.UserRoles.Where(r => r.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.MentorProfiles.Where(m => m.UserId == userId).ExecuteDeleteAsync(cancellationToken); // with hours, days and kinds
        await db.Sessions.Where(s => s.MentorId == userId && s.ExternalMeetingUrl != null)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.ExternalMeetingUrl, (string?)null), cancellationToken);
        await db.Participants.Where(p => p.UserId == userId).ExecuteUpdateAsync(set => set
            .SetProperty(p => p.OwnName, (string?)null).SetProperty(p => p.OwnEmail, (string?)null), cancellationToken);
        await db.SuppressedAddresses.Where(a => a.Address == address).ExecuteDeleteAsync(cancellationToken);
        // What is on its way still goes; the rest is cleaned up after it.
        await db.Outbox.Where(m => m.UserId == userId && m.State != OutboxState.Waiting).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
