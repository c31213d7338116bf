using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Portal.Joining;
using Portal.Security;
using Portal.Sessions;
using Portal.Sessions.Changes;
using Portal.Sessions.Live;
using Portal.Sessions.Trouble;

namespace Portal.Pages.Sessions;

/// <summary>Somebody in the session says that something does not work.</summary>
[Authorize, EnableRateLimiting(RateLimits.Booking)]
public sealed class TroubleModel(TroubleReports reports, SessionQueries queries, SessionPolicy policy, TimeProvider clock)
    : SessionFormModel(queries, policy, clock)
{
    public override SessionOutcome Right => Me is null ? SessionOutcome.NotAllowed : SessionOutcome.Done;

    public async Task<IActionResult> OnPostAsync(Guid id, string? words, string? check, CancellationToken cancellationToken)
    {
        if (await LoadAsync(id, cancellationToken) is { } refused)
            return refused;
        if (!Right.IsAllowed())
            return StatusCode(Right.Status());
        if (SessionRules.Trouble(words) is { } wrong)
            return await RefuseAsync(id, wrong, StatusCodes.Status400BadRequest, cancellationToken);
        var said = new TroubleSaid(TroublePlace.Session, words, Request.Headers.UserAgent, check);
        return await AfterAsync(id, await reports.SendAsync(id, said, Caller, cancellationToken), cancellationToken,
            _ => Me!.Email.Length > 0 ? UiText.SayTroubleSent : UiText.SayTroubleSentOnly);
    }
}
