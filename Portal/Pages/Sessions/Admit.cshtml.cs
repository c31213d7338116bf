using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Portal.Joining;
using Portal.Security;
using Portal.Sessions;
using Portal.Sessions.Changes;
using Portal.Sessions.Live;

namespace Portal.Pages.Sessions;

/// <summary>Letting in who waits before the meeting.</summary>
[Authorize, EnableRateLimiting(RateLimits.Booking)]
public sealed class AdmitModel(Admission admission, Gatherings gatherings, SessionQueries queries, SessionPolicy policy, TimeProvider clock)
    : SessionFormModel(queries, policy, clock)
{
    public WaitingView View { get; private set; } = null!;

    public override SessionOutcome Right => Rights.Admit;

    /// <param name="id">The session.</param>
    /// <param name="person">Null: everybody who waits.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<IActionResult> OnPostAsync(Guid id, Guid? person, CancellationToken cancellationToken) =>
        ModelState.IsValid
            ? await AfterAsync(id, await admission.AdmitAsync(id, person, Caller, cancellationToken), cancellationToken,
                session => person is null ? UiText.DoneAdmittedAll
                    : UiText.DoneAdmitted.With(Told.Name(session.Participants.FirstOrDefault(p => p.Id == person))))
            : NotFound();

    protected override async Task ReadMoreAsync(CancellationToken cancellationToken) =>
        View = await WaitingView.ReadAsync(this, gatherings, cancellationToken);
}
