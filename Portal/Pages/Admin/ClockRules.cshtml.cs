using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Portal.Calendar;
using Portal.Data;
using Portal.People;

namespace Portal.Pages.Admin;

/// <summary>The sessions whose moment changed because a country changed its clock.</summary>
[Authorize(Roles = Roles.Admin)]
public sealed class ClockRulesModel(PortalDbContext db, IDateTimeZoneProvider zones) : PageModel
{
    private const int MaxShown = 200;

    public string Version => zones.VersionId;

    public IReadOnlyList<ClockRuleChange> Changes { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken) =>
        Changes = await db.ClockRuleChanges.AsNoTracking().Include(c => c.Session)
            .OrderByDescending(c => c.FoundUtc).ThenBy(c => c.NewStartUtc).Take(MaxShown).ToListAsync(cancellationToken);
}
