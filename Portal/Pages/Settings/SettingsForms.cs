using Localization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.Pages.Shared;

namespace Portal.Pages.Settings;

/// <summary>What the forms of these pages have in common.</summary>
internal static class SettingsForms
{
    /// <summary>To the page anew with a word that it is saved, or the same page with what was typed and what is wrong.</summary>
    public static IActionResult SavedOrAgain(this PageModel page, string path, string? said = null)
    {
        if (page.ModelState.IsValid)
        {
            page.TempData.Good(said ?? UiText.SettingsSaved);
            return new RedirectResult(path);
        }
        page.Response.StatusCode = StatusCodes.Status400BadRequest;
        return page.Page();
    }
}
