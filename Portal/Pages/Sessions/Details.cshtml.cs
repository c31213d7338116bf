using System.Globalization;
using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.Joining;
using Portal.Pages.Shared;
using Portal.Security;
using Portal.Sessions;
using Providers;

namespace Portal.Pages.Sessions;

[Authorize]
public sealed class DetailsModel(
    SessionQueries queries, SessionService sessions, JoinLinks links, SessionCards cards, TimeProvider clock) : PageModel
{
    public MentoringSession Session { get; private set; } = null!;
    public SessionCardModel Card { get; private set; } = null!;

    /// <summary>Null for an administrator who has no part in the session.</summary>
    public SessionParticipant? Me { get; private set; }
    public bool CanCancel { get; private set; }
    public bool CanManage { get; private set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty(SupportsGet = true, Name = "booked")]
    public bool JustBooked { get; set; }

    public Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken) => ShowAsync(id, 200, cancellationToken);

    public async Task<IActionResult> OnPostCancelAsync(Guid id, CancellationToken cancellationToken)
    {
        if (FreeText.Lines(Reason) is "")
            ModelState.AddModelError(nameof(Reason), ErrorText.CancelReasonMissing);
        else if (Reason!.Length > SessionService.LongestReason)
            ModelState.AddModelError(nameof(Reason), ErrorText.FieldTooLong.With(SessionService.LongestReason));
        if (!ModelState.IsValid)
            return await ShowAsync(id, StatusCodes.Status400BadRequest, cancellationToken);
        return await AfterAsync(id, await sessions.CancelAsync(id, Caller.From(User), Reason!, cancellationToken), cancellationToken);
    }

    public async Task<IActionResult> OnPostWithdrawAsync(Guid id, Guid person, CancellationToken cancellationToken) =>
        await AfterAsync(id, await sessions.WithdrawLinkAsync(id, person, Caller.From(User), cancellationToken), cancellationToken);

    public async Task<IActionResult> OnPostRenewAsync(Guid id, Guid person, CancellationToken cancellationToken) =>
        await AfterAsync(id, await sessions.RenewLinkAsync(id, person, Caller.From(User), cancellationToken), cancellationToken);

    private async Task<IActionResult> AfterAsync(Guid id, SessionOutcome outcome, CancellationToken cancellationToken)
    {
        switch (outcome)
        {
            case SessionOutcome.Done:
                return Redirect($"/sessions/{id}");
            case SessionOutcome.TooLate:
                ModelState.AddModelError("", ErrorText.SessionTooLate);
                return await ShowAsync(id, StatusCodes.Status410Gone, cancellationToken);
            default:
                return StatusCode(outcome == SessionOutcome.NotAllowed ? 403 : 404);
        }
    }

    private async Task<IActionResult> ShowAsync(Guid id, int status, CancellationToken cancellationToken)
    {
        var caller = Caller.From(User);
        var (outcome, session) = await queries.FindAsync(id, caller, cancellationToken);
        if (session is null)
            return StatusCode(outcome == SessionOutcome.NotAllowed ? 403 : 404);
        Session = session;
        Me = session.Participants.FirstOrDefault(p => p.UserId == caller.UserId);
        var ahead = session.State.HoldsItsTime() && session.EndUtc > clock.GetUtcNow();
        CanManage = ahead && (caller.IsAdmin || session.MentorId == caller.UserId);
        CanCancel = ahead && (CanManage || Me?.Role is ParticipantRole.Mentor or ParticipantRole.Mentee);
        Card = cards.For(session, Me ?? session.MentorPart, CultureInfo.CurrentUICulture.Name, await JoinActionAsync(cancellationToken)) with { Topic = null, Link = null };
        Response.StatusCode = status;
        return Page();
    }

    private async Task<CardAction?> JoinActionAsync(CancellationToken cancellationToken) =>
        Me is not null && Session.State.HoldsItsTime()
            ? new CardAction(UiText.SessionJoin, (await links.ForAsync(Me.Id, Me.LinkVersion, cancellationToken)).PathAndQuery) { Icon = "video" }
            : null;
}
