using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.Mentors;
using Portal.People;

namespace Portal.Pages.Settings;

/// <summary>
/// Says while a mentor types whether an address could be used. By POST: an address may hold a password, which no log may see.
/// </summary>
[Authorize(Roles = Roles.Mentor)]
public sealed class CheckUrlModel(MentorTool tool) : PageModel
{
    public IActionResult OnGet() => NotFound();

    public JsonResult OnPost([FromForm] string? url)
    {
        var check = tool.CheckUrl(url);
        return new(new { ok = check.Refusal is null, refusal = check.Refusal });
    }
}
