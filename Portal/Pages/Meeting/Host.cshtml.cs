using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Portal.Joining;
using Portal.People;
using Portal.Security;
using Portal.Sessions;
using Portal.Sessions.Booking;
using Portal.Sessions.Changes;
using Portal.Sessions.Live;

namespace Portal.Pages.Meeting;

/// <summary>
/// What the mentor does for everybody from inside the room, whose cookie is the proof: it is sent by pages of ours alone. Each returns a
/// sentence for the page that asked.
/// </summary>
[AllowAnonymous, IgnoreAntiforgeryToken, EnableRateLimiting(RateLimits.Booking)]
public sealed class HostModel(
    JoinService joining, RoomCookie cookie, Closing closing, ExtensionService extensions, PersonalLinks personal) : PageModel
{
    public IActionResult OnGet(Guid id) => Redirect(RoomCookie.PathOf(id));

    /// <summary>Ends the meeting for all, and the session as held.</summary>
    public Task<IActionResult> OnPostEndAsync(Guid id, CancellationToken cancellationToken) =>
        ActAsync(id, async (caller, _) => Answer(
            await closing.CompleteAsync(id, caller, cancellationToken), UiText.RoomEnded), cancellationToken);

    public Task<IActionResult> OnPostExtendAsync(Guid id, int? minutes, CancellationToken cancellationToken) =>
        ActAsync(id, async (caller, person) =>
        {
            if (!ModelState.IsValid || SessionRules.Extension(minutes) is not null)
                return Said(ErrorText.ExtendSteps, StatusCodes.Status400BadRequest);
            var result = await extensions.ExtendAsync(id, minutes!.Value, seen: null, caller, cancellationToken);
            var until = SessionTime.Isolated(SessionTime.Clock(result.Until, person.TimeZone));
            return result.Outcome == SessionOutcome.Done
                ? Said(UiText.DoneExtended.With(until), StatusCodes.Status200OK)
                : Said(result.Text(until), result.Outcome.Status());
        }, cancellationToken);

    /// <summary>Takes one person's link; the page puts them out of the tool's room where the tool can.</summary>
    public Task<IActionResult> OnPostRemoveAsync(Guid id, Guid participant, CancellationToken cancellationToken) =>
        ActAsync(id, async (caller, _) => Answer(
            await personal.WithdrawLinkAsync(id, participant, caller, cancellationToken), UiText.RoomRemoved), cancellationToken);

    private async Task<IActionResult> ActAsync(
        Guid id, Func<Caller, JoinPerson, Task<IActionResult>> act, CancellationToken cancellationToken)
    {
        Response.Headers.CacheControl = "no-store";
        if (cookie.Read(HttpContext, id) is not { } guest
            || await joining.LookAsync(guest, cancellationToken) is not { Decision: not JoinDecision.Revoked, Person: { } person }
            || person.SessionId != id)
            return Said(ErrorText.NoSuchSession, StatusCodes.Status404NotFound);
        return HostView.CallerOf(person) is { } caller
            ? await act(caller, person) : Said(ErrorText.SessionNotYours, StatusCodes.Status403Forbidden);
    }

    private static JsonResult Answer(SessionOutcome outcome, string done) =>
        outcome == SessionOutcome.Done ? Said(done, StatusCodes.Status200OK) : Said(outcome.Text(), outcome.Status());

    private static JsonResult Said(string text, int status) => new(new { text }) { StatusCode = status };
}
