using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Portal.People;
using Portal.Security;
using Portal.Sessions;
using Portal.Sessions.Changes;
using Portal.Sessions.Live;

namespace Portal.Pages.Sessions;

/// <summary>An administrator records for both sides that a session was held, or who was missing.</summary>
[Authorize(Roles = Roles.Admin), EnableRateLimiting(RateLimits.Booking)]
public sealed class CloseModel(Closing closing, SessionQueries queries, SessionPolicy policy, TimeProvider clock)
    : SessionFormModel(queries, policy, clock)
{
    public override SessionOutcome Right => Rights.Close;

    public async Task<IActionResult> OnPostHeldAsync(Guid id, CancellationToken cancellationToken) =>
        await AfterAsync(id, await closing.CompleteAsync(id, Caller, cancellationToken), cancellationToken, _ => UiText.DoneHeld);

    public async Task<IActionResult> OnPostMissedAsync(Guid id, Guid person, CancellationToken cancellationToken) =>
        await AfterAsync(id, await closing.RecordMissedAsync(id, person, Caller, cancellationToken), cancellationToken,
            _ => UiText.DoneMissed, tells: true);
}

/// <param name="SessionId">The session.</param>
/// <param name="Sides">Who can be recorded as missing.</param>
/// <param name="IsOffered">The time for it has come.</param>
public sealed record CloseView(Guid SessionId, IReadOnlyList<SessionParticipant> Sides, bool IsOffered)
{
    public static CloseView Of(SessionPageModel page) => new(page.Session.Id,
        [.. page.Session.Participants
            .Where(p => p is { IsIn: true, MissedUtc: null, Role: ParticipantRole.Mentor or ParticipantRole.Mentee })
            .OrderBy(p => p.Role)], page.Rights.Close.IsAllowed());
}
