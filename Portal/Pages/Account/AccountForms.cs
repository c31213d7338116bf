using Localization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.Pages.Shared;
using Portal.People;

namespace Portal.Pages.Account;

/// <summary>The two fields that sign-up and profile share.</summary>
/// <param name="GuessZone">Nobody has chosen a zone yet: the browser's own is the better start.</param>
public sealed record LocaleFields(string? Language, string? Zone, IReadOnlyList<TimeZoneChoice> Zones, bool GuessZone = false);

internal static class AccountForms
{
    /// <summary>The form once more, with what was typed and what is wrong with it.</summary>
    public static PageResult Again(this PageModel page, IEnumerable<FieldProblem> problems)
    {
        page.ModelState.Add(problems);
        page.Response.StatusCode = StatusCodes.Status400BadRequest;
        return page.Page();
    }
}
