using Localization;
using Portal.People;
using Portal.People.Profile;
using Portal.Security;
using Portal.Sessions;
using Portal.Sessions.Availability;
using Portal.Sessions.Booking;
using Portal.Sessions.Changes;
using Portal.Tickets;

namespace Portal.Api;

/// <summary>Booking, and the caller's sessions.</summary>
internal static class SessionsApi
{
    public static void MapSessionsApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/sessions").WithTags("Sessions").RequireAuthorization();
        group.MapGet("", ListAsync).WithSummary("The caller's sessions: those ahead, then the latest past ones.");
        group.MapGet("/{id}", FindAsync).Produces<SessionItem>().WithSummary("One session of the caller's.");
        group.MapPost("", BookAsync).Produces<BookedAnswer>(201).ProducesProblem(409).ProducesProblem(422).RequireRateLimiting(RateLimits.Booking)
            .WithSummary("Book a free slot, a seat in a group, or a series. 409 when somebody else was first, with the next free times.");
        group.MapPost("/instant", OpenNowAsync).RequireRateLimiting(RateLimits.Booking)
            .WithSummary("Open a meeting now; for mentors. Others are invited into it.");
        group.MapSessionChanges();
    }

    private static async Task<IResult> ListAsync(HttpContext http, SessionQueries queries, JoinLinks links)
    {
        if (http.User.UserId() is not { } userId)
            return Problems.Of(SessionOutcome.NotAllowed)!;
        var items = new List<SessionItem>();
        foreach (var session in (await queries.AheadAsync(userId, http.RequestAborted)).Concat(await queries.PastAsync(userId, http.RequestAborted)))
            items.Add(await ItemAsync(session, userId, links, http.RequestAborted));
        return Results.Ok(new { items });
    }

    private static async Task<IResult> FindAsync(string id, HttpContext http, SessionQueries queries, JoinLinks links)
    {
        if (http.User.UserId() is not { } userId)
            return Problems.Of(SessionOutcome.NotAllowed)!;
        if (!Guid.TryParse(id, out var sessionId))
            return Problems.Of(SessionOutcome.NoSuchSession)!;
        var (outcome, session) = await queries.FindAsync(sessionId, new Caller(userId, IsAdmin: false), http.RequestAborted);
        return session is null ? Problems.Of(outcome)! : Results.Ok(await ItemAsync(session, userId, links, http.RequestAborted));
    }

    private static async Task<IResult> BookAsync(
        BookRequest request, HttpContext http, BookingService booking, SeriesService series, InvitationService invitations, JoinLinks links)
    {
        if (http.User.UserId() is not { } userId)
            return Problems.Of(SessionOutcome.NotAllowed)!;
        if (Check(request) is { } problem)
            return problem;
        var invited = new List<Invitation>();
        foreach (var (guest, i) in (request.Guests ?? []).Select((g, i) => (g, i)))
        {
            var (invitation, wrong) = InvitationOf(guest, $"guests[{i}].");
            if (wrong is not null)
                return wrong;
            invited.Add(invitation!);
        }
        if (invited.Count > 0 && !invitations.Allowed)
            return Problems.Field("guests", ErrorText.GuestsOff);
        if (invited.Count > invitations.Most)
            return Problems.Field("guests", ErrorText.GuestsTooMany);
        var wanted = new BookingRequest(request.MentorId!.Value, request.Start!.Value, request.Topic ?? "")
        {
            KindId = request.KindId,
            Note = request.Note ?? "",
            Invitations = invited,
            OrWait = request.OrWait,
        };
        if (request.Series is { } several)
            return await BookSeriesAsync(wanted, several, userId, http, series, links);
        var result = await booking.BookAsync(wanted, userId, http.RequestAborted);
        return result.Session is { } session
            ? await CreatedAsync(session, userId, links, http.RequestAborted)
            : Refused(result.Outcome, new() { ["nextFree"] = result.NextFree });
    }

    private static async Task<IResult> BookSeriesAsync(
        BookingRequest wanted, SeriesRequest several, Guid userId, HttpContext http, SeriesService series, JoinLinks links)
    {
        if (several.Count is < 2 or > SessionSeries.MostSessions || several.EveryWeeks is not (1 or 2))
            return Problems.Field("series", ErrorText.SeriesRange.With(2, SessionSeries.MostSessions));
        var result = await series.BookAsync(wanted, several.EveryWeeks, several.Count, several.LeaveOut, userId, http.RequestAborted);
        if (result.First is { } first)
            return await CreatedAsync(first, userId, links, http.RequestAborted);
        if (result.Outcome != BookingOutcome.Taken)
            return Refused(result.Outcome, []);
        return Results.Problem(statusCode: 409, title: ErrorText.SeriesConflicts, extensions: new Dictionary<string, object?>
        {
            ["dates"] = result.Dates.Select(d => new { start = d.Start, problem = Word(d.Problem) }).ToList(),
        });
    }

    private static async Task<IResult> OpenNowAsync(InstantRequest request, HttpContext http, InstantService instant, JoinLinks links)
    {
        if (http.User.UserId() is not { } userId || !http.User.IsInRole(Roles.Mentor))
            return Results.Problem(statusCode: 403, title: ErrorText.NotAMentor);
        if (FreeText.OneLine(request.Topic) is "")
            return Problems.Field("topic", ErrorText.FieldMissing);
        if (request.Topic!.Length > BookingRequest.LongestTopic)
            return Problems.Field("topic", ErrorText.FieldTooLong.With(BookingRequest.LongestTopic));
        if (request.Minutes is < InstantService.Shortest or > InstantService.Longest || request.Minutes % BusyTick.Minutes != 0)
            return Problems.Field("minutes", ErrorText.MinutesRange.With(InstantService.Shortest, InstantService.Longest, BusyTick.Minutes));
        return await instant.OpenAsync(userId, request.Topic, request.Minutes, http.RequestAborted) is { } session
            ? await CreatedAsync(session, userId, links, http.RequestAborted)
            : Results.Problem(statusCode: 409, title: ErrorText.NotNowFree);
    }

    private static IResult? Check(BookRequest request)
    {
        if (request.MentorId is null)
            return Problems.Field("mentorId", ErrorText.FieldMissing);
        if (request.Start is null)
            return Problems.Field("start", ErrorText.FieldMissing);
        if (FreeText.OneLine(request.Topic) is "" && request.KindId is null)
            return Problems.Field("topic", ErrorText.FieldMissing);
        if (request.Topic?.Length > BookingRequest.LongestTopic)
            return Problems.Field("topic", ErrorText.FieldTooLong.With(BookingRequest.LongestTopic));
        return request.Note?.Length > BookingRequest.LongestNote ? Problems.Field("note", ErrorText.FieldTooLong.With(BookingRequest.LongestNote)) : null;
    }

    /// <summary>A guest may come without an address and without a name; an observer needs both.</summary>
    internal static (Invitation? Invitation, IResult? Problem) InvitationOf(GuestRequest guest, string prefix = "")
    {
        var role = guest.Role is null or "guest" ? ParticipantRole.Guest : ParticipantRole.Observer;
        if (guest.Role is not (null or "guest" or "observer"))
            return (null, Problems.Field(prefix + "role", ErrorText.GuestRole));
        var optional = role == ParticipantRole.Guest;
        if (!(optional && string.IsNullOrWhiteSpace(guest.Email)) && PersonRules.Email(guest.Email) is { } email)
            return (null, Problems.Field(prefix + "email", email));
        if (!(optional && string.IsNullOrWhiteSpace(guest.Name)) && PersonRules.Name(guest.Name) is { } name)
            return (null, Problems.Field(prefix + "name", name));
        return (new(guest.Email?.Trim() ?? "", guest.Name?.Trim() ?? "", role), null);
    }

    private static async Task<IResult> CreatedAsync(MentoringSession session, Guid userId, JoinLinks links, CancellationToken cancellationToken)
    {
        var own = session.Participants.First(p => p.UserId == userId);
        var waits = own.WaitingSinceUtc is not null;
        var url = waits ? null : (await links.ForAsync(own.Id, own.LinkVersion, cancellationToken)).AbsoluteUri;
        return Results.Created($"/api/v1/sessions/{session.Id}", new BookedAnswer(session.Id, url, waits ? "waiting" : Word(session.State)));
    }

    private static IResult Refused(BookingOutcome outcome, Dictionary<string, object?> more) => outcome switch
    {
        BookingOutcome.Taken => Results.Problem(statusCode: 409, title: ErrorText.SlotTaken, extensions: more),
        BookingOutcome.Full => Results.Problem(statusCode: 409, title: ErrorText.GroupFull, extensions: more),
        BookingOutcome.Overlaps => Results.Problem(statusCode: 409, title: ErrorText.SlotOverlaps, extensions: more),
        BookingOutcome.NotOffered => Results.Problem(statusCode: 422, title: ErrorText.SlotNotOffered, extensions: more),
        BookingOutcome.NoSuchKind => Results.Problem(statusCode: 422, title: ErrorText.NoSuchKind),
        BookingOutcome.WithOneself => Results.Problem(statusCode: 422, title: ErrorText.BookingWithOneself),
        _ => Results.Problem(statusCode: 404, title: ErrorText.NoSuchMentor),
    };

    private static async Task<SessionItem> ItemAsync(MentoringSession session, Guid userId, JoinLinks links, CancellationToken cancellationToken)
    {
        var own = session.Participants.First(p => p.UserId == userId);
        return new SessionItem(
            session.Id, session.Topic, Word(session.State), session.StartUtc, session.EndUtc, session.TimeZone, Word(own.Role),
            session.State.HoldsItsTime() && own.IsIn ? (await links.ForAsync(own.Id, own.LinkVersion, cancellationToken)).AbsoluteUri : null,
            [.. session.Participants.Where(p => p.LeftUtc is null).Select(p => new PersonItem(p.Id, p.Name, Word(p.Role)))],
            session.Sequence, session.KindName.Length > 0 ? session.KindName : null, session.SeriesId, session.ProposedStartUtc);
    }

    internal static string Word<T>(T value) where T : Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
