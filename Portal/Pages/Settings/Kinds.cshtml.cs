using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.Mentors;
using Portal.Pages.Shared;
using Portal.People;
using Portal.Sessions.Availability;

namespace Portal.Pages.Settings;

/// <summary>Kinds of session beside the ordinary one: add, change, retire.</summary>
[Authorize(Roles = Roles.Mentor)]
public sealed class KindsModel(MentorSettings settings, MentorKinds kinds) : PageModel
{
    private const string Path = "/settings/kinds";

    [BindProperty]
    public KindInput Input { get; set; } = new();

    /// <summary>The kind that was sent and came back with errors; null for a new one.</summary>
    public Guid? Editing { get; private set; }

    public IReadOnlyList<SessionKind> Kinds { get; private set; } = [];
    public int OrdinaryMinutes { get; private set; }

    private Guid MentorId => User.UserId()!.Value;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        await LoadAsync(cancellationToken) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(Guid? id, CancellationToken cancellationToken)
    {
        Editing = id;
        if (!await LoadAsync(cancellationToken))
            return NotFound();
        if (ModelState.IsValid)
        {
            if (await kinds.SaveAsync(MentorId, id, Input, cancellationToken) is not { } errors)
                return NotFound();
            ModelState.Add(errors, nameof(Input));
        }
        return this.SavedOrAgain(Path, UiText.SettingsKindSaved);
    }

    public async Task<IActionResult> OnPostRetireAsync(Guid id, bool retired, CancellationToken cancellationToken)
    {
        ModelState.Clear(); // this form has no values to judge
        return await kinds.RetireAsync(MentorId, id, retired, cancellationToken)
            ? this.SavedOrAgain(Path, UiText.SettingsKindSaved) : NotFound();
    }

    /// <summary>The values of a form: those that came back for the kind they belong to.</summary>
    public KindInput Form(SessionKind? kind) =>
        !ModelState.IsValid && Editing == kind?.Id ? Input
        : kind is null ? new() : new() { Name = kind.Name, Minutes = kind.Minutes, Capacity = kind.Capacity };

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        if (await settings.FindAsync(MentorId, cancellationToken) is not { } mentor)
            return false;
        OrdinaryMinutes = mentor.SessionMinutes;
        Kinds = await kinds.ListAsync(MentorId, cancellationToken);
        return true;
    }
}
