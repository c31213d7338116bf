using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Portal.Pages.Shared;
using Portal.People;
using Portal.Security;
using Portal.Sessions;
using Portal.Sessions.Booking;
using Portal.Sessions.Changes;

namespace Portal.Pages.Sessions;

/// <summary>A mentor opens a meeting at once, with a link to pass on.</summary>
[Authorize(Roles = Roles.Mentor), EnableRateLimiting(RateLimits.Booking)]
public sealed class NowModel(
    InstantService instant, InvitationService invitations, SessionQueries queries, SessionCards cards, SessionPolicy policy,
    TimeProvider clock) : PageModel
{
    [BindProperty, Display(ResourceType = typeof(UiText), Name = nameof(UiText.BookTopic))]
    public string? Topic { get; set; }

    [BindProperty, Display(ResourceType = typeof(UiText), Name = nameof(UiText.InstantMinutes))]
    public int Minutes { get; set; } = 60;

    /// <summary>The session because of which there is no time now.</summary>
    public SessionRow? InTheWay { get; private set; }

    private Guid Me => User.UserId()!.Value;

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        ModelState.Add(FieldProblem.Of(
            (nameof(Topic), SessionRules.Topic(Topic, isOptional: true)), (nameof(Minutes), SessionRules.InstantMinutes(Minutes))));
        if (!ModelState.IsValid)
            return Again(StatusCodes.Status400BadRequest);
        var topic = string.IsNullOrWhiteSpace(Topic) ? UiText.InstantTopic : Topic;
        var result = await instant.OpenAsync(Me, topic, Minutes, cancellationToken);
        if (result.Session is { } session)
        {
            // Whom one meets at once is seldom somebody with an account: the link is there before anybody asks for it.
            if (policy.Booking.Guests)
                await invitations.InviteAsync(session.Id, Invitation.ByLink, Caller.From(User), cancellationToken);
            return Redirect($"/sessions/{session.Id}?opened=true");
        }
        ModelState.AddModelError("", result.Outcome == BookingOutcome.Taken ? ErrorText.NotNowFree : result.Outcome.Text());
        if (result.Outcome == BookingOutcome.Taken)
            await FindInTheWayAsync(cancellationToken);
        return Again(result.Outcome.Status());
    }

    private async Task FindInTheWayAsync(CancellationToken cancellationToken)
    {
        var (now, until) = (clock.GetUtcNow(), clock.GetUtcNow().AddMinutes(Minutes));
        var other = (await queries.AheadAsync(Me, cancellationToken))
            .FirstOrDefault(s => s.State.HoldsItsTime() && s.StartUtc < until && s.EndUtc.AddMinutes(s.BufferMinutes) > now);
        if (other is not null)
            InTheWay = cards.Row(other, other.Participants.First(p => p.UserId == Me), CultureInfo.CurrentUICulture.Name);
    }

    private PageResult Again(int status)
    {
        Response.StatusCode = status;
        return Page();
    }
}
