using System.ComponentModel.DataAnnotations;
using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Portal.Pages.Shared;
using Portal.People;
using Portal.Security;
using Portal.Sessions;
using Portal.Sessions.Changes;

namespace Portal.Pages.Sessions;

/// <summary>Cancels a session, or gives a seat back.</summary>
[Authorize, EnableRateLimiting(RateLimits.Booking)]
public sealed class CancelModel(Cancellation cancellation, SessionQueries queries, SessionPolicy policy, TimeProvider clock)
    : SessionFormModel(queries, policy, clock)
{
    private readonly SessionQueries _queries = queries;
    private readonly SessionPolicy _policy = policy;

    [BindProperty, Display(ResourceType = typeof(UiText), Name = nameof(UiText.SessionCancelReason))]
    public string? Reason { get; set; }

    public CancelView Form { get; private set; } = null!;

    public override SessionOutcome Right => Rights.Cancel;

    public async Task<IActionResult> OnPostAsync(Guid id, bool following, bool whole, CancellationToken cancellationToken)
    {
        ModelState.Clear();
        ModelState.Add(FieldProblem.Of((nameof(Reason), SessionRules.CancelReason(Reason))));
        if (!ModelState.IsValid)
            return await ShowAsync(id, StatusCodes.Status400BadRequest, cancellationToken);
        var outcome = await cancellation.CancelAsync(id, Caller, Reason!, cancellationToken, following, whole);
        // Who gave back a seat cannot open the session's page any more.
        var left = outcome == SessionOutcome.Done && (await _queries.FindAsync(id, Caller, cancellationToken)).Session is null;
        if (!left)
            return await AfterAsync(id, outcome, cancellationToken, _ => UiText.DoneCancelled, tells: true);
        TempData.Good(UiText.DoneLeft);
        return Redirect("/sessions");
    }

    protected override async Task ReadMoreAsync(CancellationToken cancellationToken) =>
        Form = CancelView.Of(this, await _queries.HasLaterAsync(Session, cancellationToken), Now, _policy) with { Reason = Reason };
}
