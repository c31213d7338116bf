using Localization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.Cultures;
using Portal.People;
using Portal.Sessions.Availability;

namespace Portal.Pages.Mentors;

/// <summary>A mentor's page as its address names it: which mentor, which type of session, in which time zone.</summary>
public abstract class MentorPageModel(MentorCalendar calendar, UserManager<PortalUser> users) : PageModel
{
    public MentorProfile Mentor { get; private set; } = null!;

    /// <summary>Null for an ordinary session.</summary>
    public SessionKind? Kind { get; private set; }

    /// <summary>The reader's own, unless the address names another; the mentor's where nothing is known of the reader.</summary>
    public string ReaderZone { get; private set; } = "Etc/UTC";

    /// <summary>Nobody has said in which zone the times should be written.</summary>
    public bool ZoneWanted { get; private set; }

    [BindProperty(SupportsGet = true, Name = "kind")]
    public string? KindText { get; set; }

    [BindProperty(SupportsGet = true, Name = "zone")]
    public string? ZoneText { get; set; }

    /// <summary>The page with a query that keeps the kind and the zone.</summary>
    public string Link(string query) => Link(query, Kind);

    public string Link(string query, SessionKind? kind)
    {
        var kept = new[] { query, kind is null ? "" : $"kind={kind.Id}",
            ZoneText is null ? "" : $"zone={Uri.EscapeDataString(ReaderZone)}" };
        return $"/mentors/{Mentor.UserId}?{string.Join('&', kept.Where(k => k.Length > 0))}";
    }

    /// <summary>False where there is no such mentor.</summary>
    protected async Task<bool> LoadAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await calendar.FindAsync(id, cancellationToken) is not { } mentor)
            return false;
        Mentor = mentor;
        Kind = Guid.TryParse(KindText, out var kind) ? mentor.Kinds.FirstOrDefault(k => k.Id == kind && !k.IsRetired) : null;
        if (ZoneText is not { Length: <= 64 } || !ZoneNames.Exists(ZoneText))
            ZoneText = null;
        var known = ZoneText ?? (await users.GetUserAsync(User))?.TimeZone ?? VisitorZone.Of(HttpContext);
        (ReaderZone, ZoneWanted) = (known ?? mentor.User.TimeZone, known is null);
        return true;
    }
}
