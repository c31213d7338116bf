using System.Globalization;
using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using NodaTime;
using NodaTime.Text;
using Portal.Cultures;
using Portal.Mentors;
using Portal.People;
using Portal.Security;
using Portal.Sessions.Availability;

namespace Portal.Pages.Mentors;

/// <summary>The directory. What is asked for stands in the address, so that every list can be sent to somebody.</summary>
[AllowAnonymous, EnableRateLimiting(RateLimits.Open)]
public sealed class IndexModel(MentorDirectory directory, UserManager<PortalUser> users, IOptions<DirectoryOptions> options) : PageModel
{
    public const string Soonest = "soonest";

    private const int PageSize = 24;

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Words { get; set; }

    [BindProperty(SupportsGet = true, Name = "topic")]
    public string? Topic { get; set; }

    [BindProperty(SupportsGet = true, Name = "language")]
    public string? Language { get; set; }

    [BindProperty(SupportsGet = true, Name = "sort")]
    public string? Sort { get; set; }

    [BindProperty(SupportsGet = true, Name = "p")]
    public int Number { get; set; }

    public MentorPage Found { get; private set; } = new([], 0, [], []);
    public string ReaderZone { get; private set; } = "Etc/UTC";

    /// <summary>Nobody has said in which zone the times should be written.</summary>
    public bool ZoneWanted { get; private set; }

    public bool IsFiltered => !string.IsNullOrWhiteSpace(Words + Topic + Language);
    public bool HasLater => Number * PageSize < Found.Total;

    /// <summary>The topics to choose from, and the one that the address names.</summary>
    public IEnumerable<string> Topics =>
        string.IsNullOrWhiteSpace(Topic) || Found.Topics.Any(IsChosen) ? Found.Topics : Found.Topics.Append(Topic.Trim());

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (User.Identity?.IsAuthenticated != true && !options.Value.PublicDirectory)
            return Challenge();
        var zone = (await users.GetUserAsync(User))?.TimeZone ?? VisitorZone.Of(HttpContext);
        (ReaderZone, ZoneWanted) = (zone ?? ReaderZone, zone is null);
        // An address may name any page; far beyond the last one there is nothing either.
        Number = Math.Clamp(Number, 1, 100_000);
        Found = await directory.FindAsync(new(Words, Topic, Language, Sort == Soonest), (Number - 1) * PageSize, PageSize,
            cancellationToken);
        return Page();
    }

    public bool IsChosen(string topic) => Topic is not null && SearchText.Fold(topic) == SearchText.Fold(Topic.Trim());

    public string At(int page)
    {
        var query = new Dictionary<string, string?>
        {
            ["q"] = Words,
            ["topic"] = Topic,
            ["language"] = Language,
            ["sort"] = Sort,
            ["p"] = page == 1 ? null : page.ToString(CultureInfo.InvariantCulture)
        };
        return QueryHelpers.AddQueryString("/mentors", query.Where(q => !string.IsNullOrEmpty(q.Value)));
    }

    /// <summary>"Tue 24 Nov, 14:00", to stand inside a sentence of either direction.</summary>
    public string Moment(Slot slot)
    {
        var day = LocalDatePattern.Create("ddd d MMM", CultureInfo.CurrentUICulture)
            .Format(Instant.FromDateTimeOffset(slot.Start).InZone(DateTimeZoneProviders.Tzdb[ReaderZone]).Date);
        return $"{day}{UiText.ListComma}{SessionTime.Clock(slot.Start, ReaderZone).Isolated()}";
    }
}
