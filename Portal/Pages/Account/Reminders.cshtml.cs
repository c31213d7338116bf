using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.Pages.Shared;
using Portal.People;
using Portal.People.Profile;
using Portal.Sessions.Reminders;

namespace Portal.Pages.Account;

/// <summary>When a person is reminded of sessions.</summary>
[Authorize]
public sealed class RemindersModel(ProfileService profiles, ReminderChoices choices) : PageModel
{
    /// <summary>Those that are ticked.</summary>
    [BindProperty]
    public List<int> Minutes { get; set; } = [];

    public IReadOnlyList<int> Offered { get; private set; } = [];

    /// <summary>What the installation does, in words; null when it does nothing.</summary>
    public string? Usual { get; private set; }

    public static string Words(int minutes) => UiText.SpanBefore.With(Spans.Of(TimeSpan.FromMinutes(minutes)));

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is not { } user)
            return NotFound();
        Minutes = [.. choices.Chosen(user.Reminders)];
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is not { } user)
            return NotFound();
        if (!ModelState.IsValid || !await choices.SaveAsync(user.Id, Minutes, cancellationToken))
        {
            ModelState.Clear();
            return this.Again([new(nameof(Minutes), ErrorText.RemindersUnknown)]);
        }
        TempData.Good(Minutes.Count == 0 ? UiText.RemindersSavedNone : UiText.RemindersSaved);
        return RedirectToPage();
    }

    /// <summary>Null for an account that was deleted while its cookie lives on.</summary>
    private async Task<PortalUser?> LoadAsync(CancellationToken cancellationToken)
    {
        var user = User.UserId() is { } id ? await profiles.FindAsync(id, cancellationToken) : null;
        Offered = choices.Offered(user?.Reminders);
        Usual = choices.Installation.Count == 0 ? null : string.Join(UiText.ListComma, choices.Installation.Select(Words));
        return user;
    }
}
