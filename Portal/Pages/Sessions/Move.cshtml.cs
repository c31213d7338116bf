using System.Globalization;
using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using NodaTime;
using NodaTime.Text;
using Portal.Joining;
using Portal.Pages.Shared;
using Portal.Security;
using Portal.Sessions;
using Portal.Sessions.Booking;
using Portal.Sessions.Changes;

namespace Portal.Pages.Sessions;

/// <summary>Another time for a session: two weeks of free times, then one press.</summary>
[Authorize, EnableRateLimiting(RateLimits.Booking)]
public sealed class MoveModel(MoveService moves, SessionQueries queries, SessionPolicy policy, TimeProvider clock)
    : SessionPageModel(queries, policy, clock)
{
    private const int DaysAhead = 60;

    private readonly SessionQueries _queries = queries;

    public WeeksCalendar? Calendar { get; private set; }
    public DateTimeOffset? Chosen { get; private set; }

    /// <summary>Who has to be there as well; null in a group, which has too many clocks to show.</summary>
    public SessionParticipant? Other => Session.IsGroup ? null : Session.Participants.FirstOrDefault(p =>
        p.IsIn && p.Id != (Me ?? Session.MentorPart).Id && p.Role is ParticipantRole.Mentor or ParticipantRole.Mentee);

    public bool AsksFirst { get; private set; }
    public bool HasLater { get; private set; }
    public string? Refusal { get; private set; }
    public IReadOnlyList<DateTimeOffset> Conflicts { get; private set; } = [];

    [BindProperty(SupportsGet = true, Name = "from")]
    public string? FromText { get; set; }

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
        if (await LoadToMoveAsync(id, cancellationToken) is { } refused)
            return refused;
        Chosen = OwnChoice() ?? (Start is { } start && BookingService.IsWithinReach(start, Now) ? start.ToUniversalTime() : null);
        await ListAsync(cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, int? seen, bool following, CancellationToken cancellationToken)
    {
        if (await LoadToMoveAsync(id, cancellationToken) is { } refused)
            return refused;
        if (Start is not { } start || !BookingService.IsWithinReach(start, Now))
            return await RefuseAsync(ErrorText.BookPickTime, StatusCodes.Status400BadRequest, cancellationToken);
        var result = await moves.MoveAsync(id, start, seen, following, Caller, cancellationToken);
        Conflicts = result.Conflicts;
        return result.Outcome switch
        {
            SessionOutcome.Done => await AfterAsync(id, result.Outcome, cancellationToken, _ => MovedTo(start), tells: true),
            SessionOutcome.NotAllowed or SessionOutcome.NoSuchSession => StatusCode(result.Outcome.Status()),
            _ => await RefuseAsync(result.Outcome.Text(), result.Outcome.Status(), cancellationToken),
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
    private async Task<IActionResult?> LoadToMoveAsync(Guid id, CancellationToken cancellationToken) =>
        await LoadAsync(id, cancellationToken)
            ?? (Rights.Move == SessionOutcome.NotAllowed ? StatusCode(SessionOutcome.NotAllowed.Status()) : null);

    protected override async Task ReadMoreAsync(CancellationToken cancellationToken)
    {
        AsksFirst = await moves.AsksFirstAsync(Session, Caller, cancellationToken);
        HasLater = await _queries.HasLaterAsync(Session, cancellationToken);
    }

    private string MovedTo(DateTimeOffset start) => (AsksFirst ? UiText.DoneMoveAsked : UiText.DoneMoved)
        .With(SessionTime.Moment(start, ReaderZone, CultureInfo.CurrentUICulture.Name));

    private DateTimeOffset? OwnChoice()
    {
        if (!Rights.IsMentor || LocalDatePattern.Iso.Parse(DateText ?? "") is not { Success: true } date
            || LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(ClockText ?? "") is not { Success: true } time)
            return null;
        var at = DateTimeZoneProviders.Tzdb[ReaderZone].AtLeniently(date.Value + time.Value).ToDateTimeOffset().ToUniversalTime();
        return BookingService.IsWithinReach(at, Now) ? at : null;
    }

    private async Task ListAsync(CancellationToken cancellationToken)
    {
        if (Chosen is null)
            Calendar = await WeeksCalendar.ReadAsync(
                ReaderZone, Now, DaysAhead, FromText, DayText, query => $"/sessions/{Session.Id}/move?{query}",
                async (from, to) => [.. (await moves.FreeAsync(Session, from, to, cancellationToken))
                    .Select(slot => new BookableSlot(slot))]);
    }
}
