using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Mail.Admin;
using Portal.Mail.Queue;
using Portal.People;
using Portal.ProviderHost;
using Portal.Sessions;
using Portal.Sessions.Rooms;

namespace Portal.Pages.Admin;

/// <summary>What needs attention, then the meeting tools and how they stand.</summary>
[Authorize(Roles = Roles.Admin)]
public sealed class IndexModel(PortalDbContext db, MeetingProviders providers, TimeProvider clock) : PageModel
{
    /// <summary>A mail that waits longer than this has been tried in vain.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private const int MaxTroubles = 20;

    public int FailedMails { get; private set; }
    public int LateMails { get; private set; }
    public int SessionsWithoutMeeting { get; private set; }
    public IReadOnlyList<PluginStatus> Plugins { get; private set; } = [];

    /// <summary>Open ones, the next session first.</summary>
    public IReadOnlyList<SessionTrouble> Troubles { get; private set; } = [];
    public int ClockMoves { get; private set; }

    public bool AllWell => FailedMails + LateMails + SessionsWithoutMeeting + Troubles.Count + ClockMoves == 0 && Plugins.All(
        p => p.State is PluginState.Active or PluginState.Disabled);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var late = now - Patience;
        FailedMails = await db.Outbox.CountAsync(m => MailArchive.NeedAttention.Contains(m.State), cancellationToken);
        LateMails = await db.Outbox.CountAsync(m => m.State == OutboxState.Waiting && m.CreatedUtc < late, cancellationToken);
        SessionsWithoutMeeting = await db.MeetingLinks.CountAsync(l =>
            l.State != MeetingLinkState.Ready && l.Session.State == SessionState.Confirmed && l.Session.StartUtc > now
            && l.RoomVersion == l.Session.RoomVersion && l.Attempts > 0, cancellationToken);
        Troubles = await db.SessionTroubles.AsNoTracking().Include(t => t.Session).ThenInclude(s => s.Mentor)
            .Where(t => t.SolvedUtc == null && t.Session.State == SessionState.Confirmed && t.Session.StartUtc > now)
            .OrderBy(t => t.Session.StartUtc).Take(MaxTroubles).ToListAsync(cancellationToken);
        var month = now.AddDays(-30);
        ClockMoves = await db.ClockRuleChanges.CountAsync(c => c.FoundUtc > month, cancellationToken);
        Plugins = [.. providers.All.OrderBy(p => p.Id, StringComparer.Ordinal)];
    }
}
