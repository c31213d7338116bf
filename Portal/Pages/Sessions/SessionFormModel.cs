using Microsoft.AspNetCore.Mvc;
using Portal.Sessions;
using Portal.Sessions.Changes;

namespace Portal.Pages.Sessions;

/// <summary>
/// The page of one form of a session. The session's own page shows the form as well and sends it here; whoever has to
/// mend it, or comes after signing in again, finds it on this page.
/// </summary>
public abstract class SessionFormModel(SessionQueries queries, SessionPolicy policy, TimeProvider clock)
    : SessionPageModel(queries, policy, clock)
{
    /// <summary>Whether the reader may do what the form is for.</summary>
    public abstract SessionOutcome Right { get; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await LoadAsync(id, cancellationToken) is { } refused)
            return refused;
        if (Right.IsAllowed())
            return Page();
        return await AfterAsync(id, Right, cancellationToken);
    }
}
