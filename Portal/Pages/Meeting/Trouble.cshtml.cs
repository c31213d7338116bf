using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Portal.Joining;
using Portal.Security;
using Portal.Sessions;
using Portal.Sessions.Changes;
using Portal.Sessions.Live;
using Portal.Sessions.Trouble;

namespace Portal.Pages.Meeting;

/// <summary>"Something does not work", from the room's page, whose cookie says who it is. Returns a sentence for the page that asked.</summary>
[AllowAnonymous, IgnoreAntiforgeryToken, EnableRateLimiting(RateLimits.Room)]
public sealed class TroubleModel(JoinService joining, RoomCookie cookie, TroubleReports reports) : PageModel
{
    public IActionResult OnGet(Guid id) => Redirect(RoomCookie.PathOf(id));

    public async Task<IActionResult> OnPostAsync(
        Guid id, string? words, string? check, string? page, string? line, CancellationToken cancellationToken)
    {
        Response.Headers.CacheControl = "no-store";
        if (cookie.Read(HttpContext, id) is not { } guest
            || await joining.LookAsync(guest, cancellationToken) is not { Decision: not JoinDecision.Revoked, Person: { } person }
            || person.SessionId != id)
            return Said(ErrorText.NoSuchSession, StatusCodes.Status404NotFound);
        if (SessionRules.Trouble(words) is { } wrong)
            return Said(wrong, StatusCodes.Status400BadRequest);
        var outcome = await reports.SendAsync(id, person.ParticipantId,
            new(TroublePlace.Room, words, Request.Headers.UserAgent, check, page, line), cancellationToken);
        return outcome != SessionOutcome.Done ? Said(outcome.Text(), outcome.Status())
            : Said(person.Email is { Length: > 0 } ? UiText.SayTroubleSent : UiText.SayTroubleSentOnly, StatusCodes.Status200OK);
    }

    private static JsonResult Said(string text, int status) => new(new { text }) { StatusCode = status };
}
