using Localization;
using Portal.Sessions.Availability;
using Portal.Sessions.Changes;
using Portal.Sessions.Live;

namespace Portal.Api;

/// <summary>Refusals as problem+json, in the caller's language.</summary>
internal static class Problems
{
    public static IResult? Of(SessionOutcome outcome) => outcome switch
    {
        SessionOutcome.NoSuchSession => Results.Problem(statusCode: 404, title: ErrorText.NoSuchSession),
        SessionOutcome.NotAllowed => Results.Problem(statusCode: 403, title: ErrorText.SessionNotYours),
        SessionOutcome.TooLate => Results.Problem(statusCode: 410, title: ErrorText.SessionTooLate),
        SessionOutcome.ChangedMeanwhile => Results.Problem(statusCode: 409, title: ErrorText.SessionChangedMeanwhile),
        SessionOutcome.Taken => Results.Problem(statusCode: 409, title: ErrorText.SlotTaken),
        SessionOutcome.NotOffered => Results.Problem(statusCode: 422, title: ErrorText.SlotNotOffered),
        SessionOutcome.Full => Results.Problem(statusCode: 409, title: ErrorText.GroupFull),
        SessionOutcome.TooMany => Results.Problem(statusCode: 422, title: ErrorText.GuestsTooMany),
        SessionOutcome.TooEarly => Results.Problem(statusCode: 409, title: ErrorText.SessionTooEarly),
        SessionOutcome.NotMissing => Results.Problem(statusCode: 409, title: ErrorText.SessionNotMissing),
        _ => null,
    };

    /// <summary>One field that does not fit.</summary>
    public static IResult Field(string field, string message) =>
        Results.ValidationProblem(new Dictionary<string, string[]> { [field] = [message] },
            statusCode: 422, title: ErrorText.CheckFields);

    public static string TitleOf(JoinDecision decision) => decision switch
    {
        JoinDecision.TooEarly => ErrorText.JoinTooEarly,
        JoinDecision.NotConfirmed => ErrorText.JoinNotConfirmed,
        JoinDecision.WaitingForMentor => ErrorText.JoinWaitingForMentor,
        JoinDecision.Preparing => ErrorText.JoinPreparing,
        JoinDecision.Cancelled => ErrorText.JoinCancelled,
        JoinDecision.Over => ErrorText.JoinOver,
        JoinDecision.Revoked => ErrorText.JoinRevoked,
        JoinDecision.NotParticipant => ErrorText.SessionNotYours,
        JoinDecision.SignInNeeded => ErrorText.SignInNeeded,
        JoinDecision.NameNeeded => ErrorText.FieldMissing,
        JoinDecision.ProviderFailed => ErrorText.JoinProviderFailed,
        _ => ErrorText.NoSuchSession,
    };
}
