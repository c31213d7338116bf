using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using Portal.Joining;
using Portal.Mentors;
using Portal.Pages.Shared;
using Portal.People;
using Portal.People.Accounts;
using Portal.People.Profile;
using Portal.Security;
using Portal.Sessions;
using Portal.Sessions.Availability;
using Portal.Sessions.Booking;
using Portal.Sessions.Changes;

namespace Portal.Pages.Mentors;

/// <summary>
/// A mentor's free times, two weeks at a time; with a time in the address, the form that books it. Visitors may look, where
/// the directory is public, and keep the time they picked while they sign in or up.
/// </summary>
[AllowAnonymous, EnableRateLimiting(RateLimits.Booking)]
public sealed class BookModel(
    MentorCalendar calendar, OfferedTimes offered, BookingService booking, SeriesService series, SessionPolicy policy, Pictures pictures,
    SessionQueries queries, Guardians guardians, UserManager<PortalUser> users, IOptions<DirectoryOptions> directory, TimeProvider clock)
    : MentorPageModel(calendar, users)
{
    private const int NearTimes = 6;

    private readonly MentorCalendar _calendar = calendar;

    /// <summary>The version of the mentor's picture; null without one.</summary>
    public string? Picture { get; private set; }

    public WeeksCalendar? Calendar { get; private set; }
    public Slot? Chosen { get; private set; }

    /// <summary>Seats left in the chosen group; null outside of groups.</summary>
    public int? Seats { get; private set; }
    public string? Refusal { get; private set; }

    /// <summary>Other times, after a refusal.</summary>
    public IReadOnlyList<Slot> NextFree { get; private set; } = [];

    /// <summary>The dates of a series that cannot be booked as a whole.</summary>
    public IReadOnlyList<SeriesDate> Dates { get; private set; } = [];

    [BindProperty(SupportsGet = true, Name = "from")]
    public string? FromText { get; set; }

    [BindProperty(SupportsGet = true, Name = "day")]
    public string? DayText { get; set; }

    [BindProperty(SupportsGet = true, Name = "pickZone")]
    public bool PickZone { get; set; }

    [BindProperty(SupportsGet = true, Name = "start")]
    public DateTimeOffset? Start { get; set; }

    [BindProperty]
    public BookInput Input { get; set; } = new();

    /// <summary>Whom the reader may book for beside themselves.</summary>
    public IReadOnlyList<PortalUser> Children { get; private set; } = [];

    /// <summary>Mentors come here from a mail, to pass the address on.</summary>
    public bool IsOwn => Mentor.UserId == User.UserId();

    public bool GuestsAllowed => policy.Booking.Guests;

    public IReadOnlyList<TimeZoneChoice> Zones => TimeZoneChoices.In(Languages.Current, clock.GetUtcNow(), ReaderZone);

    public int Capacity => Kind?.Capacity ?? 1;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken)
    {
        var isVisitor = User.UserId() is null;
        if (isVisitor && !directory.Value.PublicDirectory)
            return Challenge();
        if (!await LoadAsync(id, cancellationToken))
            return NotFound();
        Input.MakeRoom();
        // A filter or an old link may name anything; a time that cannot be read is no time.
        await ChooseAsync(cancellationToken);
        await LetGoAsync(cancellationToken);
        if (Chosen is not null && isVisitor)
            return RedirectToPage("/Account/SignUp", new { returnUrl = Request.Path + Request.QueryString.Value });
        if (Chosen is not null && !await queries.HaveMetAsync(id, User.UserId()!.Value, cancellationToken))
            Input.Topic ??= UiText.BookFirstTopic;
        await ListAsync(cancellationToken);
        await ReadChildrenAsync(cancellationToken);
        Picture = await pictures.VersionOfAsync(id, cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancellationToken)
    {
        if (User.UserId() is null)
            return Challenge();
        if (!await LoadAsync(id, cancellationToken))
            return NotFound();
        Input.MakeRoom();
        await ChooseAsync(cancellationToken);
        if (Chosen is null)
            ModelState.AddModelError(nameof(Start), ErrorText.BookPickTime);
        ModelState.Add(Input.Check(isGroup: Capacity > 1, policy.Booking, Chosen?.Start, ReaderZone), nameof(Input));
        if (!ModelState.IsValid)
            return await AgainAsync(StatusCodes.Status400BadRequest, cancellationToken);

        var request = Input.ToBooking(id, Chosen!.Value.Start, ReaderZone, Kind?.Id);
        if (Input.EveryWeeks > 0 && Capacity == 1)
            return await BookSeriesAsync(request, cancellationToken);
        var result = await booking.BookAsync(request, User.UserId()!.Value, cancellationToken);
        return result.Session is { } session ? Booked(session)
            : await RefuseAsync(result.Outcome, result.NextFree, cancellationToken);
    }

    private async Task<IActionResult> BookSeriesAsync(BookingRequest request, CancellationToken cancellationToken)
    {
        var result = await series.BookAsync(
            request, Input.EveryWeeks, Input.Count, Input.LeaveOut, User.UserId()!.Value, cancellationToken);
        if (result.First is { } first)
            return Booked(first);
        Dates = result.Outcome == BookingOutcome.DatesTaken ? result.Dates : [];
        return await RefuseAsync(result.Outcome, [], cancellationToken);
    }

    private RedirectResult Booked(MentoringSession session) => Redirect($"/sessions/{session.Id}?booked=true");

    private async Task<PageResult> RefuseAsync(
        BookingOutcome outcome, IReadOnlyList<Slot> nextFree, CancellationToken cancellationToken)
    {
        Refusal = outcome.Text();
        // A full group keeps its form, as the waiting list is one press away, and so does a series of which some dates can be had.
        if (outcome == BookingOutcome.Full)
            Seats = 0;
        else if (outcome != BookingOutcome.DatesTaken)
            Chosen = null;
        NextFree = nextFree;
        return await AgainAsync(outcome.Status(), cancellationToken);
    }

    private async Task ChooseAsync(CancellationToken cancellationToken)
    {
        if (Start is not { } start || !BookingService.IsWithinReach(start, clock.GetUtcNow()))
            return;
        start = start.ToUniversalTime();
        Chosen = new Slot(start, start.AddMinutes(Kind?.Minutes ?? Mentor.SessionMinutes));
        if (Kind?.Capacity > 1)
            Seats = await offered.SeatsAtAsync(Kind, start, cancellationToken);
    }

    /// <summary>Who follows a link to a time that is gone hears it before the form is filled in.</summary>
    private async Task LetGoAsync(CancellationToken cancellationToken)
    {
        if (Start is not { } start || Chosen is { } slot
            && await offered.ListAsync(Mentor, Kind, slot.Start, slot.Start.AddMinutes(1), cancellationToken) is not [])
            return;
        Refusal = start <= clock.GetUtcNow() ? ErrorText.SlotPast : ErrorText.SlotTaken;
        if (Chosen is not null)
            NextFree = await _calendar.NextFreeAsync(
                Mentor, MentorCalendar.RulesOf(Mentor, Kind), Chosen.Value.Start, NearTimes, cancellationToken);
        Chosen = null;
    }

    private async Task<PageResult> AgainAsync(int status, CancellationToken cancellationToken)
    {
        Response.StatusCode = status;
        await ReadChildrenAsync(cancellationToken);
        await ListAsync(cancellationToken);
        return Page();
    }

    private async Task ReadChildrenAsync(CancellationToken cancellationToken) =>
        Children = Chosen is not null && User.UserId() is { } me ? await guardians.ChildrenAsync(me, cancellationToken) : [];

    private async Task ListAsync(CancellationToken cancellationToken)
    {
        if (Chosen is null)
            Calendar = await WeeksCalendar.ReadAsync(
                ReaderZone, clock.GetUtcNow(), Mentor.HorizonDays, FromText, DayText, Link,
                (from, to) => offered.ListAsync(Mentor, Kind, from, to, cancellationToken));
    }
}
