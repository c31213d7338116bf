using Localization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.Pages.Shared;
using Portal.People;

namespace Portal.Pages.Account;

/// <summary>The two fields that sign-up and profile share.</summary>
/// <param name="GuessZone">Nobody has chosen a zone yet: the browser's own is the better start.</param>
public sealed record LocaleFields(string? Language, string? Zone, bool GuessZone = false);

internal static class AccountForms
{
    /// <summary>The zone that was typed: its id, or a city as it is called in the reader's language; anything else as it stands.</summary>
    public static string? ZoneOf(string? typed) => ZoneNames.Find(typed, Languages.Current) ?? typed;

    /// <summary>The form once more, with what was typed and what is wrong with it.</summary>
    public static PageResult Again(this PageModel page, IEnumerable<FieldProblem> problems)
    {
        page.ModelState.Add(problems);
        page.Response.StatusCode = StatusCodes.Status400BadRequest;
        return page.Page();
    }
}
