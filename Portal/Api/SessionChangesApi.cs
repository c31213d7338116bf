using Localization;
using Microsoft.Extensions.Options;
using Portal.Mentors;
using Portal.People;
using Portal.Security;
using Portal.Sessions;
using Portal.Sessions.Availability;
using Portal.Sessions.Booking;
using Portal.Sessions.Changes;
using Portal.Sessions.Live;
using Portal.Tickets;

namespace Portal.Api;

/// <summary>What can be done with a session that exists.</summary>
internal static class SessionChangesApi
{
    public static void MapSessionChanges(this RouteGroupBuilder group)
    {
        var changes = group.MapGroup("/{id}").RequireRateLimiting(RateLimits.Booking);
        changes.MapPost("/cancel", CancelAsync)
            .WithSummary("Cancel a session; everyone in it is told by mail and all join links stop working. A mentee of a group gives back the own seat.");
        changes.MapPost("/move", MoveAsync)
            .WithSummary("Another time. 204 when moved, 202 when the other side has to agree first; the join links stay the same.");
        changes.MapPost("/answer-move", AnswerAsync).WithSummary("Agree to a proposed time, or not.");
        changes.MapPost("/approve", ApproveAsync).WithSummary("The mentor's yes to a request; of a series, to all of it.");
        changes.MapPost("/decline", DeclineAsync).WithSummary("The mentor's no to a request.");
        changes.MapPost("/toggle", ToggleAsync)
            .WithSummary("Switch between the provider's room and an external URL; for the mentor. The join links stay the same.");
        changes.MapPost("/use-default-tool", UseDefaultToolAsync)
            .WithSummary("Move the session to the portal's default meeting tool, whatever its mentor prefers; for the mentor. The join links stay the same.");
        changes.MapPost("/extend", ExtendAsync)
            .WithSummary("5 to 30 minutes more, for the mentor. 409 with `until` when somebody is expected elsewhere, or the portal's limit is reached.");
        changes.MapPost("/late", LateAsync).WithSummary("The caller comes 5, 10 or 15 minutes late; the other side is told.");
        changes.MapPost("/missed", MissedAsync)
            .WithSummary("Record that the other side has not come, after the grace period; for who is there. Both get a way to another time by mail.");
        changes.MapPost("/feedback", FeedbackAsync)
            .WithSummary("How it was, for a mentee who took part in a session that is closed; said again, it replaces what was said. 409 when there is nothing to say about it (yet).");
        changes.MapPost("/invite", InviteAsync).WithSummary("Invite a guest or an observer by mail, or get a link to pass on.");
    }

    private static async Task<IResult> CancelAsync(string id, CancelRequest request, HttpContext http, SessionService sessions)
    {
        if (!Guid.TryParse(id, out var sessionId))
            return Problems.Of(SessionOutcome.NoSuchSession)!;
        if (FreeText.Lines(request.Reason) is "")
            return Problems.Field("reason", ErrorText.FieldMissing);
        if (request.Reason!.Length > SessionService.LongestReason)
            return Problems.Field("reason", ErrorText.FieldTooLong.With(SessionService.LongestReason));
        return Answer(await sessions.CancelAsync(sessionId, Caller.From(http.User), request.Reason, http.RequestAborted, request.AndThoseThatFollow));
    }

    private static async Task<IResult> MoveAsync(string id, MoveRequest request, HttpContext http, MoveService moves)
    {
        if (!Guid.TryParse(id, out var sessionId))
            return Problems.Of(SessionOutcome.NoSuchSession)!;
        if (request.Start is not { } start)
            return Problems.Field("start", ErrorText.FieldMissing);
        var result = await moves.MoveAsync(sessionId, start, request.Sequence, request.AndThoseThatFollow, Caller.From(http.User), http.RequestAborted);
        var more = new Dictionary<string, object?> { ["nextFree"] = result.NextFree, ["conflicts"] = result.Conflicts };
        return result.Outcome switch
        {
            SessionOutcome.Done => result.Proposed ? Results.Accepted() : Results.NoContent(),
            SessionOutcome.Taken => Results.Problem(statusCode: 409, title: ErrorText.SlotTaken, extensions: more),
            SessionOutcome.NotOffered => Results.Problem(statusCode: 422, title: ErrorText.SlotNotOffered, extensions: more),
            _ => Problems.Of(result.Outcome)!,
        };
    }

    private static async Task<IResult> AnswerAsync(string id, AnswerRequest request, HttpContext http, MoveService moves) =>
        !Guid.TryParse(id, out var sessionId) ? Problems.Of(SessionOutcome.NoSuchSession)!
            : request.Agree is not { } agree ? Problems.Field("agree", ErrorText.FieldMissing)
            : Answer(await moves.AnswerAsync(sessionId, agree, Caller.From(http.User), http.RequestAborted));

    private static async Task<IResult> ApproveAsync(string id, HttpContext http, RequestService requests) =>
        !Guid.TryParse(id, out var sessionId) ? Problems.Of(SessionOutcome.NoSuchSession)!
            : Answer(await requests.ApproveAsync(sessionId, Caller.From(http.User), http.RequestAborted));

    private static async Task<IResult> DeclineAsync(string id, DeclineRequest request, HttpContext http, RequestService requests) =>
        !Guid.TryParse(id, out var sessionId) ? Problems.Of(SessionOutcome.NoSuchSession)!
            : request.Reason?.Length > SessionService.LongestReason
            ? Problems.Field("reason", ErrorText.FieldTooLong.With(SessionService.LongestReason))
            : Answer(await requests.DeclineAsync(sessionId, Caller.From(http.User), request.Reason, http.RequestAborted));

    private static async Task<IResult> ToggleAsync(
        string id, ToggleRequest request, HttpContext http, SessionService sessions, MentorTool tool)
    {
        if (!Guid.TryParse(id, out var sessionId))
            return Problems.Of(SessionOutcome.NoSuchSession)!;
        string? url = null;
        if (!string.IsNullOrWhiteSpace(request.ExternalMeetingUrl))
        {
            var check = tool.CheckUrl(request.ExternalMeetingUrl);
            if (check.Url is null)
                return Problems.Field("externalMeetingUrl", check.Refusal ?? ErrorText.FieldMissing);
            url = check.Url.AbsoluteUri;
        }
        return Answer(await sessions.SwitchRoomAsync(sessionId, url, Caller.From(http.User), http.RequestAborted));
    }

    private static async Task<IResult> UseDefaultToolAsync(string id, HttpContext http, SessionService sessions) =>
        !Guid.TryParse(id, out var sessionId) ? Problems.Of(SessionOutcome.NoSuchSession)!
            : Answer(await sessions.UseDefaultToolAsync(sessionId, Caller.From(http.User), http.RequestAborted));

    private static async Task<IResult> ExtendAsync(
        string id, ExtendRequest request, HttpContext http, ExtensionService extensions, IOptions<BookingOptions> policy)
    {
        if (!Guid.TryParse(id, out var sessionId))
            return Problems.Of(SessionOutcome.NoSuchSession)!;
        if (request.Minutes is not { } minutes || !ExtensionService.IsLength(minutes))
            return Problems.Field("minutes", ErrorText.ExtendSteps);
        var result = await extensions.ExtendAsync(sessionId, minutes, request.Sequence, Caller.From(http.User), http.RequestAborted);
        var until = new Dictionary<string, object?> { ["until"] = result.Until };
        // A program reads the moment beside the sentence; the sentence says it in UTC.
        var clock = SessionTime.Isolated($"{SessionTime.Clock(result.Until, "Etc/UTC")} UTC");
        return result.Outcome switch
        {
            SessionOutcome.Done => Results.Ok(new ExtendedAnswer(result.Until)),
            SessionOutcome.Taken => Results.Problem(statusCode: 409, title: ErrorText.ExtendTaken.With(clock), extensions: until),
            SessionOutcome.NotOffered => Results.Problem(statusCode: 409, title: ErrorText.ExtendLimit.With(policy.Value.MostExtension, clock), extensions: until),
            _ => Problems.Of(result.Outcome)!,
        };
    }

    private static async Task<IResult> LateAsync(string id, LateRequest request, HttpContext http, Lateness lateness) =>
        !Guid.TryParse(id, out var sessionId) ? Problems.Of(SessionOutcome.NoSuchSession)!
            : request.Minutes is not { } minutes || !Lateness.Choices.Contains(minutes) ? Problems.Field("minutes", ErrorText.LateMinutes)
            : Answer(await lateness.SayAsync(sessionId, minutes, Caller.From(http.User), http.RequestAborted));

    private static async Task<IResult> MissedAsync(string id, MissedRequest? request, HttpContext http, Attendance attendance) =>
        !Guid.TryParse(id, out var sessionId) ? Problems.Of(SessionOutcome.NoSuchSession)!
            : Answer(await attendance.RecordMissedAsync(sessionId, request?.ParticipantId, Caller.From(http.User), http.RequestAborted));

    private static async Task<IResult> FeedbackAsync(string id, FeedbackRequest request, HttpContext http, FeedbackService feedback)
    {
        if (!Guid.TryParse(id, out var sessionId))
            return Problems.Of(SessionOutcome.NoSuchSession)!;
        if (request.Rating is not (>= 1 and <= FeedbackService.Best))
            return Problems.Field("rating", ErrorText.FeedbackRating);
        if (request.Comment?.ReplaceLineEndings("\n").Length > FeedbackService.LongestComment)
            return Problems.Field("comment", ErrorText.FeedbackTooLong.With(FeedbackService.LongestComment));
        return await feedback.GiveAsync(sessionId, request.Rating.Value, request.Comment, Caller.From(http.User), http.RequestAborted) switch
        {
            SessionOutcome.TooEarly => Results.Problem(statusCode: 409, title: UiText.FeedbackNotYet),
            SessionOutcome.TooLate => Results.Problem(statusCode: 409, title: UiText.FeedbackNever),
            var outcome => Answer(outcome),
        };
    }

    private static async Task<IResult> InviteAsync(
        string id, GuestRequest request, HttpContext http, InvitationService invitations, JoinLinks links)
    {
        if (!Guid.TryParse(id, out var sessionId))
            return Problems.Of(SessionOutcome.NoSuchSession)!;
        var (invitation, problem) = SessionsApi.InvitationOf(request);
        if (problem is not null)
            return problem;
        var (outcome, participant) = await invitations.InviteAsync(sessionId, invitation!, Caller.From(http.User), http.RequestAborted);
        if (participant is not { } personId)
            return Problems.Of(outcome)!;
        // Who gets a mail gets the link there, and nowhere else.
        var url = invitation!.Email.Length > 0 ? null : (await links.ForAsync(personId, 1, http.RequestAborted)).AbsoluteUri;
        return Results.Created($"/api/v1/sessions/{sessionId}", new InvitedAnswer(personId, url));
    }

    private static IResult Answer(SessionOutcome outcome) => Problems.Of(outcome) ?? Results.NoContent();
}
