using System.Text.Json;
using Portal.Joining;
using Portal.People;
using Portal.Security;
using Portal.Sessions;
using Portal.Sessions.Attending;
using Portal.Sessions.Changes;
using Portal.Sessions.Live;
using Providers;

namespace Portal.Api;

/// <summary>Who was there, as far as it is known; times in UTC.</summary>
/// <param name="TogetherMinutes">How long the mentor and at least one mentee were there at once.</param>
/// <param name="UnknownPeople">How often the meeting tool told of somebody whom it could not name.</param>
public sealed record AttendanceAnswer(AttendanceItem[] People, double TogetherMinutes, int UnknownPeople);

/// <summary>One person's attendance.</summary>
/// <param name="Evidence"><c>none</c>, <c>door</c> (opened the join link), <c>room</c> (the portal's page was in the room) or <c>tool</c>
/// (the meeting tool says so).</param>
/// <param name="Came">When they were first seen.</param>
/// <param name="Minutes">In the meeting; absent where only the door saw them.</param>
/// <param name="LateMinutes">After the start.</param>
/// <param name="Drops">How often their connection was lost.</param>
public sealed record AttendanceItem(
    Guid Id, string Name, string Role, string Evidence, DateTimeOffset? Came, double? Minutes, double LateMinutes, int Drops)
{
    internal static AttendanceItem Of(PersonAttendance one) => new(
        one.Person.Id, one.Person.Name, JsonWord.Of(one.Person.Role), JsonWord.Of(one.Evidence), one.CameUtc,
        one.Inside.Count == 0 ? null : InMinutes(one.Minutes), InMinutes(one.Late), one.Drops);

    internal static double InMinutes(TimeSpan time) => Math.Round(time.TotalMinutes, 1);
}

/// <summary>An embedded room for a client of its own.</summary>
/// <param name="Provider">Whose room it is.</param>
/// <param name="Room">As the tool's own library takes it; holds a token, which is a secret.</param>
/// <param name="ClosesAt">When the portal lets nobody in any more.</param>
public sealed record RoomConfig(string Provider, JsonElement Room, DateTimeOffset ClosesAt);

/// <summary>What happens in a session's room, and what a client of its own needs to open it.</summary>
internal static class RoomApi
{
    public static void MapRoomApi(this IEndpointRouteBuilder routes)
    {
        var sessions = routes.MapGroup("/api/v1/sessions/{id:guid}").WithTags("Sessions").RequireAuthorization();
        sessions.MapPost("/complete", CompleteAsync).RequireRateLimiting(RateLimits.Booking)
            .WithSummary("Ends the meeting for everyone and marks the session as completed (mentor, administrators), from its start on.");
        sessions.MapGet("/attendance", AttendanceAsync).Produces<AttendanceAnswer>()
            .WithSummary("Returns who was there, for how long, and how certain that is (mentor, administrators).");

        var seeds = routes.MapGroup("/api/mentoring/session/{id:guid}").WithTags("Joining").RequireAuthorization();
        seeds.MapPatch("/complete-session", CompleteAsync).RequireRateLimiting(RateLimits.Booking)
            .WithSummary("The same as POST /api/v1/sessions/{id}/complete.");
        seeds.MapPatch("/toggle-jitsi", SessionChangesApi.ToggleAsync).RequireRateLimiting(RateLimits.Booking)
            .WithSummary("The same as POST /api/v1/sessions/{id}/toggle.");
        seeds.MapGet("/jitsi-config", ConfigAsync).RequireRateLimiting(RateLimits.Join).Produces<RoomConfig>().ProducesProblem(409)
            .ProducesProblem(410)
            .WithSummary("Returns what a client of its own needs to open the embedded room, with the caller's own token. 409 where the session’s tool isn’t embedded.");
    }

    private static async Task<IResult> CompleteAsync(Guid id, Caller caller, Closing closing, CancellationToken cancellationToken) =>
        Problems.Answer(await closing.CompleteAsync(id, caller, cancellationToken));

    private static async Task<IResult> AttendanceAsync(
        Guid id, Caller caller, SessionQueries queries, Attendance attendance, SessionPolicy policy, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var (outcome, session) = await queries.FindAsync(id, caller, cancellationToken);
        if (session is null)
            return Problems.Of(outcome);
        if (!SessionRights.Of(session, caller, clock.GetUtcNow(), policy).IsMentor)
            return Problems.Of(SessionOutcome.NotAllowed);
        var record = await attendance.RecordOfAsync(session, cancellationToken);
        return Results.Ok(new AttendanceAnswer(
            [.. record.People.Select(AttendanceItem.Of)], AttendanceItem.InMinutes(record.Together), record.Unknown));
    }

    /// <summary>It opens nothing and counts no join: the client reports that through the join itself.</summary>
    private static async Task<IResult> ConfigAsync(
        Guid id, Me me, HttpContext http, JoinService joining, TimeProvider clock, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        var outcome = await joining.TargetByAccountAsync(id, me.Id, cancellationToken);
        if (outcome.Target is null)
            return JoinApi.Refuse(outcome.View, http, clock);
        return outcome.Target is EmbedTarget room
            ? Results.Ok(new RoomConfig(
                outcome.View.Person!.ProviderId!, JsonSerializer.Deserialize<JsonElement>(room.Data), outcome.View.ClosesAt))
            : Problems.Of(StatusCodes.Status409Conflict, Localization.ErrorText.RoomNotEmbedded);
    }
}
