using System.Globalization;
using Localization;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Mail.Queue;
using Portal.People.Mails;
using Portal.ProviderHost;
using Portal.Sessions.Live;
using Portal.Sessions.Mails;
using Providers;

namespace Portal.Sessions.Rooms;

/// <summary>
/// Looks at the sessions of the next 24 hours for what would keep people from meeting, while there is time to mend it.
/// The mentor hears of it at once; the administrators when it stays, or when the start is near.
/// </summary>
public sealed class Preflight(
    PortalDbContext db, MeetingProviders providers, MeetingLookup lookup, Outbox outbox, AccountRecipients recipients, TimeProvider clock,
    ILogger<Preflight> log)
{
    public static readonly TimeSpan Ahead = TimeSpan.FromHours(24);
    public static readonly TimeSpan MentorAlone = TimeSpan.FromHours(2);
    public static readonly TimeSpan Near = TimeSpan.FromHours(3);

    /// <summary>A link that was asked for just now is still being made.</summary>
    private static readonly TimeSpan Making = TimeSpan.FromMinutes(5);

    /// <summary>What comes and goes is told once in this time.</summary>
    private static readonly TimeSpan BetweenMails = TimeSpan.FromHours(2);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var until = now + Ahead;
        await db.SessionTroubles.Where(t => t.SolvedUtc == null
                && (t.Session.State != SessionState.Confirmed || t.Session.StartUtc <= now || t.Session.StartUtc > until))
            .ExecuteUpdateAsync(u => u.SetProperty(t => t.SolvedUtc, now), cancellationToken);
        var ids = await db.Sessions.Where(s => s.State == SessionState.Confirmed && s.StartUtc > now && s.StartUtc <= until)
            .OrderBy(s => s.StartUtc).Select(s => s.Id).ToListAsync(cancellationToken);
        var checks = new Dictionary<ToolAccount, Finding?>();
        var admins = await recipients.AdministratorsAsync(cancellationToken);
        foreach (var id in ids)
        {
            db.ChangeTracker.Clear();
            try
            {
                await LookAtAsync(id, checks, admins, cancellationToken);
            }
            catch (DbUpdateException e)
            {
                log.LogError(e, "Session {Session} could not be looked at", id);
            }
        }
    }

    private async Task LookAtAsync(
        Guid id, Dictionary<ToolAccount, Finding?> checks, IReadOnlyList<Recipient> admins, CancellationToken cancellationToken)
    {
        var session = await db.Sessions.AsNoTracking().AsSplitQuery().Include(s => s.Mentor).Include(s => s.Participants)
            .ThenInclude(p => p.User)
            .Include(s => s.Links).ThenInclude(l => l.ProviderAccount).FirstOrDefaultAsync(s => s.Id == id, cancellationToken);
        if (session is null)
            return;
        var found = await FindAsync(session, checks, cancellationToken);
        var now = clock.GetUtcNow();
        var known = await db.SessionTroubles.Where(t => t.SessionId == id).ToListAsync(cancellationToken);
        foreach (var gone in known.Where(t => t.SolvedUtc is null && t.Kind != found?.Kind))
            gone.SolvedUtc = now;
        if (found is not null)
            Note(session, found, known, now);
        await TellAsync(session, [.. known.Where(t => t.SolvedUtc is null)], admins, now, cancellationToken);
        await db.TrySaveAsync(cancellationToken); // Another portal found the same in the same moment, and tells of it.
    }

    private void Note(MentoringSession session, Finding found, List<SessionTrouble> known, DateTimeOffset now)
    {
        var trouble = known.FirstOrDefault(t => t.Kind == found.Kind);
        if (trouble is null)
        {
            trouble = new SessionTrouble { SessionId = session.Id, Kind = found.Kind, FoundUtc = now };
            db.SessionTroubles.Add(trouble);
            known.Add(trouble);
        }
        else if (trouble.SolvedUtc is not null)
        {
            (trouble.FoundUtc, trouble.SolvedUtc, trouble.AdminsToldUtc) = (now, null, null);
            if (trouble.MentorToldUtc < now - BetweenMails)
                trouble.MentorToldUtc = null;
        }
        trouble.Detail = found.Detail[..Math.Min(found.Detail.Length, 500)];
    }

    private async Task TellAsync(
        MentoringSession session, IReadOnlyList<SessionTrouble> open, IReadOnlyList<Recipient> admins, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        foreach (var trouble in open)
        {
            var occasion = (trouble.FoundUtc.ToUnixTimeSeconds() / 60).ToString(CultureInfo.InvariantCulture);
            if (trouble.MentorToldUtc is null)
            {
                var mentor = session.MentorPart;
                outbox.Add(new PreflightFailed(SessionFacts.For(session, mentor), trouble.Kind), mentor.ToRecipient(), occasion);
                trouble.MentorToldUtc = now;
            }
            if (trouble.AdminsToldUtc is not null || trouble.FoundUtc > now - MentorAlone && session.StartUtc >= now + Near)
                continue;
            // A mentor who is an administrator has the mail already.
            foreach (var admin in admins.Where(a => a.UserId != session.MentorId))
            {
                // Who runs the portal is on no side: the mail names the mentor.
                var facts = new SessionFacts(session.Topic, session.StartUtc, session.LengthMinutes, ParticipantRole.Observer,
                    [session.MentorPart.StoredName], session.Mentor.TimeZone);
                var to = admin with { SessionId = session.Id };
                await outbox.AddOnceAsync(
                    new PreflightFailed(facts, trouble.Kind), to, $"{session.Id:N}:{trouble.Kind}:{occasion}", cancellationToken);
            }
            trouble.AdminsToldUtc = now;
        }
    }

    /// <summary>The one thing that is to be mended first; null when all is well.</summary>
    private async Task<Finding?> FindAsync(
        MentoringSession session, Dictionary<ToolAccount, Finding?> checks, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var link = session.Links.FirstOrDefault(l => l.RoomVersion == session.RoomVersion);
        if (LiveSweep.NeedsAddress(session, providers))
            return new(TroubleKind.LinkMissing, Said.Of(nameof(SaidText.LinkNeeded)));
        if (LiveSweep.NeedsPlace(session, providers))
            return new(TroubleKind.PlaceMissing, Said.Of(nameof(SaidText.PlaceNeeded)));
        if (link is not null && await CheckAsync(link.ProviderAccount, checks, cancellationToken) is { } provider)
            return provider;
        if (link is { State: MeetingLinkState.Ready } && await lookup.IsGoneAsync(link, session.MentorId, cancellationToken))
            return null; // Another one is being made; should that fail, the next look finds it.
        if (link is null || link.State == MeetingLinkState.Failed || link.State == MeetingLinkState.Pending
            && link.CreatedUtc < now - Making)
            return new(TroubleKind.MeetingMissing, link?.LastFailure ?? Said.Of(nameof(SaidText.NoMeeting)));
        return link.ExpiresUtc < session.EndUtc
            ? new(TroubleKind.MeetingMissing, Said.Of(nameof(SaidText.EndsEarly))) : null;
    }

    /// <summary>Asks each tool once in a run, however many sessions use it.</summary>
    private async Task<Finding?> CheckAsync(ToolAccount tool, Dictionary<ToolAccount, Finding?> checks, CancellationToken cancellationToken)
    {
        if (!checks.TryGetValue(tool, out var known))
            checks[tool] = known = await AskAsync(tool, cancellationToken);
        return known;
    }

    private async Task<Finding?> AskAsync(ToolAccount tool, CancellationToken cancellationToken)
    {
        // The details are kept, and read by administrators of either language.
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.English);
        var status = providers.FindAccount(tool);
        if (status is null or { State: PluginState.Disabled or PluginState.Incompatible or PluginState.NeedsAttention })
            return new(TroubleKind.ProviderNotReady, $"{tool.ProviderId}: {status?.Reason ?? "not installed"}");
        try
        {
            var check = await providers.CheckAsync(tool, cancellationToken);
            return check.Healthy ? null : new(TroubleKind.ServerUnreachable, $"{tool.ProviderId}: {check.Message}");
        }
        catch (ProviderException e) when (e.Failure is ProviderFailure.RateLimited)
        {
            // It answers, and has enough of us for now.
            return null;
        }
        catch (ProviderException e)
        {
            var kind = e.Failure is ProviderFailure.Unavailable ? TroubleKind.ServerUnreachable : TroubleKind.ProviderNotReady;
            return new(kind, $"{tool.ProviderId}: {e.Failure}: {e.Message}");
        }
    }

    private sealed record Finding(TroubleKind Kind, string Detail);
}
