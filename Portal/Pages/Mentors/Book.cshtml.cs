using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using NodaTime;
using Portal.Joining;
using Portal.Pages.Shared;
using Portal.People;
using Portal.People.Profile;
using Portal.Security;
using Portal.Sessions;
using Portal.Sessions.Availability;
using Portal.Sessions.Booking;
using Portal.Sessions.Changes;

namespace Portal.Pages.Mentors;

/// <summary>A mentor's free times, a month at a time; with a time in the address, the form that books it.</summary>
[Authorize, EnableRateLimiting(RateLimits.Booking)]
public sealed class BookModel(
    MentorCalendar calendar, OfferedTimes offered, BookingService booking, SeriesService series, SessionPolicy policy, Pictures pictures,
    UserManager<PortalUser> users, TimeProvider clock) : PageModel
{
    private const int NextFreeShown = 6;

    public MentorProfile Mentor { get; private set; } = null!;

    /// <summary>Null for an ordinary session.</summary>
    public SessionKind? Kind { get; private set; }

    /// <summary>The reader's own zone, unless the address names another.</summary>
    public string ReaderZone { get; private set; } = "Etc/UTC";

    /// <summary>The version of the mentor's picture; null without one.</summary>
    public string? Picture { get; private set; }

    public MonthCalendar? Calendar { get; private set; }
    public Slot? Chosen { get; private set; }

    /// <summary>Seats left in the chosen group; null outside of groups.</summary>
    public int? Seats { get; private set; }
    public string? Refusal { get; private set; }

    /// <summary>Other times, after a refusal.</summary>
    public IReadOnlyList<Slot> NextFree { get; private set; } = [];

    /// <summary>The dates of a series that cannot be booked as a whole.</summary>
    public IReadOnlyList<SeriesDate> Dates { get; private set; } = [];

    [BindProperty(SupportsGet = true, Name = "kind")]
    public string? KindText { get; set; }

    [BindProperty(SupportsGet = true, Name = "month")]
    public string? MonthText { get; set; }

    [BindProperty(SupportsGet = true, Name = "day")]
    public string? DayText { get; set; }

    [BindProperty(SupportsGet = true, Name = "zone")]
    public string? ZoneText { get; set; }

    [BindProperty(SupportsGet = true, Name = "pickZone")]
    public bool PickZone { get; set; }

    [BindProperty(SupportsGet = true, Name = "start")]
    public DateTimeOffset? Start { get; set; }

    [BindProperty]
    public BookInput Input { get; set; } = new();

    /// <summary>Mentors come here from a mail, to pass the address on.</summary>
    public bool IsOwn => Mentor.UserId == User.UserId();

    public bool GuestsAllowed => policy.Booking.Guests;

    public IReadOnlyList<TimeZoneChoice> Zones => TimeZoneChoices.In(Languages.Current, clock.GetUtcNow(), ReaderZone);

    public int Capacity => Kind?.Capacity ?? 1;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken))
            return NotFound();
        // A filter or an old link may name anything; a time that cannot be read is no time.
        await ChooseAsync(cancellationToken);
        await RefuseGoneAsync(cancellationToken);
        await ListAsync(cancellationToken);
        Picture = await pictures.VersionOfAsync(id, cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken))
            return NotFound();
        await ChooseAsync(cancellationToken);
        if (Chosen is null)
            ModelState.AddModelError(nameof(Start), ErrorText.BookPickTime);
        ModelState.Add(Input.Check(isGroup: Capacity > 1, policy.Booking), nameof(Input));
        if (!ModelState.IsValid)
            return await AgainAsync(StatusCodes.Status400BadRequest, cancellationToken);

        var request = Input.ToBooking(id, Chosen!.Value.Start, Kind?.Id);
        if (Input.EveryWeeks > 0 && Capacity == 1)
            return await BookSeriesAsync(request, cancellationToken);
        var result = await booking.BookAsync(request, User.UserId()!.Value, cancellationToken);
        return result.Session is { } session ? Booked(session) : Refuse(result.Outcome, result.NextFree);
    }

    /// <summary>The page with a query that keeps the kind and the zone.</summary>
    public string Link(string query) => Link(query, Kind);

    public string Link(string query, SessionKind? kind)
    {
        var kept = new[] { query, kind is null ? "" : $"kind={kind.Id}",
            ZoneText is null ? "" : $"zone={Uri.EscapeDataString(ReaderZone)}" };
        return $"/mentors/{Mentor.UserId}?{string.Join('&', kept.Where(k => k.Length > 0))}";
    }

    private async Task<IActionResult> BookSeriesAsync(BookingRequest request, CancellationToken cancellationToken)
    {
        var result = await series.BookAsync(
            request, Input.EveryWeeks, Input.Count, Input.LeaveOut, User.UserId()!.Value, cancellationToken);
        if (result.First is { } first)
            return Booked(first);
        Dates = result.Outcome == BookingOutcome.DatesTaken ? result.Dates : [];
        return Refuse(result.Outcome, []);
    }

    private RedirectResult Booked(MentoringSession session) => Redirect($"/sessions/{session.Id}?booked=true");

    private PageResult Refuse(BookingOutcome outcome, IReadOnlyList<Slot> nextFree)
    {
        Refusal = outcome.Text();
        // A full group keeps its form, as the waiting list is one press away, and so does a series of which some dates can be had.
        if (outcome == BookingOutcome.Full)
            Seats = 0;
        else if (outcome != BookingOutcome.DatesTaken)
            Chosen = null;
        NextFree = nextFree;
        Response.StatusCode = outcome.Status();
        return Page();
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await calendar.FindAsync(id, cancellationToken) is not { } mentor)
            return false;
        Mentor = mentor;
        while (Input.Guests.Count < BookInput.GuestRows)
            Input.Guests.Add(new());
        Kind = Guid.TryParse(KindText, out var kind) ? mentor.Kinds.FirstOrDefault(k => k.Id == kind && !k.IsRetired) : null;
        if (ZoneText is not { Length: <= 64 } || DateTimeZoneProviders.Tzdb.GetZoneOrNull(ZoneText) is null)
            ZoneText = null;
        ReaderZone = ZoneText ?? (await users.GetUserAsync(User))?.TimeZone ?? ReaderZone;
        return true;
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
    private async Task RefuseGoneAsync(CancellationToken cancellationToken)
    {
        if (Start is not { } start || Chosen is { } slot
            && await offered.ListAsync(Mentor, Kind, slot.Start, slot.Start.AddTicks(1), cancellationToken) is not [])
            return;
        Refusal = start <= clock.GetUtcNow() ? ErrorText.SlotPast : ErrorText.SlotTaken;
        if (Chosen is not null)
            NextFree = await calendar.NextFreeAsync(
                Mentor, MentorCalendar.RulesOf(Mentor, Kind), Chosen.Value.Start, NextFreeShown, cancellationToken);
        Chosen = null;
    }

    private async Task<PageResult> AgainAsync(int status, CancellationToken cancellationToken)
    {
        Response.StatusCode = status;
        await ListAsync(cancellationToken);
        return Page();
    }

    private async Task ListAsync(CancellationToken cancellationToken)
    {
        if (Chosen is null)
            Calendar = await MonthCalendar.ReadAsync(
                ReaderZone, clock.GetUtcNow(), Mentor.HorizonDays, MonthText, DayText, Link,
                (from, to) => offered.ListAsync(Mentor, Kind, from, to, cancellationToken));
    }
}
