using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Portal.Joining;
using Portal.Security;
using Portal.Sessions;
using Portal.Sessions.Booking;
using Portal.Sessions.Changes;

namespace Portal.Pages.Sessions;

/// <summary>More time for a session that runs over.</summary>
[Authorize, EnableRateLimiting(RateLimits.Booking)]
public sealed class ExtendModel(ExtensionService extensions, SessionQueries queries, SessionPolicy policy, TimeProvider clock)
    : SessionFormModel(queries, policy, clock)
{
    public override SessionOutcome Right => Rights.Extend;

    public async Task<IActionResult> OnPostAsync(Guid id, int? minutes, int? seen, CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid || SessionRules.Extension(minutes) is not null)
            return await RefuseAsync(id, ErrorText.ExtendSteps, StatusCodes.Status400BadRequest, cancellationToken);
        var result = await extensions.ExtendAsync(id, minutes!.Value, seen, Caller, cancellationToken);
        if (result.Outcome is not (SessionOutcome.Taken or SessionOutcome.AtLimit) || await LoadAsync(id, cancellationToken) is not null)
            return await AfterAsync(id, result.Outcome, cancellationToken, EndsAt, tells: true);
        var until = SessionTime.Isolated(SessionTime.Clock(result.Until, ReaderZone));
        return await RefuseAsync(id, result.Text(until), result.Outcome.Status(), cancellationToken);
    }

    private string EndsAt(MentoringSession session)
    {
        var zone = (session.SeatOf(Caller.UserId) ?? session.MentorPart).TimeZone;
        return UiText.DoneExtended.With(SessionTime.Isolated(SessionTime.Clock(session.EndUtc, zone)));
    }
}
