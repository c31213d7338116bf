using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using NodaTime;
using NodaTime.Text;
using Portal.Pages.Shared;
using Portal.People;
using Portal.Security;
using Portal.Sessions;
using Portal.Sessions.Availability;
using Portal.Sessions.Booking;
using Portal.Sessions.Changes;

namespace Portal.Pages.Sessions;

/// <summary>Another time for a session: a month of free times, then one press.</summary>
[Authorize, EnableRateLimiting(RateLimits.Booking)]
public sealed class MoveModel(SessionQueries queries, MoveService moves, TimeProvider clock) : PageModel
{
    private const int DaysAhead = 60;

    public MentoringSession Session { get; private set; } = null!;
    public string ReaderZone { get; private set; } = "Etc/UTC";
    public MonthCalendar? Calendar { get; private set; }
    public DateTimeOffset? Chosen { get; private set; }
    public bool IsMentor { get; private set; }
    public bool AsksFirst { get; private set; }
    public bool HasLater { get; private set; }
    public string? Refusal { get; private set; }
    public IReadOnlyList<DateTimeOffset> Conflicts { get; private set; } = [];

    [BindProperty(SupportsGet = true, Name = "month")]
    public string? MonthText { get; set; }

    [BindProperty(SupportsGet = true, Name = "day")]
    public string? DayText { get; set; }

    /// <summary>A mentor's own choice, in the reader's zone.</summary>
    [BindProperty(SupportsGet = true, Name = "date")]
    public string? DateText { get; set; }

    [BindProperty(SupportsGet = true, Name = "clock")]
    public string? ClockText { get; set; }

    [BindProperty(SupportsGet = true, Name = "start")]
    public DateTimeOffset? Start { get; set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await LoadAsync(id, cancellationToken) is { } refused)
            return refused;
        Chosen = OwnChoice() ?? (Start is { } start && BookingService.IsWithinReach(start, clock.GetUtcNow()) ? start.ToUniversalTime() : null);
        await ListAsync(cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, int? seen, bool following, CancellationToken cancellationToken)
    {
        if (await LoadAsync(id, cancellationToken) is { } refused)
            return refused;
        if (Start is not { } start || !BookingService.IsWithinReach(start, clock.GetUtcNow()))
            return await RefuseAsync(ErrorText.BookPickTime, StatusCodes.Status400BadRequest, cancellationToken);
        var result = await moves.MoveAsync(id, start, seen, following, Caller.From(User), cancellationToken);
        Conflicts = result.Conflicts;
        return result.Outcome switch
        {
            SessionOutcome.Done => Redirect($"/sessions/{id}"),
            SessionOutcome.Taken => await RefuseAsync(ErrorText.SlotTaken, StatusCodes.Status409Conflict, cancellationToken),
            SessionOutcome.NotOffered => await RefuseAsync(ErrorText.SlotNotOffered, StatusCodes.Status422UnprocessableEntity, cancellationToken),
            SessionOutcome.ChangedMeanwhile => await RefuseAsync(ErrorText.SessionChangedMeanwhile, StatusCodes.Status409Conflict, cancellationToken),
            SessionOutcome.TooLate => await RefuseAsync(ErrorText.SessionTooLate, StatusCodes.Status410Gone, cancellationToken),
            SessionOutcome.NotAllowed => StatusCode(StatusCodes.Status403Forbidden),
            _ => NotFound(),
        };
    }

    private async Task<IActionResult> RefuseAsync(string message, int status, CancellationToken cancellationToken)
    {
        Refusal = message;
        Response.StatusCode = status;
        await ListAsync(cancellationToken);
        return Page();
    }

    /// <summary>Null when the page can be shown.</summary>
    private async Task<IActionResult?> LoadAsync(Guid id, CancellationToken cancellationToken)
    {
        var caller = Caller.From(User);
        var (outcome, session) = await queries.FindAsync(id, caller, cancellationToken);
        if (session is null)
            return StatusCode(outcome == SessionOutcome.NotAllowed ? StatusCodes.Status403Forbidden : StatusCodes.Status404NotFound);
        IsMentor = SessionChanges.IsMentor(session, caller);
        if (!IsMentor && (session.IsGroup || SessionChanges.MenteeOf(session, caller) is null))
            return StatusCode(StatusCodes.Status403Forbidden);
        Session = session;
        ReaderZone = (session.Participants.FirstOrDefault(p => p.UserId == caller.UserId) ?? session.MentorPart).TimeZone;
        AsksFirst = await moves.AsksFirstAsync(session, caller, cancellationToken);
        HasLater = session.SeriesId is { } series
            && (await queries.SeriesAsync(series, cancellationToken)).Any(s => s.StartUtc > session.StartUtc && s.State.HoldsItsTime());
        return null;
    }

    private DateTimeOffset? OwnChoice()
    {
        if (!IsMentor || LocalDatePattern.Iso.Parse(DateText ?? "") is not { Success: true } date
            || LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(ClockText ?? "") is not { Success: true } time)
            return null;
        var at = DateTimeZoneProviders.Tzdb[ReaderZone].AtLeniently(date.Value + time.Value).ToDateTimeOffset().ToUniversalTime();
        return BookingService.IsWithinReach(at, clock.GetUtcNow()) ? at : null;
    }

    private async Task ListAsync(CancellationToken cancellationToken)
    {
        if (Chosen is null)
            Calendar = await MonthCalendar.ReadAsync(
                ReaderZone, clock.GetUtcNow(), DaysAhead, MonthText, DayText, query => $"/sessions/{Session.Id}/move?{query}",
                async (from, to) => [.. (await moves.FreeAsync(Session, from, to, cancellationToken)).Select(slot => new BookableSlot(slot))]);
    }
}
