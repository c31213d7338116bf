using System.Security.Claims;
using Localization;
using Portal.People;
using Portal.Security;
using Portal.Sessions;
using Portal.Sessions.Booking;
using Portal.Sessions.Rooms;
using Portal.Tickets;

namespace Portal.Api;

/// <summary>Booking, and the caller's sessions.</summary>
internal static class SessionsApi
{
    public static void MapSessionsApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/sessions").WithTags("Sessions").RequireAuthorization();
        group.MapGet("", ListAsync).WithSummary("Lists the caller's sessions: upcoming ones first, then the most recent past ones.");
        group.MapGet("/{id:guid}", FindAsync).Produces<SessionItem>().WithSummary("Returns one of the caller's sessions.");
        group.MapPost("", BookAsync).Produces<BookedAnswer>(201).ProducesProblem(409).ProducesProblem(422)
            .RequireRateLimiting(RateLimits.Booking)
            .WithSummary("Books an available time, a seat in a group, or a series. 409 with the next available times when someone else was first.");
        group.MapPost("/instant", OpenNowAsync).RequireRateLimiting(RateLimits.Booking)
            .WithSummary("Starts an instant meeting (mentors only). Invite others afterwards.");
        group.MapSessionChanges();
    }

    private static async Task<IResult> ListAsync(Me me, SessionQueries queries, JoinLinks links, CancellationToken cancellationToken)
    {
        var items = new List<SessionItem>();
        var (ahead, past) = (await queries.AheadAsync(me.Id, cancellationToken), await queries.PastAsync(me.Id, cancellationToken));
        foreach (var session in ahead.Concat(past))
            items.Add(await ItemAsync(session, me.Id, links, cancellationToken));
        return Results.Ok(new { items });
    }

    private static async Task<IResult> FindAsync(
        Guid id, Me me, SessionQueries queries, JoinLinks links, CancellationToken cancellationToken)
    {
        var (outcome, session) = await queries.FindAsync(id, new Caller(me.Id, IsAdmin: false), cancellationToken);
        return session is null ? Problems.Of(outcome) : Results.Ok(await ItemAsync(session, me.Id, links, cancellationToken));
    }

    private static async Task<IResult> BookAsync(
        BookRequest request, Me me, BookingService booking, SeriesService series, SessionPolicy policy, JoinLinks links,
        CancellationToken cancellationToken)
    {
        var wanted = request.ToBooking();
        if (SessionRules.Guests(wanted.Invitations.Count, policy.Booking) is { } wrong)
            return Problems.Field(nameof(request.Guests), wrong);
        if (request.Series is { } several)
            return await BookSeriesAsync(wanted, several, me.Id, series, links, cancellationToken);
        var result = await booking.BookAsync(wanted, me.Id, cancellationToken);
        if (result.Outcome == BookingOutcome.GroupWithoutGuests)
            return Problems.Field(nameof(request.Guests), result.Outcome.Text());
        return result.Session is { } session
            ? await CreatedAsync(session, me.Id, links, cancellationToken)
            : Problems.Of(result.Outcome, ("nextFree", result.NextFree));
    }

    private static async Task<IResult> BookSeriesAsync(
        BookingRequest wanted, SeriesRequest several, Guid userId, SeriesService series, JoinLinks links,
        CancellationToken cancellationToken)
    {
        var result = await series.BookAsync(wanted, several.EveryWeeks, several.Count, several.LeaveOut, userId, cancellationToken);
        return result.First is { } first
            ? await CreatedAsync(first, userId, links, cancellationToken)
            : Problems.Of(result.Outcome, ("dates", result.Dates.Select(d => new { start = d.Start, problem = JsonWord.Of(d.Problem) }).ToList()));
    }

    private static async Task<IResult> OpenNowAsync(
        InstantRequest request, Me me, ClaimsPrincipal user, InstantService instant, JoinLinks links, CancellationToken cancellationToken)
    {
        if (!user.IsInRole(Roles.Mentor))
            return Problems.Of(StatusCodes.Status403Forbidden, ErrorText.NotAMentor);
        var result = await instant.OpenAsync(me.Id, request.Topic!, request.Minutes, cancellationToken);
        return result.Session is { } session ? await CreatedAsync(session, me.Id, links, cancellationToken)
            : result.Outcome == BookingOutcome.Taken ? Problems.Of(StatusCodes.Status409Conflict, ErrorText.NotNowFree)
            : Problems.Of(result.Outcome);
    }

    private static async Task<IResult> CreatedAsync(
        MentoringSession session, Guid userId, JoinLinks links, CancellationToken cancellationToken)
    {
        // Who books for a child and does not look on has no link: the child's is the child's.
        var own = session.Participants.FirstOrDefault(p => p.UserId == userId);
        var waits = (own ?? session.SeatFor(userId))?.WaitingSinceUtc is not null;
        var url = waits || own is null ? null : (await links.ForAsync(own.Id, own.LinkVersion, cancellationToken)).AbsoluteUri;
        return Results.Created($"/api/v1/sessions/{session.Id}",
            new BookedAnswer(session.Id, url, waits ? "waiting" : JsonWord.Of(session.State)));
    }

    private static async Task<SessionItem> ItemAsync(
        MentoringSession session, Guid userId, JoinLinks links, CancellationToken cancellationToken)
    {
        var own = session.Participants.FirstOrDefault(p => p.UserId == userId);
        return new SessionItem(
            session.Id, session.Topic, JsonWord.Of(session.State), session.StartUtc, session.EndUtc, session.TimeZone,
            own is null ? "guardian" : JsonWord.Of(own.Role),
            session.State.HoldsItsTime() && own is { IsIn: true }
                ? (await links.ForAsync(own.Id, own.LinkVersion, cancellationToken)).AbsoluteUri : null,
            [.. session.Participants.Where(p => p.LeftUtc is null)
                .Select(p => new PersonItem(p.Id, p.Name, JsonWord.Of(p.Role), p.AccessUntilUtc))],
            session.Sequence, session.KindName.Length > 0 ? session.KindName : null, session.SeriesId, session.ProposedStartUtc,
            session.State.HoldsItsTime() && own is { IsIn: true } ? PlaceItem.Of(session.Place()) : null);
    }
}
