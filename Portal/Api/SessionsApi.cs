using Localization;
using Portal.Joining;
using Portal.Security;
using Portal.Sessions;

namespace Portal.Api;

/// <summary>A booking. All three are needed.</summary>
/// <param name="MentorId">From <c>GET /api/v1/mentors</c>.</param>
/// <param name="Start">One of the mentor's free slots, with an offset.</param>
/// <param name="Topic">What it is about, at most 200 characters.</param>
public sealed record BookRequest(Guid? MentorId, DateTimeOffset? Start, string? Topic);

/// <summary>A session that was booked; the link is the caller's own.</summary>
public sealed record BookedAnswer(Guid Id, string JoinUrl);

/// <param name="Reason">Why, at most 500 characters; everyone in the session reads it.</param>
public sealed record CancelRequest(string? Reason);

/// <summary>A session of the caller's; times in UTC.</summary>
public sealed record SessionItem(
    Guid Id, string Topic, string State, DateTimeOffset Start, DateTimeOffset End, string TimeZone, string Role, string? JoinUrl, PersonItem[] Participants);

/// <summary>Somebody in a session.</summary>
public sealed record PersonItem(Guid Id, string Name, string Role);

internal static class SessionsApi
{
    public static void MapSessionsApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/sessions").WithTags("Sessions").RequireAuthorization();
        group.MapGet("", ListAsync).WithSummary("The caller's sessions: those ahead, then the latest past ones.");
        group.MapPost("", BookAsync).RequireRateLimiting(RateLimits.Booking)
            .WithSummary("Book a free slot. 409 when somebody else was first, with the next free times.");
        group.MapPost("/{id}/cancel", CancelAsync).RequireRateLimiting(RateLimits.Booking)
            .WithSummary("Cancel a session; everyone in it is told by mail and all join links stop working.");
    }

    private static async Task<IResult> ListAsync(HttpContext http, SessionQueries queries, JoinLinks links)
    {
        if (http.User.UserId() is not { } userId)
            return Problems.Of(SessionOutcome.NotAllowed)!;
        var items = new List<SessionItem>();
        foreach (var session in (await queries.AheadAsync(userId, http.RequestAborted)).Concat(await queries.PastAsync(userId, http.RequestAborted)))
        {
            var own = session.Participants.First(p => p.UserId == userId);
            items.Add(new SessionItem(
                session.Id, session.Topic, Word(session.State), session.StartUtc, session.EndUtc, session.TimeZone, Word(own.Role),
                session.State.HoldsItsTime() ? (await links.ForAsync(own.Id, own.LinkVersion, http.RequestAborted)).AbsoluteUri : null,
                [.. session.Participants.Select(p => new PersonItem(p.Id, p.Name, Word(p.Role)))]));
        }
        return Results.Ok(new { items });
    }

    private static async Task<IResult> BookAsync(BookRequest request, HttpContext http, BookingService booking, JoinLinks links)
    {
        if (http.User.UserId() is not { } userId)
            return Problems.Of(SessionOutcome.NotAllowed)!;
        if (request.MentorId is not { } mentorId)
            return Problems.Field("mentorId", ErrorText.FieldMissing);
        if (request.Start is not { } start)
            return Problems.Field("start", ErrorText.FieldMissing);
        if (FreeText.OneLine(request.Topic) is "")
            return Problems.Field("topic", ErrorText.FieldMissing);
        if (request.Topic!.Length > BookingService.LongestTopic)
            return Problems.Field("topic", ErrorText.FieldTooLong.With(BookingService.LongestTopic));

        var result = await booking.BookAsync(mentorId, start, request.Topic, userId, http.RequestAborted);
        if (result.Session is { } session)
        {
            var own = session.Participants.First(p => p.UserId == userId);
            var url = await links.ForAsync(own.Id, own.LinkVersion, http.RequestAborted);
            return Results.Created($"/api/v1/sessions/{session.Id}", new BookedAnswer(session.Id, url.AbsoluteUri));
        }
        var next = new Dictionary<string, object?> { ["nextFree"] = result.NextFree };
        return result.Outcome switch
        {
            BookingOutcome.Taken => Results.Problem(statusCode: 409, title: ErrorText.SlotTaken, extensions: next),
            BookingOutcome.Overlaps => Results.Problem(statusCode: 409, title: ErrorText.SlotOverlaps, extensions: next),
            BookingOutcome.NotOffered => Results.Problem(statusCode: 422, title: ErrorText.SlotNotOffered, extensions: next),
            BookingOutcome.WithOneself => Results.Problem(statusCode: 422, title: ErrorText.BookingWithOneself),
            _ => Results.Problem(statusCode: 404, title: ErrorText.NoSuchMentor),
        };
    }

    private static async Task<IResult> CancelAsync(string id, CancelRequest request, HttpContext http, SessionService sessions)
    {
        if (!Guid.TryParse(id, out var sessionId))
            return Problems.Of(SessionOutcome.NoSuchSession)!;
        if (FreeText.Lines(request.Reason) is "")
            return Problems.Field("reason", ErrorText.FieldMissing);
        if (request.Reason!.Length > SessionService.LongestReason)
            return Problems.Field("reason", ErrorText.FieldTooLong.With(SessionService.LongestReason));
        return Problems.Of(await sessions.CancelAsync(sessionId, Caller.From(http.User), request.Reason, http.RequestAborted)) ?? Results.NoContent();
    }

    private static string Word<T>(T value) where T : Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
