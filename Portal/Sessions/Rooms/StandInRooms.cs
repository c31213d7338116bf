using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.ProviderHost;
using Portal.Sessions.Changes;
using Portal.Sessions.Live;
using Portal.Sessions.Mails;
using Providers;

namespace Portal.Sessions.Rooms;

/// <summary>
/// A tool that fails when people come does not cost them the session: it takes place in the tool that needs nothing of anybody, and goes
/// back when the mentor's own lives again before anyone has joined. Everybody is told both times.
/// </summary>
public sealed class StandInRooms(
    PortalDbContext db, SessionChanges changes, SessionRooms rooms, MeetingLinks links, MeetingProviders providers, SessionMails mails,
    StandInAlerts alerts, MentorToolAccounts accounts, TimeProvider clock, ILogger<StandInRooms> log)
{
    private const int AtOnce = 50;

    /// <summary>Who comes so shortly before the start no longer waits for a meeting that is still being made.</summary>
    public static readonly TimeSpan BeforeStart = TimeSpan.FromMinutes(5);

    /// <summary>A meeting that was asked for just now is still being made.</summary>
    private static readonly TimeSpan Making = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan BetweenChecks = TimeSpan.FromMinutes(2);

    /// <param name="sessionId">Whose room could not be entered.</param>
    /// <param name="room">The version that failed.</param>
    /// <param name="failure">What the tool said at the click; null where there is no meeting yet.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>True when the session has another room now, by this call or by somebody who was faster.</returns>
    public async Task<bool> OpenAsync(Guid sessionId, int room, ProviderFailure? failure, CancellationToken cancellationToken)
    {
        var opened = false;
        await changes.RunAsync(sessionId, async session =>
        {
            opened = session.RoomVersion != room;
            if (opened)
                return SessionOutcome.Done;
            var old = await db.MeetingLinks.Include(l => l.ProviderAccount)
                .FirstOrDefaultAsync(l => l.SessionId == session.Id && l.RoomVersion == room, cancellationToken);
            if (session.State != SessionState.Confirmed || links.StandIn is not { } tool || old is null
                || old.ProviderAccount.ProviderId == tool || failure is null && !HasFailed(old)
                || await rooms.IsInUseAsync(session, null, cancellationToken))
                return SessionOutcome.NothingBack;
            var made = await rooms.RotateRoomAsync(session, cancellationToken, tool);
            if (made.State != MeetingLinkState.Ready)
                return SessionOutcome.NothingBack;
            made.InsteadOfAccountId = old.ProviderAccountId;
            session.Sequence++;
            changes.Log(session, MeetingEventKind.RoomSwitched, null,
                new { standIn = true, insteadOf = old.ProviderAccount.ProviderId, failure = failure?.ToString() });
            AuditTrail.Audit.Note(db, clock.GetUtcNow(), null, "session.stand-in", $"session:{session.Id}", old.ProviderAccount.ProviderId);
            await alerts.TellAsync(session, old.ProviderAccount, ReasonOf(failure), cancellationToken);
            opened = true;
            return SessionOutcome.Done;
        }, cancellationToken);
        // What a refusal has left behind must not be saved with the next change.
        db.ChangeTracker.Clear();
        // Somebody who was faster may be in the new room already, which looks like a room in use to whoever read the session before.
        return opened || await db.Sessions.AnyAsync(s => s.Id == sessionId && s.RoomVersion != room, cancellationToken);
    }

    /// <summary>Sends the sessions back whose own tool lives again, while nobody has joined.</summary>
    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var stands = await db.MeetingLinks.AsNoTracking().Include(l => l.Session).Where(l => l.InsteadOfAccountId != null
                && l.RoomVersion == l.Session.RoomVersion && l.Session.State == SessionState.Confirmed
                && l.Session.StartUtc.AddMinutes(l.Session.LengthMinutes) > now && l.DueUtc <= now)
            .OrderBy(l => l.Session.StartUtc).Take(AtOnce).ToListAsync(cancellationToken);
        var lives = new Dictionary<Guid, bool>();
        foreach (var stand in stands)
        {
            // The claim, and the pace: a check is several calls, and the job runs four times a minute on each portal.
            var next = now + BetweenChecks;
            if (await db.MeetingLinks.Where(l => l.Id == stand.Id && l.DueUtc <= now)
                .ExecuteUpdateAsync(u => u.SetProperty(l => l.DueUtc, next), cancellationToken) == 0)
                continue;
            var account = await db.ProviderAccounts.AsNoTracking().FirstAsync(a => a.Id == stand.InsteadOfAccountId, cancellationToken);
            if (!lives.TryGetValue(account.Id, out var alive))
                lives[account.Id] = alive = await LivesAsync(account, cancellationToken);
            if (alive && !await rooms.IsInUseAsync(stand.Session, null, cancellationToken))
                await GoBackAsync(stand, account, cancellationToken);
            db.ChangeTracker.Clear();
        }
    }

    private bool HasFailed(MeetingLink link) =>
        link.State != MeetingLinkState.Ready && (link.Attempts > 0 || link.CreatedUtc < clock.GetUtcNow() - Making);

    private async Task<bool> LivesAsync(ProviderAccount account, CancellationToken cancellationToken)
    {
        try
        {
            return (await providers.CheckAsync(account, cancellationToken)).Healthy;
        }
        catch (ProviderException)
        {
            return false;
        }
    }

    /// <summary>The meeting is made first: nobody is to find a room that is still being prepared.</summary>
    private async Task GoBackAsync(MeetingLink stand, ProviderAccount account, CancellationToken cancellationToken)
    {
        MeetingHandle handle;
        try
        {
            var session = await db.Sessions.AsNoTracking().Include(s => s.Mentor).Include(s => s.Participants).ThenInclude(p => p.User)
                .FirstAsync(s => s.Id == stand.SessionId, cancellationToken);
            var next = new MeetingLink
            {
                Session = session,
                RoomVersion = stand.RoomVersion + 1,
                ProviderAccount = account,
                ProviderAccountId = account.Id,
                ExternalMeetingUrl = stand.ExternalMeetingUrl,
                MentorPlace = stand.MentorPlace,
            };
            var request = await db.WithMentorAsync(MeetingRequests.RequestFor(next), next, accounts, cancellationToken);
            handle = await providers.CreateAsync(account, request, cancellationToken);
        }
        catch (ProviderException)
        {
            return;
        }
        var outcome = await changes.RunAsync(stand.SessionId, async session =>
        {
            if (session.RoomVersion != stand.RoomVersion || session.State != SessionState.Confirmed
                || await rooms.IsInUseAsync(session, null, cancellationToken))
                return SessionOutcome.ChangedMeanwhile;
            var made = await rooms.RotateRoomAsync(session, cancellationToken, account.ProviderId);
            made.ProviderAccount = await db.ProviderAccounts.SingleAsync(a => a.Id == account.Id, cancellationToken);
            links.Take(made, handle);
            session.Sequence++;
            changes.Log(session, MeetingEventKind.RoomSwitched, null, new { standIn = false });
            AuditTrail.Audit.Note(db, clock.GetUtcNow(), null, "session.stand-in-over", $"session:{session.Id}", account.ProviderId);
            mails.RoomChanged(session, null);
            return SessionOutcome.Done;
        }, cancellationToken);
        if (outcome != SessionOutcome.Done)
            await EndAsync(stand, account, handle, cancellationToken);
    }

    private async Task EndAsync(MeetingLink stand, ProviderAccount account, MeetingHandle handle, CancellationToken cancellationToken)
    {
        // The same request may have made the same meeting for somebody who was faster.
        if (await db.MeetingLinks.AnyAsync(l => l.SessionId == stand.SessionId && l.Handle == handle.Value, cancellationToken))
            return;
        try
        {
            var secret = await accounts.SecretAsync(stand.Session.MentorId, account.Id, cancellationToken);
            await providers.EndAsync(account, handle with { MentorAccount = secret }, cancellationToken);
        }
        catch (ProviderException e)
        {
            log.LogWarning("A meeting of session {Session} that nobody needs stays at {Provider}: {Failure}", stand.SessionId, account.ProviderId,
                e.Failure);
        }
    }

    private static TroubleKind ReasonOf(ProviderFailure? failure) => failure switch
    {
        ProviderFailure.NotConfigured or ProviderFailure.Unauthorized => TroubleKind.ProviderNotReady,
        ProviderFailure.Unavailable or ProviderFailure.RateLimited => TroubleKind.ServerUnreachable,
        _ => TroubleKind.MeetingMissing,
    };
}
