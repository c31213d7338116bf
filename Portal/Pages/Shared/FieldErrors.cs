using Microsoft.AspNetCore.Mvc.ModelBinding;
using Portal.People;

namespace Portal.Pages.Shared;

internal static class FieldErrors
{
    /// <summary>Puts what is wrong beside the form's fields.</summary>
    /// <param name="state">Of the page.</param>
    /// <param name="problems">By the names of the form's properties, or of a service's parameters, which begin small.</param>
    /// <param name="form">The page's property that holds the form; empty where the page itself does.</param>
    public static void Add(this ModelStateDictionary state, IEnumerable<FieldProblem> problems, string form = "")
    {
        foreach (var (field, message) in problems)
            state.AddModelError((form.Length > 0 ? form + "." : "") + char.ToUpperInvariant(field[0]) + field[1..], message);
    }
}
