using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Portal.Security;
using Portal.Sessions;
using Portal.Sessions.Changes;

namespace Portal.Pages.Sessions;

/// <summary>The other side's answer to a proposed time.</summary>
[Authorize, EnableRateLimiting(RateLimits.Booking)]
public sealed class ProposalModel(MoveService moves, SessionQueries queries, SessionPolicy policy, TimeProvider clock)
    : SessionFormModel(queries, policy, clock)
{
    public override SessionOutcome Right => Rights.AnswerMove;

    public async Task<IActionResult> OnPostAsync(Guid id, bool agree, CancellationToken cancellationToken) =>
        await AfterAsync(id, await moves.AnswerAsync(id, agree, Caller, cancellationToken), cancellationToken,
            _ => agree ? UiText.DoneMoveAgreed : UiText.DoneMoveDeclined, tells: true);
}
