using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.Mentors;
using Portal.Pages.Shared;
using Portal.People;
using Portal.Sessions.Availability;

namespace Portal.Pages.Settings;

/// <summary>How a mentor appears in the directory.</summary>
[Authorize(Roles = Roles.Mentor)]
public sealed class IndexModel(MentorSettings settings) : PageModel
{
    [BindProperty]
    public MentorProfileInput Input { get; set; } = new();

    public MentorProfile Mentor { get; private set; } = null!;

    /// <summary>Those spoken first, the others by name.</summary>
    public IEnumerable<(string Code, string Name)> Languages => SpokenLanguages.All.Select(c => (Code: c, Name: SpokenLanguages.Name(c)))
        .OrderByDescending(l => Localization.Languages.Exists(l.Code)).ThenBy(l => l.Name, StringComparer.CurrentCulture);

    /// <summary>Shown at once: the portal's own languages, and what the mentor speaks.</summary>
    public bool IsNear(string code) => Localization.Languages.Exists(code) || Input.Languages.Contains(code);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
            return NotFound();
        Input = new()
        {
            Headline = Mentor.Headline,
            About = Mentor.About,
            Topics = string.Join(UiText.ListComma, Mentor.Topics),
            Languages = Mentor.Languages,
            IsPaused = Mentor.IsPaused,
        };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
            return NotFound();
        if (ModelState.IsValid)
            ModelState.Add(await settings.SaveAsync(Mentor, Input, cancellationToken), nameof(Input));
        return this.SavedOrAgain("/settings");
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        if (await settings.FindAsync(User.UserId()!.Value, cancellationToken) is not { } mentor)
            return false;
        Mentor = mentor;
        return true;
    }
}
