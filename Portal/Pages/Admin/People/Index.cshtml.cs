using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.Pages.Shared;
using Portal.People;
using Portal.People.Accounts;

namespace Portal.Pages.Admin.People;

[Authorize(Roles = Roles.Admin)]
public sealed class IndexModel(AdminService admin) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Search { get; set; }

    public IReadOnlyList<PersonRow> People { get; private set; } = [];

    public string? Refusal { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => await ShowAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(string? person, string? role, bool granted, CancellationToken cancellationToken)
    {
        var outcome = Guid.TryParse(person, out var id)
            ? await admin.SetRoleAsync(Caller.From(User), id, role ?? "", granted, cancellationToken)
            : RoleOutcome.NoSuchPerson;
        if (outcome == RoleOutcome.Done)
        {
            TempData.Good(UiText.PeopleChanged);
            return RedirectToPage(new { q = Search });
        }
        (Response.StatusCode, Refusal) = outcome switch
        {
            RoleOutcome.NotAllowed => (StatusCodes.Status403Forbidden, ErrorText.PeopleNotAllowed),
            RoleOutcome.NoSuchPerson => (StatusCodes.Status404NotFound, ErrorText.PeopleNoSuchPerson),
            RoleOutcome.NotConfirmed => (StatusCodes.Status409Conflict, ErrorText.PeopleNotConfirmed),
            RoleOutcome.LastAdmin => (StatusCodes.Status409Conflict, ErrorText.PeopleLastAdmin),
            _ => (StatusCodes.Status400BadRequest, ErrorText.BadRequest),
        };
        return await ShowAsync(cancellationToken);
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancellationToken)
    {
        if (await admin.SearchAsync(Caller.From(User), Search, cancellationToken) is not { } people)
            return Forbid();
        People = people;
        return Page();
    }
}
