using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Mail.Queue;
using Portal.ProviderHost;
using Portal.Sessions.Mails;
using Portal.Sessions.Rooms;
using MeetingPlaceKind = Providers.MeetingPlaceKind;

namespace Portal.Sessions.Live;

/// <summary>
/// What people are told around the start of a session, by a sweep each minute: that somebody waits for them, and that a
/// link is missing. The mails' keys hold person, session and start, so that however many portals sweep, each is told once.
/// </summary>
public sealed class LiveSweep(PortalDbContext db, Outbox outbox, Attendance attendance, MeetingProviders providers, TimeProvider clock)
{
    private static readonly TimeSpan WaitsFor = TimeSpan.FromMinutes(2);
    private static readonly (TimeSpan From, TimeSpan To) LinkWindow = (TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(30));

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await TellWhoIsAwaitedAsync(cancellationToken);
        await TellWhoseLinkIsMissingAsync(cancellationToken);
    }

    private async Task TellWhoIsAwaitedAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var begun = now - WaitsFor;
        var sessions = await Sessions()
            .Where(s => s.State == SessionState.Confirmed && s.StartUtc <= begun && s.StartUtc.AddMinutes(s.LengthMinutes) > now
                // Where there is nothing to open, the portal does not know who is there.
                && !s.Links.Any(l => l.RoomVersion == s.RoomVersion
                    && (l.PlaceKind == MeetingPlaceKind.Phone || l.PlaceKind == MeetingPlaceKind.Address)))
            .ToListAsync(cancellationToken);
        var came = await attendance.CameAsync(sessions, cancellationToken);
        foreach (var session in sessions)
        {
            // Who has said when they come knows that somebody waits.
            foreach (var person in Awaited.Of(session, came).Where(p => p.MissedUtc is null && !(p.ExpectedUtc > now)))
                await TellAsync(new SomeoneWaits(SessionFacts.For(session, person)), person, session, cancellationToken);
        }
    }

    private async Task TellWhoseLinkIsMissingAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var (from, to) = (now + LinkWindow.From, now + LinkWindow.To);
        var sessions = await Sessions().Include(s => s.Links).ThenInclude(l => l.ProviderAccount)
            .Where(s => s.State == SessionState.Confirmed && s.StartUtc >= from && s.StartUtc <= to).ToListAsync(cancellationToken);
        foreach (var session in sessions)
        {
            var (mentor, ofPlace) = (session.MentorPart, NeedsPlace(session, providers));
            if (ofPlace || NeedsAddress(session, providers))
                await TellAsync(new LinkMissing(SessionFacts.For(session, mentor), ofPlace), mentor, session, cancellationToken);
        }
    }

    /// <summary>Whether it takes place at an address of the mentor's, and there is none.</summary>
    internal static bool NeedsAddress(MentoringSession session, MeetingProviders providers)
    {
        var link = session.Links.FirstOrDefault(l => l.RoomVersion == session.RoomVersion);
        var external = session.ExternalMeetingUrl is not null
            || link is not null && providers.Describe(link.ProviderAccount) is { NeedsMentorUrl: true };
        return external && link?.State != MeetingLinkState.Ready
            && string.IsNullOrWhiteSpace(session.ExternalMeetingUrl ?? link?.ExternalMeetingUrl);
    }

    /// <summary>Whether it takes place at a phone number or an address of the mentor's, and there is none.</summary>
    internal static bool NeedsPlace(MentoringSession session, MeetingProviders providers) => session.ExternalMeetingUrl is null
        && session.Links.FirstOrDefault(l => l.RoomVersion == session.RoomVersion) is { State: not MeetingLinkState.Ready } link
        && providers.Describe(link.ProviderAccount) is { NeedsMentorPlace: true } && string.IsNullOrWhiteSpace(link.MentorPlace);

    private async Task TellAsync(SessionMail mail, SessionParticipant person, MentoringSession session, CancellationToken cancellationToken)
    {
        // The start and not the sequence: once for each time that the session has, whatever else is changed meanwhile.
        var occasion = (session.StartUtc.ToUnixTimeSeconds() / 60).ToString(CultureInfo.InvariantCulture);
        if (!await outbox.AddOnceAsync(mail, person.ToRecipient(), occasion, cancellationToken))
            return;
        await db.TrySaveAsync(cancellationToken); // Another portal was faster.
        db.ChangeTracker.Clear();
    }

    private IQueryable<MentoringSession> Sessions() =>
        db.Sessions.AsNoTracking().AsSplitQuery().Include(s => s.Mentor).Include(s => s.Participants).ThenInclude(p => p.User);
}
