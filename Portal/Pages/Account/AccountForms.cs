using Localization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.People.Profile;

namespace Portal.Pages.Account;

/// <summary>The two fields that sign-up and profile share.</summary>
/// <param name="GuessZone">Nobody has chosen a zone yet: the browser's own is the better start.</param>
public sealed record LocaleFields(string? Language, string? Zone, IReadOnlyList<TimeZoneChoice> Zones, bool GuessZone = false);

internal static class AccountForms
{
    /// <summary>The form once more, with what was typed and what is wrong with it.</summary>
    public static PageResult Again(this PageModel page, IEnumerable<FieldProblem> problems)
    {
        // The services name their parameters, the form its properties: they differ by the first letter's case.
        foreach (var (field, message) in problems)
            page.ModelState.AddModelError(char.ToUpperInvariant(field[0]) + field[1..], message);
        page.Response.StatusCode = StatusCodes.Status400BadRequest;
        return page.Page();
    }
}
