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
        if (await LoadAsync(id, cancellationToken) is { } refused)
            return refused;
        ModelState.Clear();
        ModelState.Add(Guest.Check(Session.StartUtc, ReaderZone), nameof(Guest));
        if (!ModelState.IsValid)
            return await ShowAsync(id, StatusCodes.Status400BadRequest, cancellationToken);
        var (outcome, _) = await invitations.InviteAsync(id, Guest.ToInvitation(Session.StartUtc, ReaderZone), Caller, cancellationToken);
        return await AfterAsync(id, outcome, cancellationToken, _ => UiText.DoneInvited.With(Names.One(Guest.Name ?? "")));
    }

    /// <summary>For somebody whose address the mentor does not have.</summary>
    public async Task<IActionResult> OnPostGuestLinkAsync(Guid id, CancellationToken cancellationToken) =>
        await AfterAsync(id, (await invitations.InviteAsync(id, Invitation.ByLink, Caller, cancellationToken)).Outcome, cancellationToken,
            _ => UiText.DoneGuestLink);

    public async Task<IActionResult> OnPostWithdrawAsync(Guid id, Guid person, CancellationToken cancellationToken)
    {
        var outcome = await personal.WithdrawLinkAsync(id, person, Caller, cancellationToken);
        var isInside = outcome.IsAllowed() && await personal.MayBeInsideAsync(id, person, cancellationToken);
        return await AfterAsync(id, outcome, cancellationToken, session => isInside
            ? UiText.PeopleMayBeInside : UiText.DoneDeactivated.With(Told.Name(Who(session, person))));
    }

    public async Task<IActionResult> OnPostRenewAsync(Guid id, Guid person, CancellationToken cancellationToken) =>
        await AfterAsync(id, await personal.RenewLinkAsync(id, person, Caller, cancellationToken), cancellationToken,
            session => UiText.DoneRenewed.With(Told.Name(Who(session, person))));

    public async Task<IActionResult> OnPostSendAgainAsync(Guid id, Guid person, CancellationToken cancellationToken) =>
        await AfterAsync(id, await personal.SendAgainAsync(id, person, Caller, cancellationToken), cancellationToken,
            session => UiText.DoneSentAgain.With(Told.Name(Who(session, person))));

    private static SessionParticipant? Who(MentoringSession session, Guid person) =>
        session.Participants.FirstOrDefault(p => p.Id == person);

    protected override async Task ReadMoreAsync(CancellationToken cancellationToken) =>
        Form = await PeopleView.ReadAsync(this, links, cancellationToken) with { Guest = Guest };
}
