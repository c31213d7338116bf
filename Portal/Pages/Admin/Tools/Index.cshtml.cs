using System.Globalization;
using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Pages.Admin.Mail;
using Portal.People;
using Portal.ProviderHost;
using Portal.Sessions;
using Portal.Sessions.Rooms;

namespace Portal.Pages.Admin.Tools;

/// <summary>The meeting tools and how they stand: loaded, and able to hold the sessions of the next day.</summary>
[Authorize(Roles = Roles.Admin)]
public sealed class IndexModel(PortalDbContext db, MeetingProviders providers) : PageModel
{
    public IReadOnlyList<PluginStatus> Plugins { get; private set; } = [];

    /// <summary>For each tool that does not answer or is not ready: in how many sessions of the next day.</summary>
    public IReadOnlyDictionary<string, int> Silent { get; private set; } = new Dictionary<string, int>();

    /// <summary>Whether any tool's rooms are opened by tokens.</summary>
    public bool HasTokens => providers.WithTokens.Count > 0;

    public string TimeZone { get; private set; } = "";

    public string Moment(DateTimeOffset moment) =>
        SessionTime.Stamp(moment, TimeZone, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        TimeZone = await db.TimeZoneOfAsync(User, cancellationToken);
        Plugins = [.. providers.All.OrderBy(p => p.Id, StringComparer.Ordinal)];
        Silent = await db.SessionTroubles
            .Where(t => t.SolvedUtc == null && t.Session.State == SessionState.Confirmed
                && (t.Kind == TroubleKind.ServerUnreachable || t.Kind == TroubleKind.ProviderNotReady))
            .SelectMany(t => t.Session.Links.Where(l => l.RoomVersion == t.Session.RoomVersion).Select(l => l.ProviderAccount.ProviderId))
            .GroupBy(id => id).Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
    }
}
