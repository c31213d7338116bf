using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.People;
using Portal.Security;
using Portal.Sessions.Recordings;

namespace Portal.Pages.Sessions;

/// <summary>A recording's bytes, in the pieces that a player asks for.</summary>
[Authorize]
public sealed class WatchModel(SessionRecordings recordings) : PageModel
{
    public async Task<IActionResult> OnGetAsync(Guid id, Guid recording, CancellationToken cancellationToken)
    {
        if (await recordings.OpenAsync(id, recording, Caller.From(User), cancellationToken) is not (var found, var content))
            return NotFound();
        HttpContext.ServeContent();
        // For the reader's own player alone, and not for long: who takes back their word is heard.
        Response.Headers.CacheControl = "private, max-age=60";
        return new FileStreamResult(content, found.ContentType)
        {
            LastModified = found.AddedUtc,
            EntityTag = new($"\"{found.Id:N}\""),
            EnableRangeProcessing = true,
        };
    }
}
