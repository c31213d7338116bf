using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using Portal.Mentors;
using Portal.Pages.Shared;
using Portal.People;
using Portal.People.Profile;
using Portal.ProviderHost;
using Portal.Security;
using Portal.Sessions;
using Portal.Sessions.Availability;
using Portal.Sessions.Booking;
using Portal.Sessions.Changes;
using Portal.Sessions.Live;
using Portal.Sessions.Mails;
using Portal.Sessions.Rooms;
using Portal.Tickets;

namespace Portal.Pages.Sessions;

/// <summary>One session with all that its people can do about it.</summary>
[Authorize, EnableRateLimiting(RateLimits.Booking)]
public sealed class DetailsModel(
    SessionQueries queries, SessionService sessions, RequestService requests, MoveService moves, InvitationService invitations,
    MentorTool tool, JoinLinks links, SessionCards cards, ExtensionService extensions, Lateness lateness, Attendance attendance,
    MeetingProviders providers, IOptions<BookingOptions> policy, IOptions<JoinOptions> joining, TimeProvider clock) : PageModel
{
    public MentoringSession Session { get; private set; } = null!;
    public SessionCardModel Card { get; private set; } = null!;
    public IReadOnlyList<MentoringSession> Series { get; private set; } = [];

    /// <summary>Null for an administrator who has no part in the session.</summary>
    public SessionParticipant? Me { get; private set; }
    public bool IsAhead { get; private set; }
    public bool CanManage { get; private set; }
    public bool CanCancel { get; private set; }
    public bool CanMove { get; private set; }
    public bool CanInvite { get; private set; }
    public bool CanAnswerRequest { get; private set; }
    public bool CanAnswerMove { get; private set; }

    public bool CanExtend { get; private set; }

    /// <summary>Who may come late says so here, too; null for people on no side of it.</summary>
    public LateNews? Late { get; private set; }

    /// <summary>Who came, from the opening of the door on; empty before.</summary>
    public IReadOnlyList<Arrival> Arrivals { get; private set; } = [];

    /// <summary>The people whom the reader may record as missing, now or from <see cref="MissingFrom"/> on.</summary>
    public IReadOnlyList<SessionParticipant> Missing { get; private set; } = [];
    public DateTimeOffset MissingFrom { get; private set; }
    public bool CanRecordMissed => Missing.Count > 0 && clock.GetUtcNow() >= MissingFrom;

    /// <summary>What would keep people from meeting; for the mentor and administrators.</summary>
    public IReadOnlyList<SessionTrouble> Troubles { get; private set; } = [];

    /// <summary>The name of the tool that the session can be moved to in one step; null when it is there already.</summary>
    public string? DefaultTool { get; private set; }

    /// <summary>Links of guests without an address, for the mentor to pass on.</summary>
    public IReadOnlyDictionary<Guid, string> GuestLinks { get; private set; } = new Dictionary<Guid, string>();

    public bool IsWaiting => Me?.WaitingSinceUtc is not null;
    public string ReaderZone => (Me ?? Session.MentorPart).TimeZone;
    public bool LeavesGroup => Session.IsGroup && !CanManage;
    public bool HasLater => Series.Any(s => s.StartUtc > Session.StartUtc && s.State.HoldsItsTime());
    public int LateHours => policy.Value.LateHours;
    public bool IsLate => Session.StartUtc - clock.GetUtcNow() < TimeSpan.FromHours(LateHours);
    public bool CanRebook => Me?.Role == ParticipantRole.Mentee && !Session.State.HoldsItsTime() && Session.State != SessionState.Completed
        || Me is { Role: ParticipantRole.Mentee, MissedUtc: not null };

    public bool CanSayHowItWas => Session.State == SessionState.Completed && Me is { Role: ParticipantRole.Mentee, IsIn: true, MissedUtc: null };

    /// <summary>Those who said how it was. For administrators alone, as the form promises; not for one who was the mentor.</summary>
    public IEnumerable<SessionParticipant> Feedback => Caller.IsAdmin && Me is null
        ? Session.Participants.Where(p => p.Rating is not null).OrderBy(p => p.Name, StringComparer.CurrentCulture) : [];

    public IEnumerable<SessionParticipant> Others => Session.Participants.Where(p => p.Role != ParticipantRole.Mentor && p.LeftUtc is null
        && (CanManage || p.Role is ParticipantRole.Guest or ParticipantRole.Observer));

    [BindProperty, Display(ResourceType = typeof(UiText), Name = nameof(UiText.SessionCancelReason))]
    public string? Reason { get; set; }

    [BindProperty, Display(ResourceType = typeof(UiText), Name = nameof(UiText.RequestReason))]
    public string? DeclineReason { get; set; }

    [BindProperty, Display(ResourceType = typeof(UiText), Name = nameof(UiText.RoomUrl))]
    public string? RoomUrl { get; set; }

    [BindProperty]
    public GuestInput Guest { get; set; } = new();

    [BindProperty(SupportsGet = true, Name = "booked")]
    public bool JustBooked { get; set; }

    private Caller Caller => Caller.From(User);

    public Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken) => ShowAsync(id, 200, cancellationToken);

    public async Task<IActionResult> OnPostCancelAsync(Guid id, bool following, CancellationToken cancellationToken)
    {
        ModelState.Clear();
        if (FreeText.Lines(Reason) is "")
            ModelState.AddModelError(nameof(Reason), ErrorText.CancelReasonMissing);
        else if (Reason!.Length > SessionService.LongestReason)
            ModelState.AddModelError(nameof(Reason), ErrorText.FieldTooLong.With(SessionService.LongestReason));
        if (!ModelState.IsValid)
            return await ShowAsync(id, StatusCodes.Status400BadRequest, cancellationToken);
        var outcome = await sessions.CancelAsync(id, Caller, Reason!, cancellationToken, following);
        // Who gave back a seat cannot open this page any more.
        var left = outcome == SessionOutcome.Done && (await queries.FindAsync(id, Caller, cancellationToken)).Session is null;
        return left ? Redirect("/sessions") : await AfterAsync(id, outcome, cancellationToken);
    }

    public async Task<IActionResult> OnPostApproveAsync(Guid id, CancellationToken cancellationToken) =>
        await AfterAsync(id, await requests.ApproveAsync(id, Caller, cancellationToken), cancellationToken);

    public async Task<IActionResult> OnPostDeclineAsync(Guid id, CancellationToken cancellationToken)
    {
        ModelState.Clear();
        if (DeclineReason?.Length > SessionService.LongestReason)
        {
            ModelState.AddModelError(nameof(DeclineReason), ErrorText.FieldTooLong.With(SessionService.LongestReason));
            return await ShowAsync(id, StatusCodes.Status400BadRequest, cancellationToken);
        }
        return await AfterAsync(id, await requests.DeclineAsync(id, Caller, DeclineReason, cancellationToken), cancellationToken);
    }

    public async Task<IActionResult> OnPostAnswerMoveAsync(Guid id, bool agree, CancellationToken cancellationToken) =>
        await AfterAsync(id, await moves.AnswerAsync(id, agree, Caller, cancellationToken), cancellationToken);

    public async Task<IActionResult> OnPostWithdrawAsync(Guid id, Guid person, CancellationToken cancellationToken) =>
        await AfterAsync(id, await sessions.WithdrawLinkAsync(id, person, Caller, cancellationToken), cancellationToken);

    public async Task<IActionResult> OnPostRenewAsync(Guid id, Guid person, CancellationToken cancellationToken) =>
        await AfterAsync(id, await sessions.RenewLinkAsync(id, person, Caller, cancellationToken), cancellationToken);

    public async Task<IActionResult> OnPostInviteAsync(Guid id, CancellationToken cancellationToken)
    {
        ModelState.Clear();
        if (PersonRules.Name(Guest.Name) is { } name)
            ModelState.AddModelError("Guest.Name", name);
        if (PersonRules.Email(Guest.Email) is { } email)
            ModelState.AddModelError("Guest.Email", email);
        if (!ModelState.IsValid)
            return await ShowAsync(id, StatusCodes.Status400BadRequest, cancellationToken);
        var role = Guest.Observes ? ParticipantRole.Observer : ParticipantRole.Guest;
        var (outcome, _) = await invitations.InviteAsync(id, new(Guest.Email!.Trim(), Guest.Name!.Trim(), role), Caller, cancellationToken);
        return await AfterAsync(id, outcome, cancellationToken);
    }

    /// <summary>For somebody whose address the mentor does not have.</summary>
    public async Task<IActionResult> OnPostGuestLinkAsync(Guid id, CancellationToken cancellationToken) =>
        await AfterAsync(id, (await invitations.InviteAsync(id, new("", "", ParticipantRole.Guest), Caller, cancellationToken)).Outcome, cancellationToken);

    public async Task<IActionResult> OnPostRoomAsync(Guid id, CancellationToken cancellationToken)
    {
        ModelState.Clear();
        var check = tool.CheckUrl(RoomUrl);
        if (check.Url is null)
        {
            ModelState.AddModelError(nameof(RoomUrl), check.Refusal ?? ErrorText.FieldMissing);
            return await ShowAsync(id, StatusCodes.Status400BadRequest, cancellationToken);
        }
        return await AfterAsync(id, await sessions.SwitchRoomAsync(id, check.Url.AbsoluteUri, Caller, cancellationToken), cancellationToken);
    }

    public async Task<IActionResult> OnPostRoomBackAsync(Guid id, CancellationToken cancellationToken) =>
        await AfterAsync(id, await sessions.SwitchRoomAsync(id, null, Caller, cancellationToken), cancellationToken);

    public async Task<IActionResult> OnPostDefaultToolAsync(Guid id, CancellationToken cancellationToken) =>
        await AfterAsync(id, await sessions.UseDefaultToolAsync(id, Caller, cancellationToken), cancellationToken);

    public async Task<IActionResult> OnPostExtendAsync(Guid id, int minutes, int? seen, CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid || !ExtensionService.IsLength(minutes))
            return await RefuseAsync(id, ErrorText.ExtendSteps, StatusCodes.Status400BadRequest, cancellationToken);
        var result = await extensions.ExtendAsync(id, minutes, seen, Caller, cancellationToken);
        if (result.Outcome is not (SessionOutcome.Taken or SessionOutcome.NotOffered))
            return await AfterAsync(id, result.Outcome, cancellationToken);
        var session = (await queries.FindAsync(id, Caller, cancellationToken)).Session!;
        var me = session.Participants.FirstOrDefault(p => p.UserId == Caller.UserId) ?? session.MentorPart;
        var until = SessionTime.Isolated(SessionTime.Clock(result.Until, me.TimeZone));
        var message = result.Outcome == SessionOutcome.NotOffered ? ErrorText.ExtendLimit.With(policy.Value.MostExtension, until)
            : result.Until <= session.EndUtc ? ErrorText.ExtendTakenAtOnce : ErrorText.ExtendTaken.With(until);
        return await RefuseAsync(id, message, StatusCodes.Status409Conflict, cancellationToken);
    }

    public async Task<IActionResult> OnPostLateAsync(Guid id, int minutes, CancellationToken cancellationToken) =>
        !ModelState.IsValid || !Lateness.Choices.Contains(minutes)
            ? await RefuseAsync(id, ErrorText.LateMinutes, StatusCodes.Status400BadRequest, cancellationToken)
            : await AfterAsync(id, await lateness.SayAsync(id, minutes, Caller, cancellationToken), cancellationToken);

    public async Task<IActionResult> OnPostMissedAsync(Guid id, Guid? person, CancellationToken cancellationToken) =>
        !ModelState.IsValid ? NotFound() : await AfterAsync(id, await attendance.RecordMissedAsync(id, person, Caller, cancellationToken), cancellationToken);

    private async Task<IActionResult> RefuseAsync(Guid id, string message, int status, CancellationToken cancellationToken)
    {
        ModelState.Clear();
        ModelState.AddModelError("", message);
        return await ShowAsync(id, status, cancellationToken);
    }

    private async Task<IActionResult> AfterAsync(Guid id, SessionOutcome outcome, CancellationToken cancellationToken)
    {
        var (message, status) = outcome switch
        {
            SessionOutcome.TooLate => (ErrorText.SessionTooLate, StatusCodes.Status410Gone),
            SessionOutcome.ChangedMeanwhile => (ErrorText.SessionChangedMeanwhile, StatusCodes.Status409Conflict),
            SessionOutcome.Taken => (ErrorText.SlotTaken, StatusCodes.Status409Conflict),
            SessionOutcome.NotOffered => (ErrorText.SlotNotOffered, StatusCodes.Status422UnprocessableEntity),
            SessionOutcome.Full => (ErrorText.GroupFull, StatusCodes.Status409Conflict),
            SessionOutcome.TooMany => (ErrorText.GuestsTooMany, StatusCodes.Status422UnprocessableEntity),
            SessionOutcome.TooEarly => (ErrorText.SessionTooEarly, StatusCodes.Status409Conflict),
            SessionOutcome.NotMissing => (ErrorText.SessionNotMissing, StatusCodes.Status409Conflict),
            SessionOutcome.NotAllowed => ("", StatusCodes.Status403Forbidden),
            SessionOutcome.NoSuchSession => ("", StatusCodes.Status404NotFound),
            _ => ("", StatusCodes.Status200OK),
        };
        if (status == StatusCodes.Status200OK)
            return Redirect($"/sessions/{id}");
        if (message.Length == 0)
            return StatusCode(status);
        ModelState.Clear();
        ModelState.AddModelError("", message);
        return await ShowAsync(id, status, cancellationToken);
    }

    private async Task<IActionResult> ShowAsync(Guid id, int status, CancellationToken cancellationToken)
    {
        var caller = Caller;
        var (outcome, session) = await queries.FindAsync(id, caller, cancellationToken);
        if (session is null)
            return StatusCode(outcome == SessionOutcome.NotAllowed ? 403 : 404);
        Session = session;
        Me = session.Participants.FirstOrDefault(p => p.UserId == caller.UserId && p.LeftUtc is null);
        Series = session.SeriesId is { } series ? await queries.SeriesAsync(series, cancellationToken) : [];
        var now = clock.GetUtcNow();
        IsAhead = session.State.HoldsItsTime() && session.EndUtc > now;
        CanManage = IsAhead && SessionChanges.IsMentor(session, caller);
        CanCancel = IsAhead && (CanManage || SessionChanges.MenteeOf(session, caller) is not null);
        CanMove = IsAhead && session.StartUtc > now && !IsWaiting && (CanManage || CanCancel && !session.IsGroup);
        CanInvite = IsAhead && invitations.Allowed && InvitationService.MayInvite(session, caller);
        CanAnswerRequest = CanManage && session.State == SessionState.Requested;
        CanAnswerMove = IsAhead && MoveService.MayAnswer(session, caller);
        CanExtend = extensions.MayExtend(session, caller) && session.StartUtc <= now.AddMinutes(joining.Value.OpensMinutesBefore);
        if (Me is { IsIn: true, Role: ParticipantRole.Mentor or ParticipantRole.Mentee })
            await ReadPresenceAsync(Me, now, cancellationToken);
        if (CanManage && session.StartUtc > now)
            await ReadTroublesAsync(cancellationToken);
        if (CanManage)
            GuestLinks = await GuestLinksAsync(cancellationToken);
        await cards.LoadPicturesAsync([session], cancellationToken);
        Card = cards.For(session, Me ?? session.MentorPart, CultureInfo.CurrentUICulture.Name, await JoinActionAsync(cancellationToken)) with { Topic = null, Link = null };
        Response.StatusCode = status;
        return Page();
    }

    private async Task ReadPresenceAsync(SessionParticipant me, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Late = await lateness.ReadAsync(Session.Id, me.Id, cancellationToken);
        if (Session.State is not (SessionState.Confirmed or SessionState.Completed or SessionState.Missed)
            || now < Session.StartUtc.AddMinutes(-joining.Value.OpensMinutesBefore))
            return;
        Arrivals = await attendance.ArrivalsAsync(Session, cancellationToken);
        var absent = Arrivals.Where(a => a.CameUtc is null && a.Person.MissedUtc is null && SessionMails.IsAcross(a.Person, me)).Select(a => a.Person).ToList();
        if (Session.State != SessionState.Confirmed || absent.Count == 0 || Arrivals.All(a => a.Person.Id != me.Id || a.CameUtc is null)
            || now >= Session.EndUtc.AddMinutes(joining.Value.SessionOverrunMinutes))
            return;
        Missing = absent;
        MissingFrom = attendance.MissingFrom(Session, absent);
    }

    private async Task ReadTroublesAsync(CancellationToken cancellationToken)
    {
        Troubles = await queries.TroublesAsync(Session.Id, cancellationToken);
        if (Troubles.Count > 0 && providers.DefaultTool is { } tool && providers.CanBeChosen(tool)
            && Session.Links.All(l => l.ProviderAccount.ProviderId != tool))
            DefaultTool = providers.Find(tool)?.NameIn(CultureInfo.CurrentUICulture.Name);
    }

    private async Task<Dictionary<Guid, string>> GuestLinksAsync(CancellationToken cancellationToken)
    {
        var found = new Dictionary<Guid, string>();
        foreach (var guest in Session.Participants.Where(p => p.Role == ParticipantRole.Guest && p.Email.Length == 0 && p.WithdrawnUtc is null))
            found[guest.Id] = (await links.ForAsync(guest.Id, guest.LinkVersion, cancellationToken)).AbsoluteUri;
        return found;
    }

    private async Task<CardAction?> JoinActionAsync(CancellationToken cancellationToken) =>
        Me is { IsIn: true } && Session.State == SessionState.Confirmed
            ? new CardAction(UiText.SessionJoin, (await links.ForAsync(Me.Id, Me.LinkVersion, cancellationToken)).PathAndQuery) { Icon = "video" }
            : null;
}
