using System.Globalization;
using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using NodaTime;
using Portal.People;
using Portal.Security;
using Portal.Sessions;

namespace Portal.Pages.Mentors;

/// <summary>A mentor's free times; with a time in the address, the form that books it.</summary>
[Authorize, EnableRateLimiting(RateLimits.Booking)]
public sealed class BookModel(MentorCalendar calendar, BookingService booking, UserManager<PortalUser> users, TimeProvider clock) : PageModel
{
    private const int DaysShown = 14;

    public MentorProfile Mentor { get; private set; } = null!;
    public string ReaderZone { get; private set; } = "Etc/UTC";

    /// <summary>Free times by the reader's own days.</summary>
    public IReadOnlyList<IGrouping<LocalDate, Slot>> Days { get; private set; } = [];

    /// <summary>The first day shown, counted from today; earlier and later pages are plain links.</summary>
    [BindProperty(SupportsGet = true, Name = "skip")]
    public int Skip { get; set; }

    /// <summary>The day whose times are shown; the first with a free time unless the address names another.</summary>
    [BindProperty(SupportsGet = true, Name = "day")]
    public string? DayText { get; set; }

    public IGrouping<LocalDate, Slot>? Day { get; private set; }

    public bool HasLater { get; private set; }
    public Slot? Chosen { get; private set; }
    public string? Refusal { get; private set; }

    [BindProperty(SupportsGet = true, Name = "start")]
    public DateTimeOffset? Start { get; set; }

    [BindProperty]
    public string? Topic { get; set; }

    public int Step => DaysShown;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken))
            return NotFound();
        // A filter or an old link may name anything; a time that cannot be read is no time.
        Chosen = SlotAtStart();
        await ListAsync(cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken))
            return NotFound();
        Chosen = SlotAtStart();
        if (Chosen is null)
            ModelState.AddModelError(nameof(Start), ErrorText.BookPickTime);
        if (FreeText.OneLine(Topic) is "")
            ModelState.AddModelError(nameof(Topic), ErrorText.BookTopicMissing);
        else if (Topic!.Length > BookingService.LongestTopic)
            ModelState.AddModelError(nameof(Topic), ErrorText.FieldTooLong.With(BookingService.LongestTopic));
        if (!ModelState.IsValid)
            return await AgainAsync(StatusCodes.Status400BadRequest, cancellationToken);

        var result = await booking.BookAsync(id, Chosen!.Value.Start, Topic!, User.UserId()!.Value, cancellationToken);
        if (result.Session is { } session)
            return Redirect($"/sessions/{session.Id}?booked=true");
        Refusal = result.Outcome switch
        {
            BookingOutcome.Taken => ErrorText.SlotTaken,
            BookingOutcome.Overlaps => ErrorText.SlotOverlaps,
            BookingOutcome.WithOneself => ErrorText.BookingWithOneself,
            _ => ErrorText.SlotNotOffered,
        };
        Chosen = null;
        Days = ByDay(result.NextFree);
        Response.StatusCode = result.Outcome is BookingOutcome.Taken or BookingOutcome.Overlaps
            ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    /// <summary>Null where the address names no time that anybody could book.</summary>
    private Slot? SlotAtStart() => Start is { } start && BookingService.IsWithinReach(start, clock.GetUtcNow())
        ? new Slot(start.ToUniversalTime(), start.ToUniversalTime().AddMinutes(Mentor.SessionMinutes)) : null;

    private async Task<bool> LoadAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await calendar.FindAsync(id, cancellationToken) is not { } mentor)
            return false;
        Mentor = mentor;
        ReaderZone = (await users.GetUserAsync(User))?.TimeZone ?? ReaderZone;
        Skip = Math.Clamp(Skip, 0, mentor.HorizonDays);
        return true;
    }

    private async Task<PageResult> AgainAsync(int status, CancellationToken cancellationToken)
    {
        Response.StatusCode = status;
        await ListAsync(cancellationToken);
        return Page();
    }

    private async Task ListAsync(CancellationToken cancellationToken)
    {
        if (Chosen is not null)
            return;
        // Whole days of the reader's: a page that began at this hour would show half of its last day, and the next page the rest.
        var zone = DateTimeZoneProviders.Tzdb[ReaderZone];
        var first = Instant.FromDateTimeOffset(clock.GetUtcNow()).InZone(zone).Date.PlusDays(Skip);
        Days = ByDay(await calendar.FreeAsync(Mentor, null, StartOf(first, zone), StartOf(first.PlusDays(DaysShown), zone), cancellationToken));
        Day = Days.FirstOrDefault(d => d.Key.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture) == DayText) ?? Days.FirstOrDefault();
        HasLater = Skip + DaysShown < Mentor.HorizonDays;
    }

    private static DateTimeOffset StartOf(LocalDate day, DateTimeZone zone) => zone.AtStartOfDay(day).ToDateTimeOffset().ToUniversalTime();

    private List<IGrouping<LocalDate, Slot>> ByDay(IEnumerable<Slot> slots) =>
        slots.GroupBy(s => Instant.FromDateTimeOffset(s.Start).InZone(DateTimeZoneProviders.Tzdb[ReaderZone]).Date).ToList();
}
