using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.ProviderHost;
using Portal.Sessions.Availability;
using Portal.Sessions.Live;
using Providers;

namespace Portal.Sessions.Rooms;

/// <summary>
/// Makes the meeting of a session's current room version. A provider that only computes is asked at once; one that
/// talks to a server, or that fails, leaves a pending link that <see cref="MakePendingAsync"/> works off: a booking is
/// never lost for a provider's sake.
/// </summary>
public sealed class MeetingLinks(
    PortalDbContext db, MeetingProviders providers, RemoteMeetings remote, MentorToolAccounts accounts, TimeProvider clock,
    ILogger<MeetingLinks> log)
{
    private const int MaxWaitMinutes = 30;

    /// <summary>Needs no account, no address and no server of anybody's.</summary>
    public string? DefaultTool => providers.DefaultTool;

    /// <summary>Takes over where another tool fails.</summary>
    public string? StandIn => providers.StandIn;

    public async Task<bool> UsesDefaultToolAsync(MentoringSession session, CancellationToken cancellationToken)
    {
        var tool = DefaultTool;
        return await db.MeetingLinks.AnyAsync(
            l => l.SessionId == session.Id && l.RoomVersion == session.RoomVersion && l.ProviderAccount.ProviderId == tool,
            cancellationToken);
    }

    /// <summary>Adds the link to the unit of work; the caller saves.</summary>
    /// <param name="session">Its present room version has no link yet.</param>
    /// <param name="mentor">Whose preference counts.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <param name="tool">A provider in place of the mentor's.</param>
    /// <param name="kept">The meeting of an earlier version, where the same people meet at another time.</param>
    public async Task<MeetingLink> MakeAsync(
        MentoringSession session, MentorProfile mentor, CancellationToken cancellationToken, string? tool = null, MeetingLink? kept = null)
    {
        var now = clock.GetUtcNow();
        // An address for this session alone wins over the mentor's choice; whichever provider takes such addresses leads to it.
        var chosen = providers.ToolOf(mentor.ProviderId);
        var wanted = tool ?? (session.ExternalMeetingUrl is null ? chosen : providers.ForOwnUrls ?? chosen);
        var account = await db.AccountAsync(wanted, mentor.ProviderAccountId, cancellationToken);
        var link = new MeetingLink
        {
            SessionId = session.Id,
            Session = session,
            RoomVersion = session.RoomVersion,
            ProviderAccountId = account.Id,
            ProviderAccount = account,
            ExternalMeetingUrl = session.ExternalMeetingUrl ?? mentor.ExternalMeetingUrl,
            MentorPlace = mentor.Place,
            DueUtc = now,
            CreatedUtc = now,
        };
        db.MeetingLinks.Add(link);
        // The tool is told of the new time instead of being asked for another meeting.
        if (kept?.ProviderAccountId == account.Id && remote.CanUpdate(account) && MeetingRequests.HandleOf(kept) is { } handle)
            link.Keep(handle);
        if (providers.Describe(account) is not { CreatesRemotely: true })
            await TryAsync(link, cancellationToken);
        return link;
    }

    /// <summary>Works off what is due; answers how many links were tried.</summary>
    public async Task<int> MakePendingAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var due = await db.MeetingLinks.Where(l => l.State == MeetingLinkState.Pending && l.DueUtc <= now)
            .OrderBy(l => l.DueUtc).Select(l => l.Id).Take(50).ToListAsync(cancellationToken);
        var tried = 0;
        foreach (var id in due)
        {
            // The claim: only one of several portals moves the due time from what both have read.
            var lease = now.AddMinutes(2);
            if (await db.MeetingLinks.Where(l => l.Id == id && l.State == MeetingLinkState.Pending && l.DueUtc <= now)
                .ExecuteUpdateAsync(u => u.SetProperty(l => l.DueUtc, lease), cancellationToken) == 0)
                continue;
            var link = await db.MeetingLinks.Include(l => l.ProviderAccount)
                .Include(l => l.Session).ThenInclude(s => s.Mentor)
                .Include(l => l.Session).ThenInclude(s => s.Participants).ThenInclude(p => p.User)
                .SingleAsync(l => l.Id == id, cancellationToken);
            if (link.Session.State.HoldsItsTime() && link.RoomVersion == link.Session.RoomVersion)
            {
                await TryAsync(link, cancellationToken);
                await AddDialInAsync(link, cancellationToken);
            }
            else
                link.State = MeetingLinkState.Failed;
            await db.SaveChangesAsync(cancellationToken);
            db.ChangeTracker.Clear();
            tried++;
        }
        return tried;
    }

    private async Task TryAsync(MeetingLink link, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        try
        {
            Take(link, await MadeAsync(link, cancellationToken));
        }
        catch (ProviderException e)
        {
            link.Attempts++;
            var reason = $"{e.Failure}: {e.Message}";
            link.LastFailure = reason[..Math.Min(reason.Length, 500)];
            // Never given up before the session is over; administrators see how often it was tried.
            link.State = link.Session.EndUtc <= now ? MeetingLinkState.Failed : MeetingLinkState.Pending;
            link.DueUtc = now + (e.RetryAfter ?? WaitAfter(link.Attempts, link.Session.StartUtc - now));
            log.LogWarning("No meeting yet for session {Session} at {Provider}: {Failure}", link.SessionId, link.ProviderAccount.ProviderId,
                e.Failure);
        }
    }

    /// <summary>The meeting is there; the caller saves.</summary>
    public void Take(MeetingLink link, MeetingHandle handle)
    {
        link.Keep(handle);
        link.State = MeetingLinkState.Ready;
        link.LastFailure = null;
        link.AttendanceDueUtc = remote.KnowsAttendance(link.ProviderAccount) ? link.Session.EndUtc + MeetingAttendance.AfterTheEnd
            : null;
        db.MeetingEvents.Add(new MeetingEvent { SessionId = link.SessionId, Kind = MeetingEventKind.LinkMade, AtUtc = clock.GetUtcNow() });
    }

    private async Task<MeetingHandle> MadeAsync(MeetingLink link, CancellationToken cancellationToken)
    {
        ToolAccount tool = link.ProviderAccount;
        var request = await db.WithMentorAsync(MeetingRequests.RequestFor(link), link, accounts, cancellationToken);
        if (MeetingRequests.HandleOf(link) is { } handle && remote.CanUpdate(tool))
            try
            {
                return await remote.UpdateAsync(
                    tool, handle with { MentorAccount = request.MentorAccount }, request, cancellationToken);
            }
            catch (ProviderException e) when (e.Failure is ProviderFailure.NotFound or ProviderFailure.Rejected)
            {
                log.LogWarning("A meeting of session {Session} could not be changed at {Provider}: {Failure}; another one is made",
                    link.SessionId, tool.ProviderId, e.Failure);
                if (e.Failure == ProviderFailure.Rejected)
                    await EndLaterAsync(link, cancellationToken);
                link.Forget();
            }
        return await providers.CreateAsync(tool, request, cancellationToken);
    }

    /// <summary>The link that the meeting was made for still names it.</summary>
    private async Task EndLaterAsync(MeetingLink link, CancellationToken cancellationToken)
    {
        var first = await db.MeetingLinks.Where(l => l.SessionId == link.SessionId && l.Id != link.Id && l.Handle == link.Handle
            && l.ProviderAccountId == link.ProviderAccountId).Select(l => (Guid?)l.Id).FirstOrDefaultAsync(cancellationToken);
        if (first is { } id && !await db.MeetingEnds.AnyAsync(e => e.LinkId == id, cancellationToken))
            db.MeetingEnds.Add(new MeetingEnd { LinkId = id, CreatedUtc = clock.GetUtcNow(), DueUtc = clock.GetUtcNow() });
    }

    /// <summary>Numbers to call are a help and no condition: without them the meeting is ready all the same.</summary>
    private async Task AddDialInAsync(MeetingLink link, CancellationToken cancellationToken)
    {
        if (link is not { State: MeetingLinkState.Ready, DialIn: null } || !remote.HasDialIn(link.ProviderAccount))
            return;
        try
        {
            var handle = await accounts.HandleAsync(link, link.Session.MentorId, cancellationToken);
            link.DialIn = DialInText.Of(await remote.DialInAsync(link.ProviderAccount, handle!, cancellationToken));
        }
        catch (ProviderException e)
        {
            log.LogWarning("No phone numbers for session {Session} from {Provider}: {Failure}", link.SessionId,
                link.ProviderAccount.ProviderId, e.Failure);
        }
    }

    /// <summary>Ever longer, and never so long that the session begins before the next try.</summary>
    internal static TimeSpan WaitAfter(int attempts, TimeSpan untilStart)
    {
        var wait = TimeSpan.FromMinutes(Math.Clamp(attempts, 1, MaxWaitMinutes));
        return untilStart > TimeSpan.Zero && untilStart / 2 < wait ? Max(untilStart / 2, TimeSpan.FromMinutes(1)) : wait;

        static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
    }
}
