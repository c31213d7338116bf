using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Portal.Joining;
using Portal.Pages.Shared;
using Portal.Security;
using Portal.Sessions;
using Portal.Sessions.Booking;
using Portal.Sessions.Changes;
using Portal.Sessions.Files;

namespace Portal.Pages.Sessions;

/// <summary>Files that the people of a session share: adding and deleting. How much may come in one request says FilesPages.</summary>
[Authorize, EnableRateLimiting(RateLimits.Booking)]
public sealed class FilesModel(SessionFiles files, SessionQueries queries, SessionPolicy policy, TimeProvider clock)
    : SessionPageModel(queries, policy, clock)
{
    public FilesView? Form { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken) =>
        await LoadAsync(id, cancellationToken) ?? (Form is null ? StatusCode(StatusCodes.Status403Forbidden) : Page());

    public async Task<IActionResult> OnPostAsync(Guid id, IFormFile? file, CancellationToken cancellationToken)
    {
        await using var content = file?.OpenReadStream();
        var result = await files.AddAsync(id, file?.FileName, content, Caller, cancellationToken);
        if (result.Outcome is SessionOutcome.NotAllowed or SessionOutcome.NoSuchSession)
            return StatusCode(result.Outcome.Status());
        if (!result.IsKept)
            return await RefuseAsync(id, result.Text(files.Limits), result.Status, cancellationToken);
        TempData.Good(UiText.FileShared.With(Names.One(result.File!.Name)));
        return Redirect($"/sessions/{id}#files");
    }

    public async Task<IActionResult> OnPostDeleteAsync(Guid id, Guid file, CancellationToken cancellationToken) =>
        ModelState.IsValid
            ? await AfterAsync(id, await files.DeleteAsync(id, file, Caller, cancellationToken), cancellationToken, _ => UiText.FileDeleted)
            : NotFound();

    protected override async Task ReadMoreAsync(CancellationToken cancellationToken) =>
        Form = await FilesView.ReadAsync(this, files, cancellationToken);
}
