using System.Globalization;
using System.Text;
using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Portal.Calendar;
using Portal.Pages.Shared;
using Portal.People;
using Portal.ProviderHost;
using Portal.Security;
using Portal.Sessions;
using Portal.Sessions.Availability;
using Portal.Sessions.Breakouts;
using Portal.Sessions.Changes;
using Portal.Sessions.Files;
using Portal.Sessions.Live;
using Portal.Sessions.Notes;
using Portal.Sessions.Recordings;
using Portal.Sessions.Rooms;
using Portal.Tickets;
using MeetingPlace = Providers.MeetingPlace;

namespace Portal.Pages.Sessions;

/// <summary>One session, and the forms for all that its people can do about it; each form goes to a page of its own.</summary>
[Authorize, EnableRateLimiting(RateLimits.Booking)]
public sealed class DetailsModel(
    SessionQueries queries, SessionCards cards, JoinLinks links, CalendarFeed feed, Lateness lateness, Attendance attendance,
    Gatherings gatherings, NotesReader notes, SessionFiles files, SessionRecordings recordings, Consents consents,
    SessionHistory history, BreakoutGroups breakouts, MentorCalendar calendar, MeetingProviders providers, SessionPolicy policy,
    TimeProvider clock)
    : SessionPageModel(queries, policy, clock)
{
    private readonly SessionQueries _queries = queries;
    private readonly SessionPolicy _policy = policy;

    public SessionCardModel Card { get; private set; } = null!;
    public IReadOnlyList<MentoringSession> Series { get; private set; } = [];
    public PresenceView Presence { get; private set; } = null!;
    public WaitingView Waiting { get; private set; } = null!;
    public PeopleView People { get; private set; } = null!;

    /// <summary>Null for who has no part in it.</summary>
    public FilesView? Files { get; private set; }
    public RecordingsView? Recordings { get; private set; }

    /// <summary>Null for who may not read it.</summary>
    public AttendanceView? WhoWasThere { get; private set; }

    /// <summary>Null for who may not read them, and where nobody wrote any that can be written no more.</summary>
    public NotesPanel? Notes { get; private set; }

    /// <summary>For a reader who has no part in it: whose session this is.</summary>
    public string Whose
    {
        get
        {
            var mentor = Names.One(Session.MentorPart.Name);
            var others = Session.Participants.Where(p => p is { IsIn: true, Role: not ParticipantRole.Mentor, Name.Length: > 0 });
            var names = Names.Several([.. others.Select(p => p.Name)]);
            return names.Length == 0 ? mentor : UiText.SessionWhose.With(mentor, names);
        }
    }

    /// <summary>Null for who does not choose the room.</summary>
    public RoomView? Room { get; private set; }

    [BindProperty(SupportsGet = true, Name = "booked")]
    public bool JustBooked { get; set; }

    [BindProperty(SupportsGet = true, Name = "opened")]
    public bool JustOpened { get; set; }

    /// <summary>Somebody came from an email to put it into a calendar.</summary>
    [BindProperty(SupportsGet = true, Name = "calendar")]
    public bool ShowsCalendar { get; set; }

    /// <summary>Null for who does not make groups.</summary>
    public GroupsView? Groups { get; private set; }

    /// <summary>What comes next; null before.</summary>
    public AfterView? After { get; private set; }

    public bool IsWaiting => Me?.WaitingSinceUtc is not null;

    /// <summary>The form is offered once people can be there.</summary>
    public bool OffersExtension => Rights.Extend.IsAllowed() && Rights.HasOpened;

    /// <summary>It did not come to be; what is over has its own way on.</summary>
    public bool CanRebook => After is null && Me?.Role == ParticipantRole.Mentee && !Session.State.HoldsItsTime();

    public CancelView Cancel => CancelView.Of(this, Series.Any(s => s.StartUtc > Session.StartUtc && s.State.HoldsItsTime()), Now, _policy);

    /// <summary>Those who said how it was. For administrators alone, as the form promises; not for one who was the mentor.</summary>
    public IEnumerable<SessionParticipant> Feedback => Caller.IsAdmin && Me is null && Ward is null
        ? Session.Participants.Where(p => p.Rating is not null).OrderBy(p => p.Name, StringComparer.CurrentCulture) : [];

    /// <summary>For administrators alone.</summary>
    public IReadOnlyList<HistoryRow> History { get; private set; } = [];

    /// <summary>The reader's own link to the door; null where there is none, or nothing to join any more.</summary>
    public string? JoinLink { get; private set; }

    /// <summary>Where people meet that is no page; null for all other sessions, and for who has no part in this one.</summary>
    public MeetingPlace? Place => Me is { IsIn: true } && Session.State.HoldsItsTime() ? Session.Place() : null;

    /// <summary>One press leads in.</summary>
    public bool IsOpen => Rights.HasOpened && Now < SessionDoor.ClosesAt(Session.EndUtc, _policy.Joining);

    /// <summary>It may still change under the reader's eyes.</summary>
    public bool IsLive => Session.State.HoldsItsTime() && Now < SessionDoor.ClosesAt(Session.EndUtc, _policy.Joining);

    /// <summary>Null where there is nothing to put into a calendar.</summary>
    public CalendarLinks? CalendarLinks { get; private set; }

    /// <summary>The session as a file for a calendar; what was booked with it comes along.</summary>
    public async Task<IActionResult> OnGetCalendarAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await LoadAsync(id, cancellationToken) is { } refused)
            return refused;
        if (CalendarLinks is null)
            return NotFound();
        Response.Headers.CacheControl = "private, no-store";
        var text = await feed.EventsAsync([Session], Caller.UserId!.Value, cancellationToken);
        return File(Encoding.UTF8.GetBytes(text), "text/calendar; charset=utf-8", "session.ics");
    }

    public Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken) =>
        ShowAsync(id, StatusCodes.Status200OK, cancellationToken);

    protected override async Task ReadMoreAsync(CancellationToken cancellationToken)
    {
        Series = Session.SeriesId is { } series ? await _queries.SeriesAsync(series, cancellationToken) : [];
        Presence = await PresenceView.ReadAsync(this, Now, lateness, attendance, cancellationToken);
        WhoWasThere = await AttendanceView.ReadAsync(this, Now, attendance, cancellationToken);
        Waiting = await WaitingView.ReadAsync(this, gatherings, cancellationToken);
        Notes = await NotesPanel.ReadAsync(notes, Session, Caller, ReaderZone, cancellationToken) is { HasSomething: true } panel
            ? panel : null;
        Files = await FilesView.ReadAsync(this, files, cancellationToken);
        Recordings = await RecordingsView.ReadAsync(this, recordings, consents, cancellationToken);
        After = await AfterView.ReadAsync(this, Now, calendar, cancellationToken) is { } after
            ? after with { HasNotes = Notes is not null, HasRecording = Recordings is { Recordings.All.Count: > 0 } } : null;
        People = await PeopleView.ReadAsync(this, links, cancellationToken);
        Room = Rights.ChangeRoom.IsAllowed() ? await RoomView.ReadAsync(this, Now, _queries, providers, cancellationToken) : null;
        Groups = await GroupsView.ReadAsync(this, breakouts, cancellationToken);
        History = await history.OfAsync(Session, Caller, ReaderZone, cancellationToken);
        await cards.LoadPicturesAsync([Session], cancellationToken);
        await ReadLinksAsync(cancellationToken);
        Card = cards.For(Session, Me, ReaderZone, CultureInfo.CurrentUICulture.Name) with
        {
            Topic = null,
            Link = null,
            Relative = !Rights.IsAhead ? null : Session.StartUtc > Now ? Spans.Relative(Session.StartUtc, Now) : UiText.NextLive,
        };
    }

    private async Task ReadLinksAsync(CancellationToken cancellationToken)
    {
        if (Me is not { IsIn: true })
            return;
        var link = await links.ForAsync(Me.Id, Me.LinkVersion, cancellationToken);
        if (Session.State == SessionState.Confirmed && !Place.IsElsewhere())
            JoinLink = link.PathAndQuery;
        if (IsOpen)
            // One press leads to the tool's own page, where it has one.
            HttpContext.AllowFormToLeave();
        if (Session.StartUtc > Now && Session.State == SessionState.Confirmed)
            CalendarLinks = CalendarLinks.Of(Session, Session.Topic.Length > 0 ? Session.Topic : UiText.TopicNone,
                Place is { } place && place.IsElsewhere() ? place.Text : link.AbsoluteUri);
    }
}
