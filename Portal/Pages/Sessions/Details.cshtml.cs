using System.Globalization;
using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Portal.Pages.Shared;
using Portal.People;
using Portal.ProviderHost;
using Portal.Security;
using Portal.Sessions;
using Portal.Sessions.Changes;
using Portal.Sessions.Live;
using Portal.Tickets;

namespace Portal.Pages.Sessions;

/// <summary>One session, and the forms for all that its people can do about it; each form goes to a page of its own.</summary>
[Authorize, EnableRateLimiting(RateLimits.Booking)]
public sealed class DetailsModel(
    SessionQueries queries, SessionCards cards, JoinLinks links, Lateness lateness, Attendance attendance, MeetingProviders providers,
    SessionPolicy policy, TimeProvider clock) : SessionPageModel(queries, policy, clock)
{
    private readonly SessionQueries _queries = queries;
    private readonly SessionPolicy _policy = policy;

    public SessionCardModel Card { get; private set; } = null!;
    public IReadOnlyList<MentoringSession> Series { get; private set; } = [];
    public PresenceView Presence { get; private set; } = null!;
    public PeopleView People { get; private set; } = null!;

    /// <summary>Null for who does not choose the room.</summary>
    public RoomView? Room { get; private set; }

    [BindProperty(SupportsGet = true, Name = "booked")]
    public bool JustBooked { get; set; }

    public bool IsWaiting => Me?.WaitingSinceUtc is not null;

    /// <summary>The form is offered once people can be there.</summary>
    public bool OffersExtension => Rights.Extend.IsAllowed() && Rights.HasOpened;

    public bool CanRebook => Me?.Role == ParticipantRole.Mentee && !Session.State.HoldsItsTime() && Session.State != SessionState.Completed
        || Me is { Role: ParticipantRole.Mentee, MissedUtc: not null };

    public CancelView Cancel => CancelView.Of(this, Series.Any(s => s.StartUtc > Session.StartUtc && s.State.HoldsItsTime()), Now, _policy);

    /// <summary>Those who said how it was. For administrators alone, as the form promises; not for one who was the mentor.</summary>
    public IEnumerable<SessionParticipant> Feedback => Caller.IsAdmin && Me is null
        ? Session.Participants.Where(p => p.Rating is not null).OrderBy(p => p.Name, StringComparer.CurrentCulture) : [];

    public Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken) =>
        ShowAsync(id, StatusCodes.Status200OK, cancellationToken);

    protected override async Task ReadMoreAsync(CancellationToken cancellationToken)
    {
        Series = Session.SeriesId is { } series ? await _queries.SeriesAsync(series, cancellationToken) : [];
        Presence = await PresenceView.ReadAsync(this, Now, lateness, attendance, cancellationToken);
        People = await PeopleView.ReadAsync(this, links, cancellationToken);
        Room = Rights.ChangeRoom.IsAllowed() ? await RoomView.ReadAsync(this, Now, _queries, providers, cancellationToken) : null;
        await cards.LoadPicturesAsync([Session], cancellationToken);
        Card = cards.For(Session, Me ?? Session.MentorPart, CultureInfo.CurrentUICulture.Name, await JoinActionAsync(cancellationToken))
            with
        { Topic = null, Link = null };
    }

    private async Task<CardAction?> JoinActionAsync(CancellationToken cancellationToken) =>
        Me is { IsIn: true } && Session.State == SessionState.Confirmed
            ? new CardAction(UiText.SessionJoin,
                (await links.ForAsync(Me.Id, Me.LinkVersion, cancellationToken)).PathAndQuery)
            { Icon = "video" }
            : null;
}
