using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.People;
using Portal.Security;
using Portal.Sessions.Files;

namespace Portal.Pages.Sessions;

/// <summary>One file, to be saved: it is never opened as a page of ours.</summary>
[Authorize]
public sealed class SharedFileModel(SessionFiles files) : PageModel
{
    public async Task<IActionResult> OnGetAsync(Guid id, Guid file, CancellationToken cancellationToken)
    {
        if (await files.OpenAsync(id, file, Caller.From(User), cancellationToken) is not (var found, var content))
            return NotFound();
        HttpContext.ServeContent();
        return File(content, found.ContentType, found.Name);
    }
}
