using System.ComponentModel.DataAnnotations;
using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Portal.Pages.Shared;
using Portal.People;
using Portal.Security;
using Portal.Sessions;
using Portal.Sessions.Booking;
using Portal.Sessions.Changes;

namespace Portal.Pages.Sessions;

/// <summary>The mentor's answer to a request.</summary>
[Authorize, EnableRateLimiting(RateLimits.Booking)]
public sealed class RequestModel(RequestService requests, SessionQueries queries, SessionPolicy policy, TimeProvider clock)
    : SessionFormModel(queries, policy, clock)
{
    [BindProperty, Display(ResourceType = typeof(UiText), Name = nameof(UiText.RequestReason))]
    public string? DeclineReason { get; set; }

    public override SessionOutcome Right => Rights.Decline;

    public async Task<IActionResult> OnPostApproveAsync(Guid id, CancellationToken cancellationToken) =>
        await AfterAsync(id, await requests.ApproveAsync(id, Caller, cancellationToken), cancellationToken,
            _ => UiText.DoneConfirmed, tells: true);

    public async Task<IActionResult> OnPostDeclineAsync(Guid id, CancellationToken cancellationToken)
    {
        ModelState.Clear();
        ModelState.Add(FieldProblem.Of((nameof(DeclineReason), SessionRules.DeclineReason(DeclineReason))));
        return ModelState.IsValid
            ? await AfterAsync(id, await requests.DeclineAsync(id, Caller, DeclineReason, cancellationToken), cancellationToken,
                _ => UiText.DoneDeclined, tells: true)
            : await ShowAsync(id, StatusCodes.Status400BadRequest, cancellationToken);
    }
}
