using Localization;
using Portal.Joining;
using Portal.Mentors;
using Portal.People;
using Portal.Security;
using Portal.Sessions.Booking;
using Portal.Sessions.Changes;
using Portal.Sessions.Live;
using Portal.Sessions.Rooms;
using Portal.Sessions.Trouble;
using Portal.Tickets;

namespace Portal.Api;

/// <summary>What can be done with a session that exists.</summary>
internal static class SessionChangesApi
{
    public static void MapSessionChanges(this RouteGroupBuilder group)
    {
        var changes = group.MapGroup("/{id:guid}").RequireRateLimiting(RateLimits.Booking);
        changes.MapGroupsApi();
        changes.MapPost("/cancel", CancelAsync)
            .WithSummary("Cancels a session; everyone in it is notified by email and all join links stop working. In a group, a mentee only cancels their own seat.");
        changes.MapPost("/move", MoveAsync)
            .WithSummary("Reschedules a session: 204 when done, 202 when the other participant has to agree first. Join links stay the same.");
        changes.MapPost("/answer-move", AnswerAsync).WithSummary("Accepts or declines a proposed time.");
        changes.MapPost("/approve", ApproveAsync).WithSummary("Confirms a request (or a whole series).");
        changes.MapPost("/decline", DeclineAsync).WithSummary("Declines a request.");
        changes.MapPost("/toggle", ToggleAsync)
            .WithSummary("Switches between the meeting tool's room and an external link (mentor only). Join links stay the same.");
        changes.MapPost("/use-default-tool", UseDefaultToolAsync)
            .WithSummary("Moves the session to the portal's default meeting tool (mentor only). Join links stay the same.");
        changes.MapPost("/extend", ExtendAsync)
            .WithSummary("Extends the session by 5 to 30 minutes (mentor only). 409 with `until` when someone has another session, or the portal's limit is reached.");
        changes.MapPost("/admit", AdmitAsync)
            .WithSummary("Lets in one person, or everybody, who waits for the mentor (mentor only). It counts until the session is moved.");
        changes.MapPost("/late", LateAsync).WithSummary("Reports that the caller is running 5, 10 or 15 minutes late; the other participants are notified.");
        changes.MapPost("/missed", MissedAsync)
            .WithSummary("Marks the other participant as a no-show after the grace period; only for someone who has joined. Both get an email to book another time.");
        changes.MapPost("/feedback", FeedbackAsync)
            .WithSummary("Submits feedback from a mentee who took part in a session that has ended; submitting again replaces it. 409 when no feedback can be given (yet).");
        changes.MapPost("/trouble", TroubleAsync)
            .WithSummary("Reports that something doesn't work, with what the portal knows; an administrator answers by email. At most 5 per person and session.");
        changes.MapPost("/invite", InviteAsync).WithSummary("Invites a guest or an observer by email, or returns a link to share.");
    }

    private static async Task<IResult> CancelAsync(
        Guid id, CancelRequest request, Caller caller, Cancellation cancellation, CancellationToken cancellationToken) =>
        Problems.Answer(await cancellation.CancelAsync(
            id, caller, request.Reason!, cancellationToken, request.AndThoseThatFollow, request.WholeGroup));

    private static async Task<IResult> MoveAsync(
        Guid id, MoveRequest request, Caller caller, MoveService moves, CancellationToken cancellationToken)
    {
        var result = await moves.MoveAsync(
            id, ApiTime.Read(request.Start)!.Value, request.Sequence, request.AndThoseThatFollow, caller, cancellationToken);
        return result.Outcome switch
        {
            SessionOutcome.Done => result.Proposed ? Results.Accepted() : Results.NoContent(),
            SessionOutcome.Taken or SessionOutcome.NotOffered =>
                Problems.Of(result.Outcome, ("nextFree", result.NextFree), ("conflicts", result.Conflicts)),
            _ => Problems.Of(result.Outcome),
        };
    }

    private static async Task<IResult> AnswerAsync(
        Guid id, AnswerRequest request, Caller caller, MoveService moves, CancellationToken cancellationToken) =>
        Problems.Answer(await moves.AnswerAsync(id, request.Agree!.Value, caller, cancellationToken));

    private static async Task<IResult> ApproveAsync(Guid id, Caller caller, RequestService requests, CancellationToken cancellationToken) =>
        Problems.Answer(await requests.ApproveAsync(id, caller, cancellationToken));

    private static async Task<IResult> DeclineAsync(
        Guid id, DeclineRequest request, Caller caller, RequestService requests, CancellationToken cancellationToken) =>
        Problems.Answer(await requests.DeclineAsync(id, caller, request.Reason, cancellationToken));

    internal static async Task<IResult> ToggleAsync(
        Guid id, ToggleRequest request, Caller caller, SessionRooms rooms, MentorTool tool, CancellationToken cancellationToken)
    {
        string? url = null;
        if (!string.IsNullOrWhiteSpace(request.ExternalMeetingUrl))
        {
            var check = tool.CheckUrl(request.ExternalMeetingUrl);
            if (check.Url is null)
                return Problems.Field(nameof(request.ExternalMeetingUrl), check.Refusal ?? ErrorText.FieldMissing);
            url = check.Url.AbsoluteUri;
        }
        return Problems.Answer(await rooms.SwitchRoomAsync(id, url, caller, cancellationToken));
    }

    private static async Task<IResult> UseDefaultToolAsync(
        Guid id, Caller caller, SessionRooms rooms, CancellationToken cancellationToken) =>
        Problems.Answer(await rooms.UseDefaultToolAsync(id, caller, cancellationToken));

    private static async Task<IResult> ExtendAsync(
        Guid id, ExtendRequest request, Caller caller, ExtensionService extensions, CancellationToken cancellationToken)
    {
        var result = await extensions.ExtendAsync(id, request.Minutes!.Value, request.Sequence, caller, cancellationToken);
        // A program reads the moment beside the sentence; the sentence says it in UTC.
        var clock = SessionTime.Isolated($"{SessionTime.Clock(result.Until, "Etc/UTC")} UTC");
        return result.Outcome switch
        {
            SessionOutcome.Done => Results.Ok(new ExtendedAnswer(result.Until)),
            SessionOutcome.Taken or SessionOutcome.AtLimit =>
                Problems.Of(result.Outcome.Status(), result.Text(clock), ("until", result.Until)),
            _ => Problems.Of(result.Outcome),
        };
    }

    private static async Task<IResult> AdmitAsync(
        Guid id, AdmitRequest? request, Caller caller, Admission admission, CancellationToken cancellationToken) =>
        Problems.Answer(await admission.AdmitAsync(id, request?.ParticipantId, caller, cancellationToken));

    private static async Task<IResult> LateAsync(
        Guid id, LateRequest request, Caller caller, Lateness lateness, CancellationToken cancellationToken) =>
        Problems.Answer(await lateness.SayAsync(id, request.Minutes!.Value, caller, cancellationToken));

    private static async Task<IResult> MissedAsync(
        Guid id, MissedRequest? request, Caller caller, Attendance attendance, CancellationToken cancellationToken) =>
        Problems.Answer(await attendance.RecordMissedAsync(id, request?.ParticipantId, caller, cancellationToken));

    private static async Task<IResult> TroubleAsync(
        Guid id, TroubleRequest request, Caller caller, HttpContext http, TroubleReports reports, CancellationToken cancellationToken) =>
        Problems.Answer(await reports.SendAsync(
            id, new(TroublePlace.Api, request.Words, http.Request.Headers.UserAgent), caller, cancellationToken));

    private static async Task<IResult> FeedbackAsync(
        Guid id, FeedbackRequest request, Caller caller, FeedbackService feedback, CancellationToken cancellationToken) =>
        Problems.Answer(await feedback.GiveAsync(id, request.Rating!.Value, request.Comment, caller, cancellationToken));

    private static async Task<IResult> InviteAsync(
        Guid id, GuestRequest request, Caller caller, InvitationService invitations, JoinLinks links, CancellationToken cancellationToken)
    {
        var invitation = request.ToInvitation();
        var (outcome, participant) = await invitations.InviteAsync(id, invitation, caller, cancellationToken);
        if (participant is not { } personId)
            return Problems.Of(outcome);
        // Who gets a mail gets the link there, and nowhere else.
        var url = invitation.Email.Length > 0 ? null : (await links.ForAsync(personId, 1, cancellationToken)).AbsoluteUri;
        return Results.Created($"/api/v1/sessions/{id}", new InvitedAnswer(personId, url, invitation.Until));
    }
}
