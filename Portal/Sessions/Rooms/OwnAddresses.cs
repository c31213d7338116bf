using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.People;
using Portal.ProviderHost;
using Portal.Sessions.Availability;
using Portal.Sessions.Changes;
using Portal.Sessions.Live;
using Portal.Sessions.Mails;

namespace Portal.Sessions.Rooms;

/// <summary>
/// A mentor has another address, phone number or place: sessions that are booked and would take place at the old one get a room at the
/// new one, and their people are told, in one transaction with the mentor's own change.
/// </summary>
public sealed class OwnAddresses(
    PortalDbContext db, SessionRooms rooms, SessionChanges changes, MeetingEnds ends, SessionMails mails, MeetingProviders providers,
    TimeProvider clock)
{
    private const int MaxAttempts = 10;

    /// <param name="mentor">Tracked, with what is to be saved.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task SaveAsync(MentorProfile mentor, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
            try
            {
                await MoveAsync(mentor, cancellationToken);
                await db.SaveChangesAsync(cancellationToken);
                return;
            }
            catch (Exception e) when (attempt < MaxAttempts && (db.IsConflict(e) || db.IsDeadlock(e)))
            {
                // Somebody changed one of the sessions meanwhile: all of them are read again, and the mentor's change stays as it is.
                var stale = db.ChangeTracker.Entries()
                    .Where(old => old.Entity is not (MentorProfile or PortalUser or ProviderAccount)).ToList();
                foreach (var entry in stale)
                    entry.State = EntityState.Detached;
                await Task.Delay(Random.Shared.Next(5, 50), cancellationToken);
            }
    }

    private async Task MoveAsync(MentorProfile mentor, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var ahead = await db.Sessions.Include(s => s.Mentor).Include(s => s.Participants).ThenInclude(p => p.User)
            .Include(s => s.Links.Where(l => l.RoomVersion == l.Session.RoomVersion)).ThenInclude(l => l.ProviderAccount)
            .Where(s => s.MentorId == mentor.UserId && s.StartUtc > now && s.ExternalMeetingUrl == null
                && (s.State == SessionState.Confirmed || s.State == SessionState.Requested)
                && s.Links.Any(l => l.RoomVersion == s.RoomVersion
                    && (l.ExternalMeetingUrl != mentor.ExternalMeetingUrl || l.MentorPlace != mentor.Place)))
            .AsSplitQuery().ToListAsync(cancellationToken);
        var moved = ahead.Where(s => IsElsewhereNow(s.Links[0], mentor)).ToList();
        var before = moved.ConvertAll(MeetingEnds.Room.Of);
        foreach (var session in moved)
        {
            var tool = session.Links[0].ProviderAccount.ProviderId;
            await rooms.RotateRoomAsync(session, mentor, tool, cancellationToken);
            session.ConcurrencyToken = Guid.NewGuid();
            changes.Log(session, MeetingEventKind.RoomSwitched);
            changes.Audit(new(mentor.UserId, false), "session.switch-room", session);
            // Of a request nobody has been told a place yet.
            if (session.State != SessionState.Confirmed)
                continue;
            session.Sequence++;
            mails.RoomChanged(session, mentor.UserId, hasNewAddress: true);
        }
        await ends.AddAsync(before, moved, cancellationToken);
    }

    /// <summary>An address that was taken away, and not replaced, stays where people expect it.</summary>
    private bool IsElsewhereNow(MeetingLink link, MentorProfile mentor) => providers.Describe(link.ProviderAccount) switch
    {
        { NeedsMentorUrl: true } => mentor.ExternalMeetingUrl is { } url && url != link.ExternalMeetingUrl,
        { NeedsMentorPlace: true } => mentor.Place is { } place && place != link.MentorPlace,
        _ => false,
    };
}
