using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Portal.Pages.Shared;
using Portal.Security;
using Portal.Sessions;
using Portal.Sessions.Booking;
using Portal.Sessions.Changes;
using Portal.Tickets;

namespace Portal.Pages.Sessions;

/// <summary>Guests and observers, and everybody's links.</summary>
[Authorize, EnableRateLimiting(RateLimits.Booking)]
public sealed class PeopleModel(
    PersonalLinks personal, InvitationService invitations, JoinLinks links, SessionQueries queries, SessionPolicy policy,
    TimeProvider clock) : SessionFormModel(queries, policy, clock)
{
    [BindProperty]
    public GuestInput Guest { get; set; } = new();

    public PeopleView Form { get; private set; } = null!;

    /// <summary>Who invites, or takes care of the links.</summary>
    public override SessionOutcome Right => Rights.ChangeRoom.IsAllowed() ? Rights.ChangeRoom : Rights.Invite;

    public async Task<IActionResult> OnPostInviteAsync(Guid id, CancellationToken cancellationToken)
    {
        ModelState.Clear();
        ModelState.Add(Guest.Check(), nameof(Guest));
        if (!ModelState.IsValid)
            return await ShowAsync(id, StatusCodes.Status400BadRequest, cancellationToken);
        var (outcome, _) = await invitations.InviteAsync(id, Guest.ToInvitation(), Caller, cancellationToken);
        return await AfterAsync(id, outcome, cancellationToken);
    }

    /// <summary>For somebody whose address the mentor does not have.</summary>
    public async Task<IActionResult> OnPostGuestLinkAsync(Guid id, CancellationToken cancellationToken) =>
        await AfterAsync(id, (await invitations.InviteAsync(id, Invitation.ByLink, Caller, cancellationToken)).Outcome, cancellationToken);

    public async Task<IActionResult> OnPostWithdrawAsync(Guid id, Guid person, CancellationToken cancellationToken)
    {
        var outcome = await personal.WithdrawLinkAsync(id, person, Caller, cancellationToken);
        if (outcome.IsAllowed() && await personal.MayBeInsideAsync(id, person, cancellationToken))
            TempData.Warn(UiText.PeopleMayBeInside);
        return await AfterAsync(id, outcome, cancellationToken);
    }

    public async Task<IActionResult> OnPostRenewAsync(Guid id, Guid person, CancellationToken cancellationToken) =>
        await AfterAsync(id, await personal.RenewLinkAsync(id, person, Caller, cancellationToken), cancellationToken);

    protected override async Task ReadMoreAsync(CancellationToken cancellationToken) =>
        Form = await PeopleView.ReadAsync(this, links, cancellationToken) with { Guest = Guest };
}
