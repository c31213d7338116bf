using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Portal.Security;
using Portal.Sessions;
using Portal.Sessions.Changes;
using Portal.Sessions.Live;

namespace Portal.Pages.Sessions;

/// <summary>Coming late, and the record of who has not come.</summary>
[Authorize, EnableRateLimiting(RateLimits.Booking)]
public sealed class PresenceModel(
    Lateness lateness, Attendance attendance, SessionQueries queries, SessionPolicy policy, TimeProvider clock)
    : SessionFormModel(queries, policy, clock)
{
    public PresenceView Form { get; private set; } = null!;

    /// <summary>For who may say something about being there, now or later.</summary>
    public override SessionOutcome Right => Rights.RecordMissed;

    public async Task<IActionResult> OnPostLateAsync(Guid id, int? minutes, CancellationToken cancellationToken) =>
        SessionRules.LateMinutes(minutes) is { } wrong
            ? await RefuseAsync(id, wrong, StatusCodes.Status400BadRequest, cancellationToken)
            : await AfterAsync(id, await lateness.SayAsync(id, minutes!.Value, Caller, cancellationToken), cancellationToken,
                _ => UiText.DoneLate);

    /// <param name="id">The session.</param>
    /// <param name="person">One mentee of a group; null: everybody on the other side who has not come.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<IActionResult> OnPostMissedAsync(Guid id, Guid? person, CancellationToken cancellationToken) =>
        ModelState.IsValid
            ? await AfterAsync(id, await attendance.RecordMissedAsync(id, person, Caller, cancellationToken), cancellationToken,
                _ => UiText.DoneMissed, tells: true)
                : NotFound();

    protected override async Task ReadMoreAsync(CancellationToken cancellationToken) =>
        Form = await PresenceView.ReadAsync(this, Now, lateness, attendance, cancellationToken);
}
